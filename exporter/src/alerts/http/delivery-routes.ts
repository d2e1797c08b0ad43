import { z } from 'zod';
import { named, time } from '../../http/api/schemas.ts';
import { limitParameter } from '../../http/api/device-routes.ts';
import { HttpError } from '../../http/http-error.ts';
import { jsonRoute, NO_BODY, NO_PARAMETERS } from '../../http/json-route.ts';
import type { Route } from '../../http/route.ts';
import { isoTime } from '../../base/time-words.ts';
import { testReceivers } from '../delivery/test-receivers.ts';
import type { Delivery } from '../delivery/outbox.ts';
import { DELIVERY_STATES, NOTICE_KINDS } from '../store/notified.ts';
import { actorOf, type AlertRouteDependencies, answering, keptHere } from './alert-route.ts';

const stateSchema = z.enum(DELIVERY_STATES);

const deliverySchema = named(
  'AlertDelivery',
  'What became of telling one receiver one thing; a dead one is tried no more until somebody retries it.',
  z.strictObject({
    id: z.int(),
    fingerprint: z.string(),
    receiver: z.string(),
    kind: z.enum(NOTICE_KINDS),
    state: stateSchema,
    attempts: z.int(),
    createdAt: time().nullable(),
    nextAttempt: time().nullable(),
    deliveredAt: time().nullable(),
    lastError: z.string().nullable(),
  }),
);

const deliveriesSchema = named(
  'AlertDeliveries',
  'The newest deliveries.',
  z.strictObject({ items: z.array(deliverySchema) }),
);

const outcomesSchema = named(
  'AlertTestOutcomes',
  'What each configured receiver did with the test alert.',
  z.strictObject({
    items: z.array(
      z.strictObject({
        receiver: z.string(),
        delivered: z.boolean(),
        answer: z.string(),
        durationSeconds: z.number(),
      }),
    ),
  }),
);

function view(delivery: Delivery): z.input<typeof deliverySchema> {
  const { createdAt, dueAt, deliveredAt, ...same } = delivery;
  return {
    ...same,
    createdAt: isoTime(createdAt),
    nextAttempt: delivery.state === 'pending' ? isoTime(dueAt) : null,
    deliveredAt: isoTime(deliveredAt),
  };
}

function deliveryOf({ delivery }: AlertRouteDependencies) {
  return keptHere(delivery());
}

function listRoute(dependencies: AlertRouteDependencies): Route {
  return jsonRoute({
    method: 'get',
    path: '/api/v1/alerts/deliveries',
    operation: {
      id: 'listAlertDeliveries',
      summary: 'What receivers were told, and the dead letters',
      tag: 'alerts',
      errors: [503],
    },
    params: NO_PARAMETERS,
    query: z.strictObject({
      state: stateSchema.optional().describe('Only deliveries in this state; dead for the dead letters'),
      fingerprint: z.string().max(64).optional().describe('Only those about this alert'),
      limit: limitParameter,
    }),
    body: NO_BODY,
    answer: { description: 'The newest deliveries', schema: deliveriesSchema },
    handle: async ({ query: { limit, ...filter } }) => ({
      items: (await answering(() => deliveryOf(dependencies).outbox.list(filter, limit))).map(view),
    }),
  });
}

function retryRoute(dependencies: AlertRouteDependencies): Route {
  return jsonRoute({
    method: 'post',
    path: '/api/v1/alerts/deliveries/{id}/retry',
    operation: {
      id: 'retryAlertDelivery',
      summary: 'Try a dead letter again',
      tag: 'alerts',
      errors: [400, 404, 503],
    },
    params: z.strictObject({
      id: z
        .string()
        .regex(/^\d{1,15}$/, 'must be a number')
        .describe('Number of the delivery'),
    }),
    query: NO_PARAMETERS,
    body: NO_BODY,
    answer: { description: 'It is pending again', schema: z.strictObject({ state: z.literal('pending') }) },
    handle: async ({ params: { id } }) => {
      const delivery = deliveryOf(dependencies);
      if (!(await answering(() => delivery.outbox.retry(Number(id), dependencies.now()))))
        throw new HttpError(404, `there is no dead delivery ${id}`);
      delivery.wake();
      return { state: 'pending' as const };
    },
  });
}

function retryAllRoute(dependencies: AlertRouteDependencies): Route {
  return jsonRoute({
    method: 'post',
    path: '/api/v1/alerts/deliveries/retry',
    operation: {
      id: 'retryAlertDeliveries',
      summary: 'Try every dead letter again, or those of one receiver',
      tag: 'alerts',
      errors: [400, 422, 503],
    },
    params: NO_PARAMETERS,
    query: NO_PARAMETERS,
    body: z.strictObject({ receiver: z.string().max(64).optional() }).optional(),
    answer: { description: 'How many are pending again', schema: z.strictObject({ retried: z.int() }) },
    handle: async ({ body }) => {
      const delivery = deliveryOf(dependencies);
      const retried = await answering(() => delivery.outbox.retryAll(body?.receiver, dependencies.now()));
      delivery.wake();
      return { retried };
    },
  });
}

function testRoute(dependencies: AlertRouteDependencies): Route {
  return jsonRoute({
    method: 'post',
    path: '/api/v1/alerts/test',
    operation: {
      id: 'testAlertReceivers',
      summary: 'Send a test alert, and its end, to every receiver and say what each answered',
      tag: 'alerts',
      errors: [503],
    },
    params: NO_PARAMETERS,
    query: NO_PARAMETERS,
    body: NO_BODY,
    answer: { description: 'The outcome of each receiver', schema: outcomesSchema },
    handle: async ({ request }) => {
      const { receivers } = deliveryOf(dependencies);
      return { items: await testReceivers(receivers, actorOf(request).name, dependencies.now()) };
    },
  });
}

/** What receivers are told: contract §2 (`/test`), and the outbox to look into. */
export function deliveryRoutes(dependencies: AlertRouteDependencies): Route[] {
  return [listRoute, retryRoute, retryAllRoute, testRoute].map((route) => route(dependencies));
}
