import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { messageOf } from '../../base/errors.ts';
import type { Logger } from '../../log/logger.ts';
import type { StateStore } from '../../state/state-store.ts';

const DOCUMENT = 'mqtt-session';
const documentSchema = z.object({ clientId: z.string().min(1), filters: z.array(z.string()) });

/** What identifies this installation's session at the broker, and what that session subscribes to. */
export interface Session {
  readonly clientId: string;
  /** Filters of earlier runs that are no longer wanted: the broker still sends for them until told. */
  stale(wanted: readonly string[]): readonly string[];
  /** Remembers what the session subscribes to now. A failure is logged: the id is then another after a restart. */
  remember(filters: readonly string[]): Promise<void>;
}

/**
 * Opens the session's document. The client id is the given one, else the one that an earlier run made, else a
 * new random one: a persistent session belongs to its client id, so it must be the same after a restart and
 * must not be any other client's.
 */
export function openSession(store: StateStore, clientId: string | undefined, logger: Logger): Session {
  const parsed = documentSchema.safeParse(store.read(DOCUMENT));
  const earlier = parsed.success ? parsed.data : undefined;
  const id = clientId ?? earlier?.clientId ?? `valtronics-exporter-${randomBytes(8).toString('hex')}`;
  let known: readonly string[] = earlier?.clientId === id ? earlier.filters : [];
  let written = earlier?.clientId === id;
  return {
    clientId: id,
    stale: (wanted) => known.filter((filter) => !wanted.includes(filter)),
    remember: async (filters) => {
      const isSame = written && filters.length === known.length && filters.every((f) => known.includes(f));
      if (isSame) return;
      known = [...filters];
      try {
        await store.write(DOCUMENT, { clientId: id, filters });
        written = true;
      } catch (error) {
        logger.error(
          { error: messageOf(error) },
          'the MQTT client id cannot be saved: after a restart the session is lost',
        );
      }
    },
  };
}
