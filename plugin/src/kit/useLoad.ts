import { startTransition, useEffect, useState } from 'react';

/** Something that is loaded again and again; what was there stays until something newer is. */
export interface Loaded<T> {
  /** The newest that could be loaded; undefined before the first success. */
  readonly value: T | undefined;
  /** When `value` arrived, milliseconds since the epoch. */
  readonly loadedAt: number | undefined;
  /** Why the newest attempt failed; undefined when it did not. */
  readonly error: unknown;
  /** True while an attempt is under way. */
  readonly loading: boolean;
}

interface State<T> {
  readonly load: unknown;
  readonly tick: number | undefined;
  readonly value: T | undefined;
  readonly loadedAt: number | undefined;
  readonly error: unknown;
}

const NOTHING = { load: undefined, tick: undefined, value: undefined, loadedAt: undefined, error: undefined };

/**
 * Calls `load` whenever it is another function (wrap it in `useCallback`) or `tick` another number. An attempt
 * that is overtaken by the next is aborted, and its outcome ignored. Its outcome is drawn as a transition: a large
 * answer does not keep the page from answering clicks.
 */
export function useLoad<T>(load: (signal: AbortSignal) => Promise<T>, tick: number): Loaded<T> {
  const [state, setState] = useState<State<T>>(NOTHING);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    load(signal).then(
      (value) => {
        if (signal.aborted) return;
        const loadedAt = Date.now();
        startTransition(() => setState({ load, tick, value, loadedAt, error: undefined }));
      },
      (error: unknown) => {
        if (signal.aborted) return;
        startTransition(() => setState((before) => ({ ...before, load, tick, error })));
      },
    );
    return () => controller.abort();
  }, [load, tick]);
  const { value, loadedAt, error } = state;
  return { value, loadedAt, error, loading: state.load !== load || state.tick !== tick };
}
