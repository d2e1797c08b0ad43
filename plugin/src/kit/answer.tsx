import { t } from '@grafana/i18n';
import { startTransition, useEffect, useState, type ReactNode } from 'react';
import { problemOf, type Source } from '../domain/problem';
import { useApp } from './app/appContext';
import { OldPicture } from './states/OldPicture';
import { ProblemNotice } from './states/ProblemNotice';
import { problemWords } from './states/problemWords';
import { Skeleton } from './states/Skeleton';
import { StatusSign } from './status/StatusSign';
import { clockWords, durationWords } from './time/timeWords';

/** Something that is loaded again and again; what was there stays until something newer is. */
interface Loaded<T> {
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
function useLoad<T>(load: (signal: AbortSignal) => Promise<T>, tick: number): Loaded<T> {
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

const HELD = Symbol('held');

/**
 * What a source answered, again and again. What it holds is out of reach except through `Known`, which draws value,
 * error and age together, `newest`, which forgets a value as soon as it is not the newest, and `lastKnown`, which gives
 * all three.
 */
export interface Answer<T> {
  readonly [HELD]: Loaded<T>;
  readonly loading: boolean;
}

/** Asks whenever `load` is another function (wrap it in `useCallback`) or `tick` another number. */
export function useAnswer<T>(load: (signal: AbortSignal) => Promise<T>, tick: number): Answer<T> {
  const held = useLoad(load, tick);
  return { [HELD]: held, loading: held.loading };
}

/** The value of the newest attempt, or why it failed; neither before the first. An older value is not offered. */
export function newest<T>(answer: Answer<T>): { readonly value: T | undefined; readonly error: unknown } {
  const { value, error } = answer[HELD];
  return error === undefined ? { value, error } : { value: undefined, error };
}

/**
 * For what is not drawn by `Known`, such as a sound or a badge: the last value that there was, and why and since when
 * it is not the newest. `at`: when the value arrived, milliseconds since the epoch.
 */
export function lastKnown<T>(answer: Answer<T>): {
  readonly value: T | undefined;
  readonly error: unknown;
  readonly at: number | undefined;
} {
  const { value, error, loadedAt } = answer[HELD];
  return { value, error, at: loadedAt };
}

/** "You see the last known picture, 4 min old (14:02)." Milliseconds since the epoch. */
export function ageWords(at: number, now: number, timeZone: string): string {
  return t('fleet.old', 'You see the last known picture, {{age}} old ({{time}}).', {
    age: durationWords(now - at),
    time: clockWords(at, now, timeZone),
  });
}

interface Props<T> {
  readonly answer: Answer<T>;
  /** Whom to blame for an error that does not say. */
  readonly source: Source;
  /** Height of the place that is kept before the first answer, pixels. */
  readonly height: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** One line about an error, where the page says the rest already. */
  readonly brief?: boolean;
  /** True where the value takes the height that is left over. */
  readonly fill?: boolean;
  readonly children: (value: T) => ReactNode;
}

/** A part of a page with what a source answered: the value greyed, with its age and the reason, when it is an old one. */
export function Known<T>({ answer, source, height, now, brief = false, fill = false, children }: Props<T>) {
  const { timeZone } = useApp();
  const { value, error, loadedAt } = answer[HELD];
  if (value === undefined && error === undefined) return <Skeleton height={height} />;
  const age = loadedAt === undefined ? undefined : ageWords(loadedAt, now, timeZone);
  const problem = error === undefined ? undefined : problemOf(error, source);
  return (
    <>
      {problem !== undefined && brief && (
        <p role="alert">
          <StatusSign status="error">
            {[problemWords(problem).title, age].filter(Boolean).join('. ')}
          </StatusSign>
        </p>
      )}
      {problem !== undefined && !brief && <ProblemNotice problem={problem} consequence={age} />}
      {value !== undefined && (
        <OldPicture old={error !== undefined} fill={fill}>
          {children(value)}
        </OldPicture>
      )}
    </>
  );
}
