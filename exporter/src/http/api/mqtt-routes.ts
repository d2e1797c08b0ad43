import { z } from 'zod';
import { UNUSABLE_REASONS, UNUSABLE_WORDS } from '../../collectors/mqtt/unusable.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { jsonRoute, NO_BODY, NO_PARAMETERS } from '../json-route.ts';
import type { Route } from '../route.ts';
import { named, time } from './schemas.ts';

const unusableSchema = named(
  'UnusableMqttTopic',
  'The newest message of a topic that could not be used, as a whole or in part, for one reason.',
  z.strictObject({
    reason: z.enum([...UNUSABLE_REASONS]),
    words: z.string().describe('The reason in words, for people'),
    topic: z.string(),
    deviceId: z.string().nullable().describe('Null where neither topic nor payload names the device'),
    metric: z.string().nullable().describe('The value at fault; null when it is the whole message'),
    sample: z
      .string()
      .nullable()
      .describe('The beginning of the payload; null when it was too large to keep'),
    size: z.int().min(0).describe('Length of the payload, bytes'),
    count: z.int().min(1).describe('How often the topic had this fault since it is in the list'),
    firstAt: time(),
    lastAt: time(),
  }),
);

const unusableListSchema = named(
  'UnusableMqttMessages',
  'The topics with the newest unusable messages, at most ten a reason, newest first.',
  z.strictObject({
    since: time().describe('Since when messages are noted: the start or the last reload'),
    items: z.array(unusableSchema),
  }),
);

/** `GET /api/v1/mqtt/unusable`: which device sends what cannot be used, and what it looks like. */
export function unusableRoute({ unusable }: Pick<HttpDependencies, 'unusable'>): Route {
  return jsonRoute({
    method: 'get',
    path: '/api/v1/mqtt/unusable',
    operation: {
      id: 'listUnusableMessages',
      summary: 'MQTT messages that could not be used',
      tag: 'devices',
    },
    params: NO_PARAMETERS,
    query: NO_PARAMETERS,
    body: NO_BODY,
    answer: { description: 'The newest ones by reason and topic', schema: unusableListSchema },
    handle: () => {
      const { since, items } = unusable();
      return {
        since: new Date(since).toISOString(),
        items: items.map(({ firstAt, lastAt, ...item }) => ({
          ...item,
          words: UNUSABLE_WORDS[item.reason],
          firstAt: new Date(firstAt).toISOString(),
          lastAt: new Date(lastAt).toISOString(),
        })),
      };
    },
  });
}
