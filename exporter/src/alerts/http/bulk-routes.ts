import { z } from 'zod';
import { jsonRoute, NO_PARAMETERS } from '../../http/json-route.ts';
import type { Route } from '../../http/route.ts';
import type { Decision } from '../alert.ts';
import type { DecidedAction } from '../store/store.ts';
import { alertView } from '../alert-view.ts';
import {
  actorOf,
  type AlertRouteDependencies,
  answering,
  coverageOf,
  fingerprintParams,
  logDecision,
  storeOf,
} from './alert-route.ts';
import { alertOutcomesSchema } from './schemas.ts';
import { comment, replace } from './write-routes.ts';

/** Alerts that one request may decide about. */
const MOST = 1000;
const fingerprints = z.array(fingerprintParams.shape.fingerprint).min(1).max(MOST);
const DESCRIPTION =
  'In one transaction. One that is unknown, resolved already or acknowledged by somebody else is refused with a reason and stops no other; one that is named twice counts once.';

function decide(
  dependencies: AlertRouteDependencies,
  action: DecidedAction,
  wanted: readonly string[],
  decision: Decision,
  replaces = false,
): Promise<z.input<typeof alertOutcomesSchema>> {
  return answering(async () => {
    const decided = await storeOf(dependencies).decide(action, wanted, decision, replaces);
    const done = decided.flatMap(({ fingerprint, error }) => (error === null ? [fingerprint] : []));
    if (done.length > 0) logDecision(dependencies, action, done, decision);
    const covering = await coverageOf(dependencies);
    const items = decided.map(({ fingerprint, alert, error }) => ({
      fingerprint,
      alert: alert === null ? null : alertView(alert, covering(alert)),
      error,
    }));
    return { items };
  });
}

function acknowledgeRoute(dependencies: AlertRouteDependencies): Route {
  return jsonRoute({
    method: 'post',
    path: '/api/v1/alerts/acknowledge',
    operation: {
      id: 'acknowledgeAlerts',
      summary: 'Take many alerts on',
      description: DESCRIPTION,
      tag: 'alerts',
      errors: [400, 422, 503],
    },
    params: NO_PARAMETERS,
    query: NO_PARAMETERS,
    body: z.strictObject({ fingerprints, comment, replace }),
    answer: { description: 'What became of each', schema: alertOutcomesSchema },
    handle: ({ body, request }) => {
      const decision = { by: actorOf(request), at: dependencies.now(), comment: body.comment };
      return decide(dependencies, 'acknowledged', body.fingerprints, decision, body.replace);
    },
  });
}

function resolveRoute(dependencies: AlertRouteDependencies): Route {
  return jsonRoute({
    method: 'post',
    path: '/api/v1/alerts/resolve',
    operation: {
      id: 'resolveAlerts',
      summary: 'Say that the causes of many alerts are gone',
      description: DESCRIPTION,
      tag: 'alerts',
      errors: [400, 422, 503],
    },
    params: NO_PARAMETERS,
    query: NO_PARAMETERS,
    body: z.strictObject({ fingerprints, comment: comment.default('') }),
    answer: { description: 'What became of each', schema: alertOutcomesSchema },
    handle: ({ body, request }) => {
      const decision = { by: actorOf(request), at: dependencies.now(), comment: body.comment };
      return decide(dependencies, 'resolved', body.fingerprints, decision);
    },
  });
}

/** The same decision about many alerts at once. */
export function alertBulkRoutes(dependencies: AlertRouteDependencies): Route[] {
  return [acknowledgeRoute(dependencies), resolveRoute(dependencies)];
}
