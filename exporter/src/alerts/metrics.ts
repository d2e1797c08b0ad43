import { SEVERITY_CLASSES, severityClass } from '../base/severity.ts';
import type { Logger } from '../log/logger.ts';
import {
  ALERT_DELIVERIES,
  ALERT_DELIVERY_OLDEST,
  ALERT_LEADER,
  ALERT_LOOP_UP,
  ALERT_STORE_UP,
  ALERTS_UNACKNOWLEDGED,
  STORE_ALERTS,
} from '../metrics/catalogue/alerts.ts';
import type { LabelledValue, Metrics } from '../metrics/metrics.ts';
import { ALERT_SOURCES, ALERT_STATES } from './alert.ts';
import type { Backlog, Outbox } from './delivery/outbox.ts';
import type { Loop } from './loop.ts';
import type { Receiver } from './receivers/receiver.ts';
import { StoreError } from '../state/sqlite/errors.ts';
import type { AlertCount } from './store/statistics.ts';
import type { AlertStore } from './store/store.ts';

/** A sample for every source, state and known severity, 0 where there is no alert. */
export function storeSamples(
  counts: readonly AlertCount[],
): LabelledValue<'source' | 'state' | 'severity'>[] {
  const sums = new Map<string, number>();
  for (const { source, state, severity, count } of counts) {
    const key = [source, state, severityClass(severity)].join(' ');
    sums.set(key, (sums.get(key) ?? 0) + count);
  }
  return ALERT_SOURCES.flatMap((source) =>
    ALERT_STATES.flatMap((state) =>
      SEVERITY_CLASSES.map((severity) => ({
        labels: { source, state, severity },
        value: sums.get([source, state, severity].join(' ')) ?? 0,
      })),
    ),
  );
}

/** Age in seconds of the oldest by severity, 0 where there is none. */
export function unacknowledgedSamples(
  oldest: readonly { readonly severity: string; readonly since: number }[],
  now: number,
): LabelledValue<'severity'>[] {
  const ages = new Map<string, number>(SEVERITY_CLASSES.map((severity) => [severity, 0]));
  for (const { severity, since } of oldest) {
    const label = severityClass(severity);
    ages.set(label, Math.max(ages.get(label) ?? 0, (now - since) / 1000));
  }
  return [...ages].map(([severity, value]) => ({ labels: { severity }, value }));
}

/** Notices that were not delivered, by integration and state, 0 where there is none. */
export function deliverySamples(
  backlog: readonly Backlog[],
  integrations: readonly string[],
): LabelledValue<'integration' | 'state'>[] {
  const sums = new Map<string, number>();
  for (const { receiver, state, count } of backlog) {
    const key = `${integrationOf(receiver)} ${state}`;
    sums.set(key, (sums.get(key) ?? 0) + count);
  }
  return integrations.flatMap((integration) =>
    ['pending', 'held', 'dead'].map((state) => ({
      labels: { integration, state },
      value: sums.get(`${integration} ${state}`) ?? 0,
    })),
  );
}

/** Age in seconds of the oldest pending notice by integration, 0 where none is pending. */
export function oldestDeliverySamples(
  backlog: readonly Backlog[],
  integrations: readonly string[],
  now: number,
): LabelledValue<'integration'>[] {
  return integrations.map((integration) => {
    const ages = backlog
      .filter(({ receiver, state }) => state === 'pending' && integrationOf(receiver) === integration)
      .map(({ oldest }) => (now - oldest) / 1000);
    return { labels: { integration }, value: Math.max(0, ...ages) };
  });
}

/** Of several receivers of one integration, such as recipients of e-mails, each is named after it. */
function integrationOf(receiver: string): string {
  return receiver.split(' ', 1)[0] ?? receiver;
}

export interface AlertMetrics {
  /** Brings the families up to date; a store that cannot be read takes them away and is logged once. */
  update(now: number): Promise<void>;
  withdraw(): void;
}

export interface AlertMetricsOptions {
  readonly store: Pick<AlertStore, 'counts' | 'oldestUnacknowledged' | 'problem'>;
  readonly outbox: Pick<Outbox, 'backlog'>;
  readonly receivers: readonly Pick<Receiver, 'integration'>[];
  readonly loops: readonly Pick<Loop, 'name' | 'failure'>[];
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** Whether this exporter does what time brings, of several that share the store. Default: it does. */
  readonly isLeader?: () => boolean;
}

/** What is read from the store. */
const FROM_STORE = [STORE_ALERTS, ALERTS_UNACKNOWLEDGED, ALERT_DELIVERIES, ALERT_DELIVERY_OLDEST];

export function createAlertMetrics(options: AlertMetricsOptions): AlertMetrics {
  const { store, outbox, loops, metrics, logger, isLeader = () => true } = options;
  const integrations = [...new Set(options.receivers.map(({ integration }) => integration))];
  let failure: string | undefined;
  /** Who reads may still wait for the store when a reload ends this: what was taken away must not come back. */
  let withdrawn = false;

  async function publish(now: number): Promise<void> {
    const samples = storeSamples(await store.counts());
    const unacknowledged = unacknowledgedSamples(await store.oldestUnacknowledged(), now);
    const backlog = await outbox.backlog();
    if (withdrawn) return;
    metrics.publish(STORE_ALERTS, samples);
    metrics.publish(ALERTS_UNACKNOWLEDGED, unacknowledged);
    metrics.publish(ALERT_DELIVERIES, deliverySamples(backlog, integrations));
    metrics.publish(ALERT_DELIVERY_OLDEST, oldestDeliverySamples(backlog, integrations, now));
  }

  /** Publishes what the store says; returns why it cannot be used. */
  async function read(now: number): Promise<string | undefined> {
    try {
      await publish(now);
      return await store.problem();
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      for (const family of FROM_STORE) metrics.withdraw(family);
      return error.message;
    }
  }

  return {
    update: async (now) => {
      const problem = await read(now);
      if (withdrawn) return;
      if (problem !== undefined && problem !== failure)
        logger.error({ error: problem }, 'the alert store cannot be used');
      if (problem === undefined && failure !== undefined) logger.info({}, 'the alert store works again');
      failure = problem;
      metrics.publish(ALERT_LEADER, [{ labels: {}, value: isLeader() ? 1 : 0 }]);
      metrics.publish(ALERT_STORE_UP, [{ labels: {}, value: problem === undefined ? 1 : 0 }]);
      const broken = new Set(loops.filter((loop) => loop.failure() !== undefined).map(({ name }) => name));
      const names = [...new Set(loops.map(({ name }) => name))];
      metrics.publish(
        ALERT_LOOP_UP,
        names.map((loop) => ({ labels: { loop }, value: broken.has(loop) ? 0 : 1 })),
      );
    },
    withdraw: () => {
      withdrawn = true;
      for (const family of [...FROM_STORE, ALERT_LEADER, ALERT_STORE_UP, ALERT_LOOP_UP])
        metrics.withdraw(family);
    },
  };
}
