import { z } from 'zod';
import { backoffDelay } from '../../base/backoff.ts';
import { withDeadline } from '../../base/deadline.ts';
import type { Logger } from '../../log/logger.ts';
import { DeliveryError } from '../receivers/receiver.ts';
import { StoreError } from '../../state/sqlite/errors.ts';
import { createLoop, type Loop } from '../loop.ts';
import { getJson, requestJson } from '../receivers/json-request.ts';
import { alertmanagerAt } from '../alertmanager/address.ts';
import type { Maintenance } from './maintenance.ts';
import { type NewSilence, type Silence, silenceKey, silenceSchema, silencesOf } from './silence.ts';
import { type MaintenanceWindow, type WindowScope, windowState } from './maintenance-window.ts';

/** The silences of an Alertmanager. Every method rejects with a DeliveryError. */
export interface SilenceClient {
  list(signal: AbortSignal): Promise<Silence[]>;
  create(silence: NewSilence, signal: AbortSignal): Promise<void>;
  expire(id: string, signal: AbortSignal): Promise<void>;
}

const silences = z.array(silenceSchema);

export function createSilenceClient(url: string): SilenceClient {
  const at = alertmanagerAt(url);
  const path = '/api/v2/silences';

  return {
    list: (signal) => getJson(at(path), silences, { asked: 'lists silences', signal }),
    create: async (body, signal) => {
      await requestJson(at(path), { method: 'POST', body, signal });
    },
    expire: async (id, signal) => {
      await requestJson(at(`/api/v2/silence/${encodeURIComponent(id)}`), { method: 'DELETE', signal });
    },
  };
}

/**
 * Keeps silences in Alertmanager in step with the windows, so that Prometheus' alerts are quiet, too. To be woken
 * when a window was made or ended.
 */
export type SilenceKeeper = Loop;

export interface SilenceKeeperOptions {
  readonly client: SilenceClient;
  readonly maintenance: Pick<Maintenance, 'list' | 'expiredSilences' | 'silenceExpired'>;
  /**
   * Ids of the devices of a window's types and locations: alerts need not say either. Undefined when there are
   * too many for a silence.
   */
  readonly members: (scope: WindowScope) => Promise<readonly string[] | undefined>;
  readonly logger: Logger;
  readonly now: () => number;
  /** Whether this exporter keeps them, of several that share the store. Default: it does. */
  readonly isLeader?: () => boolean;
  /** Between two looks, milliseconds: 60,000 by default. */
  readonly interval?: number;
  /** The first pause after a failure, milliseconds: 5,000 by default; it doubles up to the interval. */
  readonly retry?: number;
}

const TIMEOUT = 10_000;

/** Makes one request, with a limit of its own. */
type Limit = <T>(request: (signal: AbortSignal) => Promise<T>) => Promise<T>;

/** A silence of ours with what it is for. */
interface Ours {
  readonly id: string;
  readonly part: string;
  readonly silence: Silence;
}

/** Makes what is missing and ends what is over; safe to repeat, since a silence of ours says what it is for. */
export function createSilenceKeeper(options: SilenceKeeperOptions): SilenceKeeper {
  const { client, maintenance, logger, now, interval = 60_000, retry = 5000 } = options;
  const { isLeader = () => true } = options;
  const tooMany = new Set<string>();
  let failures = 0;

  /** Ids for the silence of the members, which is made when the window begins: the fleet may change before. */
  async function membersOf(window: MaintenanceWindow): Promise<readonly string[]> {
    if (window.deviceTypes.length + window.locations.length === 0) return [];
    if (windowState(window, now()) !== 'active') return [];
    const members = await options.members(window);
    if (members === undefined && !tooMany.has(window.id)) {
      tooMany.add(window.id);
      logger.warn(
        { window: window.id },
        'a maintenance window covers too many devices to name each in a silence: alerts of Prometheus without labels device_type and location are not silenced',
      );
    }
    return members ?? [];
  }

  /**
   * Whoever expired a silence of ours in Alertmanager meant it: it is not made again, also when Alertmanager knows of
   * it no more.
   */
  async function cover(window: MaintenanceWindow, made: readonly Ours[], limit: Limit): Promise<void> {
    const wanted = silencesOf(window, await membersOf(window));
    const expired = await maintenance.expiredSilences();
    for (const { part, silence } of wanted) {
      const of = made.filter((one) => one.part === part);
      const isExpired = expired.has(`${window.id}/${part}`);
      if (of.length === 0 && !isExpired) {
        await limit((signal) => client.create(silence, signal));
        logger.info({ window: window.id, part }, 'a silence was made for a maintenance window');
      } else if (!isExpired && of.length > 0 && of.every((one) => one.silence.status.state === 'expired')) {
        await maintenance.silenceExpired(window.id, part);
        logger.info({ window: window.id, part }, 'somebody expired the silence of a maintenance window');
      }
    }
  }

  async function uncover(window: MaintenanceWindow, made: readonly Ours[], limit: Limit): Promise<void> {
    for (const { silence, part } of made)
      if (silence.status.state !== 'expired') {
        await limit((signal) => client.expire(silence.id, signal));
        logger.info({ window: window.id, part }, 'the silence of a maintenance window was ended');
      }
  }

  /** Resolves with how long there is nothing to do, milliseconds. */
  async function look(limit: Limit): Promise<number> {
    const windows = await maintenance.list();
    if (windows.length === 0) return interval;
    const ours = (await limit(client.list)).flatMap((silence): Ours[] => {
      const key = silenceKey(silence);
      return key === undefined ? [] : [{ ...key, silence }];
    });
    const byWindow = Map.groupBy(ours, ({ id }) => id);
    const failed: DeliveryError[] = [];
    for (const window of windows) {
      const change = windowState(window, now()) === 'ended' ? uncover : cover;
      try {
        await change(window, byWindow.get(window.id) ?? [], limit);
      } catch (error) {
        // One that Alertmanager does not take must not stand in the way of the others.
        if (!(error instanceof DeliveryError)) throw error;
        failed.push(error);
      }
    }
    const [first] = failed;
    if (first !== undefined) throw first;
    const starts = windows.map(({ startsAt }) => startsAt - now()).filter((wait) => wait > 0);
    return Math.min(interval, ...starts);
  }

  async function turn(stopping: AbortSignal): Promise<number> {
    if (!isLeader()) return interval;
    try {
      const wait = await look((request) => withDeadline(stopping, TIMEOUT, request));
      failures = 0;
      return wait;
    } catch (error) {
      if (!(error instanceof DeliveryError) && !(error instanceof StoreError)) throw error;
      if (!stopping.aborted && failures === 0)
        logger.warn(
          { error: error.message },
          'silences for maintenance could not be looked after; it is tried again',
        );
      failures += 1;
      return backoffDelay({ initial: retry, max: interval }, failures, 1);
    }
  }

  return createLoop({ name: 'silences for maintenance', turn, logger });
}
