import type { Logger } from '../../log/logger.ts';
import { StoreError } from '../../state/sqlite/errors.ts';
import type { EventBook, EventKind } from './events.ts';

/** How a source is: of the runner's states, what matters here. */
export interface SourceState {
  readonly name: string;
  readonly attempted: boolean;
  readonly success: boolean;
  readonly lastError: string | null;
}

const KINDS: ReadonlyMap<string, EventKind> = new Map([
  ['mqtt', 'broker'],
  ['broker', 'broker'],
  ['postgres', 'database'],
  ['redis', 'database'],
]);

/**
 * Writes down when a source fails and when it works again; how it is at first is no event. Each of several exporters that
 * share a store looks: whichever leads may be the one that has seen nothing.
 */
export function createSourceWatch(
  events: Pick<EventBook, 'addSeen'>,
  logger: Logger,
): (states: readonly SourceState[], now: number) => Promise<void> {
  const known = new Map<string, boolean>();

  async function note({ name, success, lastError }: SourceState, now: number): Promise<void> {
    const titles = [`${name} fails`, `${name} works again`] as const;
    const [title, opposite] = success ? [titles[1], titles[0]] : titles;
    const kind = KINDS.get(name) ?? 'source';
    try {
      await events.addSeen({ at: now, kind, title, detail: lastError ?? '', by: 'exporter' }, opposite);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      logger.warn({ event: title, error: error.message }, 'an event could not be written down');
    }
  }

  return async (states, now) => {
    for (const state of states) {
      if (!state.attempted) continue;
      const before = known.get(state.name);
      known.set(state.name, state.success);
      if (before !== undefined && before !== state.success) await note(state, now);
    }
  };
}
