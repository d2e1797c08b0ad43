import { isoTime } from '../domain/isoTime';
import type { MaintenanceWindow, NewMaintenanceWindow } from '../domain/alerts/silence';
import {
  readAlertDetails,
  readAlertPage,
  readOutbox,
  readOutcomes,
  readRetried,
  readStatistics,
  readTestOutcomes,
} from './alertShapes';
import type {
  AlertOutcome,
  OutboxEntry,
  StoredAlert,
  StoredAlertDetails,
  StoredState,
  StoreStatistics,
  TestOutcome,
} from '../domain/alerts/alertTypes';
import type { BeforeEntry } from '../domain/alerts/before';
import { readBefore } from './beforeShapes';
import { askExporter, whenConfigured } from './exporterRequest';
import { readWindow, readWindows } from './maintenanceShapes';
import { ApiFailure } from '../domain/problem';
import type { Span } from './prometheusClient';

/** Alerts a page; the exporter gives no more. */
const PAGE_LIMIT = 1000;
/** Alerts that the exporter decides about at once. */
const MOST_AT_ONCE = 1000;

/** What of the store is wanted; an absent part lets everything through. */
export interface StoreFilter {
  readonly state?: StoredState | undefined;
  readonly severity?: string | undefined;
  readonly name?: string | undefined;
  /** Label `device_id`. */
  readonly device?: string | undefined;
  /** Part of name, message or a label's value. */
  readonly text?: string | undefined;
}

/** Alerts of the store; `complete` is false when there are more than were asked for. */
export interface StoredAlerts {
  readonly alerts: readonly StoredAlert[];
  readonly complete: boolean;
}

/**
 * The exporter's alert store, reached by Grafana's plugin proxy: who reads the app reads it, Editors write. Every
 * method throws `ApiFailure` or `AbortedError`.
 */
export interface AlertStoreClient {
  /** The newest alert of each fingerprint, the last raised first, about `most` of them. */
  list(filter: StoreFilter, most: number, signal?: AbortSignal): Promise<StoredAlerts>;
  /** Every alert that is kept and was there in the span (undefined: ever), newest first, about `most` of them. */
  history(
    span: Span | undefined,
    filter: StoreFilter,
    most: number,
    signal?: AbortSignal,
  ): Promise<StoredAlerts>;
  /** An alert with its life; undefined when the store has none of that fingerprint. */
  find(fingerprint: string, signal?: AbortSignal): Promise<StoredAlertDetails | undefined>;
  /** What happened before it began, the last first; undefined when the store has none of that fingerprint. */
  before(fingerprint: string, signal?: AbortSignal): Promise<readonly BeforeEntry[] | undefined>;
  statistics(signal?: AbortSignal): Promise<StoreStatistics>;
  /** What somebody else has acknowledged is refused with who, when and why, unless `replace` takes it over. */
  acknowledge(fingerprints: readonly string[], comment: string, replace?: boolean): Promise<AlertOutcome[]>;
  resolve(fingerprints: readonly string[], comment: string): Promise<AlertOutcome[]>;
  /** Sends a test alert to every receiver. */
  test(): Promise<TestOutcome[]>;
  /** The newest entries of the outbox. */
  deliveries(state: OutboxEntry['state'] | undefined, signal?: AbortSignal): Promise<OutboxEntry[]>;
  /** Tries dead letters again, all or a receiver's; how many. */
  retry(receiver?: string): Promise<number>;
  maintenance(signal?: AbortSignal): Promise<MaintenanceWindow[]>;
  createMaintenance(window: NewMaintenanceWindow): Promise<MaintenanceWindow>;
  endMaintenance(id: string): Promise<MaintenanceWindow>;
}

function parametersOf({ state, severity, name, device, text }: StoreFilter): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries({ state, severity, name, device, q: text }))
    if (value !== undefined && value !== '') parameters.set(key, value);
  return parameters;
}

async function pages(
  path: string,
  parameters: URLSearchParams,
  most: number,
  signal: AbortSignal | undefined,
): Promise<StoredAlerts> {
  const alerts: StoredAlert[] = [];
  parameters.set('limit', String(Math.min(PAGE_LIMIT, Math.max(1, most))));
  let cursor: string | null = null;
  do {
    if (cursor !== null) parameters.set('cursor', cursor);
    const page = await askExporter({ path: `${path}?${parameters.toString()}`, signal }, readAlertPage);
    alerts.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null && alerts.length < most);
  return { alerts, complete: cursor === null };
}

function historyPages(
  span: Span | undefined,
  filter: StoreFilter,
  most: number,
  signal: AbortSignal | undefined,
): Promise<StoredAlerts> {
  const parameters = parametersOf(filter);
  if (span !== undefined) {
    parameters.set('openSince', isoTime(span.from));
    parameters.set('to', isoTime(span.to));
  }
  return pages('/api/v1/alerts/history', parameters, most, signal);
}

/** Asks about one alert; undefined when the store has none of that fingerprint. */
async function ofAlert<T>(
  fingerprint: string,
  what: string,
  read: (value: unknown) => T,
  signal: AbortSignal | undefined,
): Promise<T | undefined> {
  try {
    const path = `/api/v1/alerts/${encodeURIComponent(fingerprint)}${what}`;
    return await askExporter({ path, signal }, read);
  } catch (error) {
    if (error instanceof ApiFailure && error.problem.kind === 'not-found') return undefined;
    throw error;
  }
}

/** The same decision about many alerts, in as many requests as that takes. */
async function decide(
  action: 'acknowledge' | 'resolve',
  fingerprints: readonly string[],
  decision: { readonly comment: string; readonly replace?: true },
): Promise<AlertOutcome[]> {
  const outcomes: AlertOutcome[] = [];
  for (let start = 0; start < fingerprints.length; start += MOST_AT_ONCE) {
    const body = { fingerprints: fingerprints.slice(start, start + MOST_AT_ONCE), ...decision };
    outcomes.push(...(await askExporter({ path: `/api/v1/alerts/${action}`, body }, readOutcomes)));
  }
  return outcomes;
}

function createMaintenance({ startsAt, endsAt, ...rest }: NewMaintenanceWindow): Promise<MaintenanceWindow> {
  const body = {
    ...rest,
    ...(startsAt === undefined ? {} : { startsAt: isoTime(startsAt) }),
    endsAt: isoTime(endsAt),
  };
  return askExporter({ path: '/api/v1/maintenance', body }, readWindow);
}

/** The client; `exporterUrl` is only looked at: without one nothing is asked. */
export function createAlertStoreClient(exporterUrl: string): AlertStoreClient {
  const configured = <T>(ask: () => Promise<T>): Promise<T> => whenConfigured(exporterUrl, ask);
  return {
    list: (filter, most, signal) =>
      configured(() => pages('/api/v1/alerts', parametersOf(filter), most, signal)),
    history: (span, filter, most, signal) => configured(() => historyPages(span, filter, most, signal)),
    find: (fingerprint, signal) => configured(() => ofAlert(fingerprint, '', readAlertDetails, signal)),
    before: (fingerprint, signal) => configured(() => ofAlert(fingerprint, '/before', readBefore, signal)),
    statistics: (signal) =>
      configured(() => askExporter({ path: '/api/v1/alerts/statistics', signal }, readStatistics)),
    acknowledge: (fingerprints, comment, replace = false) =>
      configured(() => decide('acknowledge', fingerprints, replace ? { comment, replace } : { comment })),
    resolve: (fingerprints, comment) => configured(() => decide('resolve', fingerprints, { comment })),
    test: () => configured(() => askExporter({ path: '/api/v1/alerts/test', body: {} }, readTestOutcomes)),
    deliveries: (state, signal) => {
      const query = state === undefined ? '' : `?state=${state}`;
      return configured(() => askExporter({ path: `/api/v1/alerts/deliveries${query}`, signal }, readOutbox));
    },
    retry: (receiver) => {
      const body = receiver === undefined ? {} : { receiver };
      return configured(() => askExporter({ path: '/api/v1/alerts/deliveries/retry', body }, readRetried));
    },
    maintenance: (signal) =>
      configured(() => askExporter({ path: '/api/v1/maintenance', signal }, readWindows)),
    createMaintenance: (window) => configured(() => createMaintenance(window)),
    endMaintenance: (id) => {
      const path = `/api/v1/maintenance/${encodeURIComponent(id)}/end`;
      return configured(() => askExporter({ path, body: {} }, readWindow));
    },
  };
}
