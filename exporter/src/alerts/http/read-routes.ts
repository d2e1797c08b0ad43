import { z } from 'zod';
import { limitParameter } from '../../http/api/device-routes.ts';
import { jsonRoute, NO_BODY, NO_PARAMETERS } from '../../http/json-route.ts';
import type { Route } from '../../http/route.ts';
import { isCursor } from '../store/queries.ts';
import {
  type AlertRouteDependencies,
  answering,
  coverageOf,
  fingerprintParams,
  found,
  storeOf,
} from './alert-route.ts';
import {
  alertDetailsSchema,
  alertPageSchema,
  alertSourceSchema,
  alertStateSchema,
  alertStatisticsSchema,
} from './schemas.ts';
import { alertDetailsView, alertRowView, statisticsView } from './view.ts';

/** Lines of the audit log that come with an alert. */
const EVENTS = 100;

const text = () => z.string().max(1024);
const moment = () => z.iso.datetime({ offset: true });
const timeOf = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text));

const filters = {
  severity: text().optional().describe('Only alerts of this severity, in any case'),
  source: alertSourceSchema.optional().describe('Only alerts that came from there'),
  name: text().optional().describe('Only alerts of this name'),
  device: text().optional().describe('Only alerts with this label device_id'),
  q: text().optional().describe('Part of name, message or a label’s value, ASCII letters in any case'),
  limit: limitParameter,
  cursor: z
    .string()
    .refine(isCursor, 'must be the nextCursor of the page before')
    .optional()
    .describe('nextCursor of the page before'),
};

const listQuery = z.strictObject({
  state: alertStateSchema.optional().describe('Only alerts in this state'),
  ...filters,
});

const historyQuery = z.strictObject({
  state: alertStateSchema.optional().describe('Only alerts in this state'),
  ...filters,
  from: moment().optional().describe('Only alerts that began at this time or later'),
  to: moment().optional().describe('Only alerts that began before this time'),
  openSince: moment().optional().describe('Only alerts that were not over before this time'),
});

/** What a list may be narrowed by; the history knows times, too. */
type Given = z.output<typeof listQuery> & Partial<z.output<typeof historyQuery>>;

async function page(dependencies: AlertRouteDependencies, what: 'current' | 'history', given: Given) {
  const { device: deviceId, q, from, to, openSince, ...rest } = given;
  const times = { from: timeOf(from), to: timeOf(to), openSince: timeOf(openSince) };
  return answering(async () => {
    const store = storeOf(dependencies);
    const { items, nextCursor } = await store.list(what, { ...rest, deviceId, text: q, ...times });
    const covering = await coverageOf(dependencies);
    const flapping = await store.flapping();
    const rows = items.map((alert) =>
      alertRowView(
        alert,
        covering(alert),
        alert.state === 'resolved' && what === 'history' ? undefined : flapping.get(alert.fingerprint),
      ),
    );
    return { items: rows, nextCursor };
  });
}

function listRoute(dependencies: AlertRouteDependencies): Route {
  return jsonRoute({
    method: 'get',
    path: '/api/v1/alerts',
    operation: {
      id: 'listAlerts',
      summary: 'Alerts, each fingerprint once by its newest alert',
      tag: 'alerts',
      errors: [503],
    },
    params: NO_PARAMETERS,
    query: listQuery,
    body: NO_BODY,
    answer: { description: 'A page of alerts', schema: alertPageSchema },
    handle: ({ query }) => page(dependencies, 'current', query),
  });
}

function historyRoute(dependencies: AlertRouteDependencies): Route {
  return jsonRoute({
    method: 'get',
    path: '/api/v1/alerts/history',
    operation: {
      id: 'listAlertHistory',
      summary: 'Every alert that is kept, also earlier ones of the same fingerprint',
      tag: 'alerts',
      errors: [503],
    },
    params: NO_PARAMETERS,
    query: historyQuery,
    body: NO_BODY,
    answer: { description: 'A page of alerts', schema: alertPageSchema },
    handle: ({ query }) => page(dependencies, 'history', query),
  });
}

function statisticsRoute(dependencies: AlertRouteDependencies): Route {
  return jsonRoute({
    method: 'get',
    path: '/api/v1/alerts/statistics',
    operation: {
      id: 'getAlertStatistics',
      summary: 'Totals, rate and mean times',
      tag: 'alerts',
      errors: [503],
    },
    params: NO_PARAMETERS,
    query: NO_PARAMETERS,
    body: NO_BODY,
    answer: { description: 'The figures', schema: alertStatisticsSchema },
    handle: async () =>
      statisticsView(await answering(() => storeOf(dependencies).statistics(dependencies.now()))),
  });
}

function findRoute(dependencies: AlertRouteDependencies): Route {
  return jsonRoute({
    method: 'get',
    path: '/api/v1/alerts/{fingerprint}',
    operation: {
      id: 'getAlert',
      summary: 'The newest alert of a fingerprint, with what happened to it',
      tag: 'alerts',
      errors: [400, 404, 503],
    },
    params: fingerprintParams,
    query: NO_PARAMETERS,
    body: NO_BODY,
    answer: { description: 'The alert', schema: alertDetailsSchema },
    handle: ({ params: { fingerprint } }) =>
      answering(async () => {
        const store = storeOf(dependencies);
        const alert = found(await store.find(fingerprint), fingerprint);
        const covering = (await coverageOf(dependencies))(alert);
        const flapping = (await store.flapping()).get(fingerprint);
        return alertDetailsView(
          ...([alert, covering, flapping, await store.told(fingerprint)] as const),
          await store.audit(fingerprint, EVENTS),
        );
      }),
  });
}

/** What can be read of alerts: contract §2. Fixed paths come before the one with a fingerprint. */
export function alertReadRoutes(dependencies: AlertRouteDependencies): Route[] {
  return [
    listRoute(dependencies),
    statisticsRoute(dependencies),
    historyRoute(dependencies),
    findRoute(dependencies),
  ];
}
