import { z } from 'zod';
import { type Alerting, createAlerting } from '../../src/alerts/alerting.ts';
import { system } from '../../src/alerts/alert.ts';
import { alertRoutes } from '../../src/alerts/http/routes.ts';
import type { AlertStore } from '../../src/alerts/store/store.ts';
import { settingsSchema } from '../../src/config/schema.ts';
import type { DeviceView } from '../../src/fleet/fleet.ts';
import { createMetrics } from '../../src/metrics/registry.ts';
import { alertContent } from './alerts.ts';
import { httpDependencies, rawRequest, recordingLogger, startTestServer } from './http.ts';
import { temporaryFolder, waitFor } from './server.ts';
import type { StorePlace } from './store-place.ts';

export interface ApiAnswer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** The alert manager behind its HTTP routes. */
export interface AlertApi {
  readonly alerting: Alerting;
  readonly store: AlertStore;
  readonly logger: ReturnType<typeof recordingLogger>;
  readonly url: string;
  get(path: string, headers?: Record<string, string>): Promise<ApiAnswer>;
  /** `body` undefined: none is sent; a text is sent as it is. */
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<ApiAnswer>;
  /** Raises alerts past the API and returns their fingerprints. */
  raise(...changes: Parameters<typeof alertContent>[0][]): Promise<string[]>;
  stop(): Promise<void>;
}

export interface AlertApiOptions {
  /** Where the store is; it has one of its own by default. */
  readonly place?: StorePlace;
  readonly settings?: object;
  readonly now: () => number;
  readonly token?: string;
  readonly devices?: readonly DeviceView[];
}

const object = z.record(z.string(), z.unknown());

function answerOf({ status, text }: { status: number; text: string }): ApiAnswer {
  return { status, body: object.parse(JSON.parse(text)) };
}

/** The routes of a store that nothing else of the alert manager stands behind. */
export function storeRoutes(
  store: () => AlertStore | undefined,
  now: () => number,
  logger: ReturnType<typeof recordingLogger>,
) {
  const none = () => undefined;
  return alertRoutes({ store, delivery: none, maintenance: none, explained: none, now, logger });
}

/** Starts the alert manager behind its routes. */
export async function startAlertApi(options: AlertApiOptions): Promise<AlertApi> {
  const { now, settings = {}, token, devices = [] } = options;
  const folder = options.place === undefined ? temporaryFolder('alert-api') : undefined;
  const { url, stateFolder } = options.place ?? { url: undefined, stateFolder: folder?.path ?? '' };
  const logger = recordingLogger();
  const alerting = createAlerting({
    settings: settingsSchema.parse({ ...settings, store: { url } }),
    stateFolder,
    metrics: createMetrics({ defaultMetrics: false }),
    logger,
    clock: { wall: now, monotonic: now },
    fleet: { ...httpDependencies({}, devices).fleet, resolve: (id) => id },
  });
  const { store } = alerting;
  if (store === undefined) throw new Error('alerts are off');
  alerting.start();
  await waitFor('it to lead', alerting.isLeader);
  const server = await startTestServer({
    dependencies: httpDependencies({ logger, token: () => token }),
    routes: alertRoutes({
      store: () => alerting.store,
      delivery: () => alerting.delivery,
      maintenance: () => alerting.maintenance,
      explained: () => alerting.explained,
      now,
      logger,
    }),
  });
  return {
    ...{ alerting, store, logger, url: server.url },
    get: async (path, headers = {}) => answerOf(await rawRequest(`${server.url}/api/v1${path}`, { headers })),
    post: async (path, body, headers = {}) => {
      const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
      const type = text === undefined ? {} : { 'Content-Type': 'application/json' };
      return answerOf(
        await rawRequest(`${server.url}/api/v1${path}`, {
          method: 'POST',
          headers: { ...type, ...headers },
          ...(text === undefined ? {} : { body: text }),
        }),
      );
    },
    raise: async (...changes) => {
      const firing = changes.map((change) => alertContent(change));
      const report = { source: 'api', firing, gone: [], comment: '', by: system('t'), now: now() } as const;
      return (await store.report(report)).alerts.map(({ fingerprint }) => fingerprint);
    },
    stop: async () => {
      await server.stop();
      await alerting.stop();
      await folder?.remove();
    },
  };
}
