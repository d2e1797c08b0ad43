import type { Clock } from '../../base/clock.ts';
import { messageOf } from '../../base/errors.ts';
import { createTurns } from '../../base/turns.ts';
import { severityClass } from '../../base/severity.ts';
import type { FleetOutput } from '../../fleet/fleet.ts';
import type { Logger } from '../../log/logger.ts';
import { DEVICE_ALERTS, DEVICE_ALERTS_DROPPED } from '../../metrics/catalogue/alerts.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import { createAlertGroups } from '../../platform-alerts/alert-groups.ts';
import type { DeviceAlertMessage, DeviceAlertsInput } from '../../platform-alerts/device-alerts.ts';
import { type Alert, type AlertContent, system } from '../alert.ts';
import type { Policy } from '../policies.ts';
import { StoreFullError } from '../store/errors.ts';
import type { AlertStore, Report } from '../store/store.ts';
import { deviceContent, UNKNOWN_TYPE } from './content.ts';
import { createChangeLimit } from './change-limit.ts';
import { createOpenAlerts, type OpenAlert, type OpenDeviceAlerts } from './open-alerts.ts';
import { createTrouble } from './trouble.ts';

export interface DeviceAlertsOptions {
  readonly store: Pick<AlertStore, 'fingerprint' | 'report' | 'find' | 'openAlerts' | 'newestOfDevice'>;
  readonly fleet: Pick<FleetOutput, 'find' | 'resolve'>;
  /** Whether the device is one of those that are watched. */
  readonly watches?: (deviceId: string) => boolean;
  /** Silence after which an alert is over, milliseconds. */
  readonly expires: number;
  /** Most alerts that one device may begin within a minute. */
  readonly rate: number;
  /** Most types that one device may have open. */
  readonly types: number;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Whether this exporter ends what is over without a word, of several that share the store. Default: it does. */
  readonly isLeader?: () => boolean;
}

/** Takes the alerts that devices raise into the store. */
export interface DeviceAlerts extends DeviceAlertsInput {
  /** Ends what is over without a word of the device, and writes how often the others were repeated. */
  readonly policy: Policy;
  /** The store ended an alert: when its device raises it again, it is another one. */
  ended(alert: Pick<Alert, 'source' | 'fingerprint'>): void;
  /** Another exporter that shares the store ended an alert: forgotten once the store says so, too. */
  endedElsewhere(fingerprint: string): void;
  /** Resolves when what was taken is stored, or could not be. */
  settled(): Promise<void>;
}

/** What waits to be applied. */
type Told =
  | { readonly kind: 'alert'; readonly message: DeviceAlertMessage; readonly now: number }
  | { readonly kind: 'online'; readonly deviceId: string; readonly now: number };

/** The word by which exporters tell each other of an alert of a device that is over. */
export const DEVICE_ALERT_ENDED = 'device-alert-ended';

const BY = system('device');
const REASONS = { device: 'the device says so', online: 'the device is online again' } as const;

/** Most messages that wait while the store cannot be written. */
const MOST_WAITING = 10_000;
/** How often a repeated alert is written, milliseconds: each writing costs a sync. */
const WRITE_INTERVAL = 60_000;
/** Most alerts that one look of the policy ends or writes. */
const PIECE = 200;

/** Changes of one transaction: alerts that began or were repeated, and such that are over for one reason. */
interface Changes {
  readonly firing: AlertContent[];
  readonly gone: string[];
  readonly touched: Set<string>;
}

/**
 * One row an alert of a device and type, whatever the device sends: repeated messages count, a severity that changes
 * ends the one and begins another, and what the broker sends again or has kept is known by the device's own time. What
 * arrived together is one transaction, written before it is acknowledged.
 */
export function createDeviceAlerts(options: DeviceAlertsOptions): DeviceAlerts {
  const {
    store,
    fleet,
    expires,
    types,
    metrics,
    logger,
    clock,
    watches = () => true,
    isLeader = () => true,
  } = options;
  const groups = createAlertGroups(metrics);
  for (const pair of groups.known) metrics.counter(DEVICE_ALERTS, { ...pair });
  const dropped = (reason: 'flood' | 'types' | 'store') => metrics.counter(DEVICE_ALERTS_DROPPED, { reason });
  const drops = { flood: dropped('flood'), types: dropped('types'), store: dropped('store') };
  const limit = createChangeLimit(options.rate, clock, (deviceId) =>
    logger.warn(
      { device: deviceId, limit: options.rate },
      'a device raises more alerts than it may begin in a minute: the others are dropped',
    ),
  );
  const trouble = createTrouble();
  /** What is applied again after a failure is counted once. */
  const counted = new WeakSet<DeviceAlertMessage>();
  const allowed = new WeakMap<DeviceAlertMessage, boolean>();
  let waiting: Told[] = [];
  let open: OpenDeviceAlerts | undefined;
  let failure: string | undefined;

  /** Reads what an earlier run left, once the store can be read. */
  const known = async (): Promise<OpenDeviceAlerts> =>
    (open ??= createOpenAlerts(await store.openAlerts('device'), clock.wall(), clock.monotonic()));

  async function commit({ firing, gone }: Changes, comment: string, now: number): Promise<void> {
    if (firing.length + gone.length === 0) return;
    const report: Report = {
      ...{ source: 'device', comment, by: BY, now },
      firing,
      gone: gone.map((fingerprint) => ({ fingerprint })),
    };
    try {
      await store.report(report);
    } catch (error) {
      if (!(error instanceof StoreFullError)) throw error;
      // All else is stored; what was refused is not open.
      open = undefined;
      drops.store.inc(error.refused);
      logger.error({ error: error.message }, 'alerts of devices were refused');
    }
  }

  const none = (): Changes => ({ firing: [], gone: [], touched: new Set() });
  let changes = none();

  /** Two changes of one alert are two transactions, since a report ends before it begins. */
  async function touch(fingerprint: string, now: number): Promise<void> {
    if (changes.touched.has(fingerprint)) await write(now);
    changes.touched.add(fingerprint);
  }

  async function write(now: number): Promise<void> {
    const done = changes;
    changes = none();
    await commit(done, REASONS.device, now);
  }

  /** Whether the broker sends it again, or kept what was heard before. Without the device's time nobody can know. */
  async function isKnown(
    message: DeviceAlertMessage,
    deviceId: string,
    type: string,
    now: number,
  ): Promise<boolean> {
    const { writtenAt, retained, repeated } = message;
    if (!retained && !repeated) return false;
    if (writtenAt === null) return retained;
    if (retained && now - writtenAt > expires) return true;
    const newest =
      (await known()).find(deviceId, type) ?? (await store.newestOfDevice('device', deviceId, type));
    return newest !== undefined && writtenAt <= newest.sourceTime;
  }

  async function end(alert: OpenAlert, now: number): Promise<void> {
    await touch(alert.fingerprint, now);
    changes.gone.push(alert.fingerprint);
    (await known()).remove(alert.fingerprint);
  }

  async function endOf(message: DeviceAlertMessage, deviceId: string, now: number): Promise<void> {
    const { of, find } = await known();
    const alerts =
      message.alertType === undefined
        ? of(deviceId)
        : [find(deviceId, message.alertType)].filter((alert) => alert !== undefined);
    for (const alert of alerts)
      if (!(await isKnown(message, deviceId, alert.type, now))) await end(alert, now);
  }

  /** The device says it again: that costs no transaction each time. */
  async function repeat(before: OpenAlert, content: AlertContent, now: number): Promise<void> {
    const { labels, startsAt } = before.content;
    const count = before.content.count + 1;
    (await known()).set({
      ...before,
      content: { ...content, labels, startsAt, count },
      sourceTime: Math.max(before.sourceTime, content.sourceTime ?? 0),
      ...{ heardAt: clock.monotonic(), heardWall: now, isWritten: false },
    });
  }

  function isAllowed(message: DeviceAlertMessage, deviceId: string): boolean {
    const known = allowed.get(message);
    if (known !== undefined) return known;
    const isWithin = limit.take(deviceId);
    if (!isWithin) drops.flood.inc();
    allowed.set(message, isWithin);
    return isWithin;
  }

  async function begin(
    message: DeviceAlertMessage,
    content: OpenAlert['content'],
    deviceId: string,
    type: string,
    now: number,
  ): Promise<void> {
    const all = await known();
    const before = all.find(deviceId, type);
    if (before === undefined && all.of(deviceId).length >= types) {
      drops.types.inc();
      return;
    }
    if (!isAllowed(message, deviceId)) return;
    if (before !== undefined) await end(before, now);
    const fingerprint = store.fingerprint(content.labels);
    await touch(fingerprint, now);
    changes.firing.push(content);
    const at = clock.monotonic();
    (await known()).set({
      ...{ fingerprint, deviceId, type, content, sourceTime: content.sourceTime ?? 0 },
      ...{ heardAt: at, heardWall: now, writtenAt: at, isWritten: true, foundAt: undefined },
    });
  }

  async function raise(message: DeviceAlertMessage, deviceId: string, now: number): Promise<void> {
    const type = message.alertType ?? UNKNOWN_TYPE;
    if (await isKnown(message, deviceId, type, now)) return;
    if (!message.retained && !counted.has(message)) {
      counted.add(message);
      metrics.counter(DEVICE_ALERTS, { ...groups.groupOf(severityClass(message.severity), type) }).inc();
    }
    const content = deviceContent(message, deviceId, type, now);
    const before = (await known()).find(deviceId, type);
    if (before === undefined || before.content.severity !== content.severity)
      await begin(message, content, deviceId, type, now);
    else await repeat(before, content, now);
  }

  async function apply(told: Told): Promise<void> {
    if (told.kind === 'online') {
      for (const alert of (await known()).of(told.deviceId)) await end(alert, told.now);
      return;
    }
    const { message, now } = told;
    const deviceId = fleet.resolve(message.deviceId);
    if (!watches(deviceId)) return;
    if (message.ends) await endOf(message, deviceId, now);
    else await raise(message, deviceId, now);
  }

  async function applyAll(now: number): Promise<void> {
    const taken = waiting;
    waiting = [];
    try {
      for (const told of taken) await apply(told);
      await write(now);
    } catch (error) {
      // What the store did not take is read again from it, and the messages are applied anew.
      changes = none();
      open = undefined;
      const all = [...taken, ...waiting];
      waiting = all.slice(-MOST_WAITING);
      drops.store.inc(all.length - waiting.length);
      throw error;
    }
  }

  async function attempt(): Promise<void> {
    if (waiting.length === 0) return;
    try {
      await applyAll(clock.wall());
      failure = undefined;
    } catch (error) {
      const message = messageOf(error);
      if (failure !== message)
        logger.error({ error: message }, 'alerts of devices could not be stored; it is tried again');
      failure = message;
    }
  }

  /** Ends some alerts at once for one reason. */
  async function endAll(alerts: readonly OpenAlert[], comment: string, now: number): Promise<void> {
    await commit({ ...none(), gone: alerts.map(({ fingerprint }) => fingerprint) }, comment, now);
    const all = await known();
    for (const { fingerprint } of alerts) all.remove(fingerprint);
  }

  const look: Policy = async (now) => {
    await attempt();
    const at = clock.monotonic();
    const most = isLeader() ? PIECE : 0;
    const silent = (await known()).silentSince(at - expires, most);
    if (silent.length > 0)
      await endAll(silent, `the device has not repeated it for ${Math.round(expires / 60_000)} minutes`, now);
    const recovered = trouble.recovered(await known(), fleet, most);
    if (recovered.length > 0) await endAll(recovered, REASONS.online, now);
    const repeated = (await known()).unwritten(at - WRITE_INTERVAL, PIECE);
    await commit({ ...none(), firing: repeated.map(({ content }) => content) }, '', now);
    const all = await known();
    for (const alert of repeated) all.set({ ...alert, writtenAt: at, isWritten: true });
    return [silent, recovered, repeated].some(({ length }) => length === PIECE) ? 'more' : 'idle';
  };

  async function forgetEnded(fingerprint: string): Promise<void> {
    try {
      const alert = await store.find(fingerprint);
      if (alert?.state === 'resolved') open?.remove(fingerprint);
    } catch (error) {
      // All of them are read again, once the store can be.
      open = undefined;
      logger.debug(
        { error: messageOf(error) },
        'it could not be looked up whether an alert of a device is over',
      );
    }
  }

  const inTurn = createTurns();
  return {
    take: (message, now) => waiting.push({ kind: 'alert', message, now }),
    status: (id, status, now) => {
      if (trouble.status(id, status, now)) waiting.push({ kind: 'online', deviceId: fleet.resolve(id), now });
    },
    // A store that fails is tried again by the policy, not with each message.
    flush: () => (failure === undefined && waiting.length > 0 ? inTurn(attempt) : undefined),
    settled: () => inTurn(() => Promise.resolve()),
    endedElsewhere: (fingerprint) => void inTurn(() => forgetEnded(fingerprint)),
    policy: (now) => inTurn(() => look(now)),
    ended: ({ source, fingerprint }) => {
      if (source === 'device') open?.remove(fingerprint);
    },
  };
}
