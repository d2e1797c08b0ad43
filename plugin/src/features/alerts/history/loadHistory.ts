import type { AlertStoreClient } from '../../../api/alertStoreClient';
import { problemOf, type Problem, type Source } from '../../../domain/problem';
import type { PrometheusClient, Span } from '../../../api/prometheusClient';
import { AbortedError } from '../../../api/request';
import { historyFromSeries } from './historyFromSeries';
import { pastAlertOfStore } from '../../../domain/alerts/historyFromStore';
import { historyQueries } from './historyQueries';
import { mergeHistory } from '../../../domain/alerts/mergeHistory';
import { createSharedLoad, type Asker, type SharedLoad } from '../data/sharedLoad';
import { overlaps, type PastAlert } from '../../../domain/alerts/pastAlert';

/** More alerts of the store than this are not fetched for one look. */
const MOST_STORED = 10_000;

/** What is known of a time. */
export interface History {
  /** Newest first; each was there at some moment of the time. */
  readonly alerts: readonly PastAlert[];
  readonly problems: readonly Problem[];
  /** What the store told; undefined when it could not be asked. */
  readonly store: StoreReach | undefined;
  /** When it was asked, milliseconds since the epoch. */
  readonly at: number;
}

export interface StoreReach {
  /** True when it keeps alerts that began before the time. */
  readonly reachesBack: boolean;
  /** When the oldest of the time began, milliseconds since the epoch; undefined when there is none. */
  readonly oldest: number | undefined;
  /** False when there are more than were fetched: the oldest are missing. */
  readonly complete: boolean;
}

export interface HistoryClients {
  readonly alertStore: Pick<AlertStoreClient, 'history'>;
  readonly prometheus: PrometheusClient;
}

interface StoreAnswer {
  readonly alerts: readonly PastAlert[];
  readonly reach: StoreReach;
}

async function fromStore(
  store: HistoryClients['alertStore'],
  { from, to }: Span,
  signal: AbortSignal | undefined,
): Promise<StoreAnswer> {
  const [there, older] = await Promise.all([
    store.history({ from, to }, {}, MOST_STORED, signal),
    store.history({ from: 0, to: from }, {}, 1, signal),
  ]);
  const alerts = there.alerts.map(pastAlertOfStore).filter((alert) => overlaps(alert, from, to));
  return {
    alerts,
    reach: {
      reachesBack: older.alerts.length > 0,
      oldest: alerts.length === 0 ? undefined : alerts.reduce((at, a) => Math.min(at, a.startsAt), Infinity),
      complete: there.complete,
    },
  };
}

async function fromPrometheus(
  prometheus: PrometheusClient,
  span: Span,
  signal: AbortSignal | undefined,
): Promise<PastAlert[]> {
  const queries = historyQueries(span);
  const [atStart, begins, ends] = await Promise.all([
    prometheus.instant(queries.atStart, queries.start, signal),
    prometheus.range(queries.begins, span, signal),
    prometheus.range(queries.ends, span, signal),
  ]);
  return historyFromSeries({ atStart, begins, ends }, queries);
}

async function attempt<T>(ask: Promise<T>, source: Source): Promise<T | Problem> {
  try {
    return await ask;
  } catch (error) {
    if (error instanceof AbortedError) throw error;
    return problemOf(error, source);
  }
}

function isProblem(outcome: object): outcome is Problem {
  return 'kind' in outcome;
}

/**
 * What fired in the span, from the store and from Prometheus; one that cannot be asked is a problem beside the
 * other's alerts. `now`: milliseconds since the epoch; of the time behind it nothing is asked. Throws `AbortedError`.
 */
export async function loadHistory(
  clients: HistoryClients,
  { from, to }: Span,
  now: number,
  signal?: AbortSignal,
): Promise<History> {
  const span = { from, to: Math.max(from, Math.min(to, now)) };
  const [stored, seen] = await Promise.all([
    attempt(fromStore(clients.alertStore, span, signal), 'exporter'),
    attempt(fromPrometheus(clients.prometheus, span, signal), 'prometheus'),
  ]);
  return {
    alerts: mergeHistory(isProblem(stored) ? [] : stored.alerts, isProblem(seen) ? [] : seen),
    problems: [stored, seen].filter(isProblem),
    store: isProblem(stored) ? undefined : stored.reach,
    at: now,
  };
}

/** Times that panels of one dashboard may look at apart, such as those with a time shift. */
const MOST_SPANS = 8;
/** By the span, for all panels of a window. */
const known = new WeakMap<HistoryClients['alertStore'], Map<string, SharedLoad<History>>>();

function sharedOf(clients: HistoryClients, span: Span): SharedLoad<History> {
  const spans = known.get(clients.alertStore) ?? new Map<string, SharedLoad<History>>();
  known.set(clients.alertStore, spans);
  const key = `${span.from} ${span.to}`;
  const shared =
    spans.get(key) ?? createSharedLoad((signal) => loadHistory(clients, span, Date.now(), signal));
  spans.delete(key);
  spans.set(key, shared);
  // A dashboard's time moves on: those that were asked for first are over.
  const [oldest] = spans.keys();
  if (spans.size > MOST_SPANS && oldest !== undefined) spans.delete(oldest);
  return shared;
}

/** The same, asked for once for everybody who asks for the span at about the same time. Throws `AbortedError`. */
export function loadSharedHistory(
  clients: HistoryClients,
  span: Span,
  signal: AbortSignal,
  asker: Asker,
): Promise<History> {
  return sharedOf(clients, span).ask(signal, asker);
}

/** What was asked for before is shown to nobody who asks from now on. */
export function outdateHistory({ alertStore }: Pick<HistoryClients, 'alertStore'>): void {
  known.delete(alertStore);
}
