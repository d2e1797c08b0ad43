import pg from 'pg';
import { z } from 'zod';
import { backoffDelay } from '../../../base/backoff.ts';
import { parsePostgresUrl } from '../../../base/postgres-address.ts';
import type { Logger } from '../../../log/logger.ts';
import { createLoop } from '../../loop.ts';
import type { Sharing, SharingEvents } from '../../sharing.ts';
import { storeErrorOf } from './errors.ts';
import { CHANNEL, LEADER } from './names.ts';
import { driverConfig, lacksOptionalTls } from './pool.ts';

export interface SharingOptions extends SharingEvents {
  readonly url: string;
  readonly logger: Logger;
}

/** Longest wait for an answer, milliseconds: whoever does not get one leads no more. */
const ANSWER = 5000;
/** Between two looks, milliseconds: how soon another exporter leads when this one is gone. */
const LOOK = 1000;
const BACKOFF = { initial: 500, max: 10_000 };

/** A server notices in so many seconds that an exporter is gone whose machine or network is. */
const SESSION = `set tcp_keepalives_idle = 5; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3;
  listen ${CHANNEL}`;

const ledRow = z.object({ led: z.boolean() });

/**
 * Leads while a session of its own holds an advisory lock: the server gives it to another when that session ends,
 * however it ends. Whoever cannot reach the server leads nothing.
 */
export function createSharing({ url, logger, onLead, onWritten, onTold }: SharingOptions): Sharing {
  const address = parsePostgresUrl(url);
  let session: pg.Client | undefined;
  let leads = false;
  let follows = false;
  let tls = true;
  let failures = 0;

  function lose(client: pg.Client): void {
    if (session !== client) return;
    session = undefined;
    if (leads) logger.info({}, 'another exporter may lead: the session with the alert store has ended');
    leads = false;
  }

  async function open(): Promise<pg.Client> {
    const client = new pg.Client({ ...driverConfig(address, tls), query_timeout: ANSWER });
    client.on('error', () => lose(client));
    client.on('end', () => lose(client));
    client.on('notification', ({ payload = '' }) => {
      const [word = '', about = ''] = payload.split(' ');
      if (word === '') onWritten();
      else onTold(word, about);
    });
    try {
      await client.connect();
    } catch (error) {
      if (!tls || !lacksOptionalTls(error, address)) throw error;
      tls = false;
      return open();
    }
    try {
      await client.query(SESSION);
    } catch (error) {
      client.connection.stream.destroy();
      throw error;
    }
    return client;
  }

  async function look(): Promise<void> {
    session ??= await open();
    const current = session;
    const text = leads ? 'select true as led' : `select pg_try_advisory_lock(${LEADER}) as led`;
    const { rows } = await current.query<Record<string, unknown>>(text);
    const { led } = ledRow.parse(rows[0]);
    follows = !led;
    if (!led || leads || session !== current) return;
    leads = true;
    logger.info({}, 'this exporter leads those that share the alert store: it does what time brings');
    onLead();
  }

  async function turn(stopping: AbortSignal): Promise<number> {
    try {
      await look();
      failures = 0;
      return LOOK;
    } catch (error) {
      failures += 1;
      const lost = session;
      if (lost !== undefined) {
        lose(lost);
        lost.connection.stream.destroy();
      }
      if (failures === 1 && !stopping.aborted)
        logger.warn(
          { error: storeErrorOf(error, address).message },
          'this exporter leads nothing while the alert store cannot be reached',
        );
      return backoffDelay(BACKOFF, failures, 1);
    }
  }

  const loop = createLoop({ name: 'sharing the alert store', turn, logger });
  return {
    isLeader: () => leads,
    follows: () => follows,
    loop: {
      ...loop,
      stop: async () => {
        await loop.stop();
        leads = false;
        const open = session;
        session = undefined;
        await open?.end();
      },
    },
  };
}
