import { z } from 'zod';
import { parseDuration } from '../../base/duration.ts';
import { jsonRoute, NO_PARAMETERS } from '../../http/json-route.ts';
import type { Route } from '../../http/route.ts';
import { type AlertContent, labelsOf, WATCHDOG } from '../alert.ts';
import { alertView } from '../alert-view.ts';
import { textsByName } from '../texts.ts';
import {
  actorOf,
  type AlertRouteDependencies,
  answering,
  coverageOf,
  fingerprintParams,
  found,
  logDecision,
  storeOf,
} from './alert-route.ts';
import { alertSchema } from './schemas.ts';

/** Label names of Prometheus. */
const labelName = z.string().regex(/^[A-Za-z_]\w*$/, 'must be letters, digits and underscores');
const labels = textsByName(z.string().max(1024), labelName)
  .refine((given) => Object.keys(given).length <= 64, 'must be at most 64')
  .refine(
    (given) => !Object.hasOwn(given, 'alertname') && !Object.hasOwn(given, 'severity'),
    'must not repeat name and severity',
  );

/** Shortest and longest time that an alert may be given, milliseconds: the policy looks each five seconds. */
const SHORTEST = 5000;
const LONGEST = 30 * 86_400_000;

const expiresIn = z
  .string()
  .max(32)
  .refine((text) => {
    const time = parseDuration(text);
    return time !== undefined && time >= SHORTEST && time <= LONGEST;
  }, 'must be a duration such as 90s, 10m or 1h30m, from 5s to 30d')
  .describe(
    'It is over after so long unless it is raised again, e.g. 10m. Without it, whoever raised it ends it.',
  );

const raiseBody = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(256)
    .refine((name) => name !== WATCHDOG, `${WATCHDOG} is never stored`),
  severity: z.string().min(1).max(64).describe('critical, warning or info, or a word of your own'),
  message: z.string().max(16_384),
  labels: labels.default({}),
  annotations: textsByName(z.string().max(16_384), labelName).default({}),
  expires_in: expiresIn.optional(),
});

/** What somebody says about a decision. */
export const comment = z.string().trim().max(4096);

/** Whether an acknowledgement replaces that of somebody else. */
export const replace = z
  .boolean()
  .default(false)
  .describe('True takes the alert over from somebody else who has acknowledged it');

function content(
  { name, severity, message, ...given }: z.output<typeof raiseBody>,
  now: number,
): AlertContent {
  return {
    ...{ name, severity, message, annotations: given.annotations },
    source: 'api',
    labels: labelsOf(name, severity, given.labels),
    generatorUrl: '',
    startsAt: now,
    expiresAt: given.expires_in === undefined ? null : now + (parseDuration(given.expires_in) ?? 0),
  };
}

function raiseRoute(dependencies: AlertRouteDependencies): Route {
  return jsonRoute({
    method: 'post',
    path: '/api/v1/alerts',
    operation: {
      id: 'raiseAlert',
      summary: 'Raise an alert, or say that it is still there',
      tag: 'alerts',
      errors: [400, 422, 503],
    },
    params: NO_PARAMETERS,
    query: NO_PARAMETERS,
    body: raiseBody,
    answer: { description: 'The alert as it is now', schema: alertSchema },
    handle: ({ body, request }) => {
      const now = dependencies.now();
      const firing = [content(body, now)];
      const report = { source: 'api', firing, gone: [], comment: '', by: actorOf(request), now } as const;
      return answering(async () => {
        const { alerts } = await storeOf(dependencies).report(report);
        const [alert] = alerts;
        if (alert === undefined) throw new Error('the store returned no alert for a report of one');
        return alertView(alert, (await coverageOf(dependencies))(alert));
      });
    },
  });
}

function acknowledgeRoute(dependencies: AlertRouteDependencies): Route {
  return jsonRoute({
    method: 'post',
    path: '/api/v1/alerts/{fingerprint}/acknowledge',
    operation: {
      id: 'acknowledgeAlert',
      summary: 'Take an alert on',
      description:
        'Makes no silence; it stops the escalation. Once somebody else has taken it on, this is a 409 that says who, when and why, unless it is to replace that; the history keeps both.',
      tag: 'alerts',
      errors: [400, 404, 409, 422, 503],
    },
    params: fingerprintParams,
    query: NO_PARAMETERS,
    body: z.strictObject({ comment, replace }),
    answer: { description: 'The alert as it is now', schema: alertSchema },
    handle: ({ params: { fingerprint }, body, request }) => {
      const decision = { by: actorOf(request), at: dependencies.now(), comment: body.comment };
      return answering(async () => {
        const alert = found(
          await storeOf(dependencies).acknowledge(fingerprint, decision, body.replace),
          fingerprint,
        );
        logDecision(dependencies, 'acknowledged', [fingerprint], decision);
        return alertView(alert, (await coverageOf(dependencies))(alert));
      });
    },
  });
}

function resolveRoute(dependencies: AlertRouteDependencies): Route {
  return jsonRoute({
    method: 'post',
    path: '/api/v1/alerts/{fingerprint}/resolve',
    operation: {
      id: 'resolveAlert',
      summary: 'Say that the cause of an alert is gone',
      description: 'If its source says again that it is there, it is raised anew.',
      tag: 'alerts',
      errors: [400, 404, 409, 422, 503],
    },
    params: fingerprintParams,
    query: NO_PARAMETERS,
    body: z.strictObject({ comment: comment.default('') }).optional(),
    answer: { description: 'The alert as it is now', schema: alertSchema },
    handle: ({ params: { fingerprint }, body, request }) => {
      const decision = { by: actorOf(request), at: dependencies.now(), comment: body?.comment ?? '' };
      return answering(async () => {
        const alert = found(await storeOf(dependencies).resolve(fingerprint, decision), fingerprint);
        logDecision(dependencies, 'resolved', [fingerprint], decision);
        return alertView(alert, (await coverageOf(dependencies))(alert));
      });
    },
  });
}

/** What can be done to alerts: contract §2. */
export function alertWriteRoutes(dependencies: AlertRouteDependencies): Route[] {
  return [raiseRoute(dependencies), acknowledgeRoute(dependencies), resolveRoute(dependencies)];
}
