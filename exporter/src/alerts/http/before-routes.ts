import { z } from 'zod';
import { named, time } from '../../http/api/schemas.ts';
import { jsonRoute, NO_BODY, NO_PARAMETERS } from '../../http/json-route.ts';
import type { Route } from '../../http/route.ts';
import { type Before, BEFORE_KINDS, LOOK_BACK } from '../before/before.ts';
import { EVENT_KINDS } from '../before/events.ts';
import {
  actorOf,
  type AlertRouteDependencies,
  answering,
  beforeOf,
  fingerprintParams,
  found,
  storeOf,
} from './alert-route.ts';

const iso = (at: number): string => new Date(at).toISOString();

const beforeSchema = named(
  'AlertBefore',
  'What happened in the ten minutes before an alert began, the last first.',
  z.strictObject({
    from: time(),
    to: time().describe('When the alert began'),
    items: z.array(
      z.strictObject({
        at: time(),
        kind: z.enum([...EVENT_KINDS, ...BEFORE_KINDS]),
        title: z.string(),
        detail: z.string(),
        fingerprint: z.string().nullable().describe('Of another alert'),
        deviceId: z.string().nullable(),
        shares: z
          .enum(['device', 'location', 'type'])
          .nullable()
          .describe('What another alert has in common'),
      }),
    ),
  }),
);

const eventSchema = named(
  'PlatformEvent',
  'Something that may explain alerts.',
  z.strictObject({
    at: time(),
    kind: z.enum(EVENT_KINDS),
    title: z.string(),
    detail: z.string(),
    by: z.string(),
  }),
);

/** How far from now an event may be said to have happened, milliseconds. */
const FARTHEST = 30 * 86_400_000;

const eventBody = z.strictObject({
  kind: z.enum(['deployment', 'change']).default('deployment'),
  title: z.string().trim().min(1).max(256).describe('E.g. backend 2.4.1'),
  detail: z.string().trim().max(4096).default(''),
  at: z.iso.datetime({ offset: true }).optional().describe('Now when left out'),
});

const entryView = (entry: Before) => ({ ...entry, at: iso(entry.at) });

function beforeRoute(dependencies: AlertRouteDependencies): Route {
  return jsonRoute({
    method: 'get',
    path: '/api/v1/alerts/{fingerprint}/before',
    operation: {
      id: 'getAlertBefore',
      summary: 'What changed before an alert began',
      description:
        'Deployments that were posted to /api/v1/events, maintenance, other alerts of the same device, location or type, failures of broker, databases and other sources, and patterns of log lines that were seen for the first time.',
      tag: 'alerts',
      errors: [400, 404, 503],
    },
    params: fingerprintParams,
    query: NO_PARAMETERS,
    body: NO_BODY,
    answer: { description: 'What happened', schema: beforeSchema },
    handle: ({ params: { fingerprint } }) =>
      answering(async () => {
        const alert = found(await storeOf(dependencies).find(fingerprint), fingerprint);
        const items = (await beforeOf(dependencies).before(alert)).map(entryView);
        return { from: iso(alert.startsAt - LOOK_BACK), to: iso(alert.startsAt), items };
      }),
  });
}

function eventRoute(dependencies: AlertRouteDependencies): Route {
  return jsonRoute({
    method: 'post',
    path: '/api/v1/events',
    operation: {
      id: 'addEvent',
      summary: 'Say that something was deployed or changed',
      tag: 'alerts',
      errors: [400, 422, 503],
    },
    params: NO_PARAMETERS,
    query: NO_PARAMETERS,
    body: eventBody.refine(
      ({ at }) => at === undefined || Math.abs(Date.parse(at) - dependencies.now()) <= FARTHEST,
      { path: ['at'], message: 'must be within 30 days' },
    ),
    answer: { description: 'The event', schema: eventSchema },
    handle: ({ body: { kind, title, detail, at }, request }) =>
      answering(async () => {
        const event = {
          ...{ kind, title, detail, by: actorOf(request).name },
          at: at === undefined ? dependencies.now() : Date.parse(at),
        };
        await beforeOf(dependencies).events.add(event);
        return { ...event, at: iso(event.at) };
      }),
  });
}

/** What explains alerts. */
export function beforeRoutes(dependencies: AlertRouteDependencies): Route[] {
  return [beforeRoute(dependencies), eventRoute(dependencies)];
}
