import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { authenticationOf } from '../../http/auth/access.ts';
import { grafanaUser } from '../../http/auth/grafana-user.ts';
import { HttpError } from '../../http/http-error.ts';
import type { Logger } from '../../log/logger.ts';
import { StoreError } from '../../state/sqlite/errors.ts';
import type { Actor, Alert, Decision } from '../alert.ts';
import type { Explained } from '../alerting.ts';
import type { Deliveries } from '../delivery/delivery.ts';
import type { Maintenance } from '../maintenance/maintenance.ts';
import type { RuleView } from '../rules/rule-view.ts';
import type { AlertStore, DecidedAction } from '../store/store.ts';
import { TransitionError } from '../transitions.ts';

/** What the routes of the alerts are made from. */
export interface AlertRouteDependencies {
  /** The store of the present settings; a reload replaces it. Undefined while alerts are switched off. */
  readonly store: () => AlertStore | undefined;
  /** The outbox and its receivers, likewise. */
  readonly delivery: () => Deliveries | undefined;
  /** The maintenance windows, likewise. */
  readonly maintenance: () => Maintenance | undefined;
  /** What happened before alerts, likewise. */
  readonly explained: () => Explained | undefined;
  /** The rules that the exporter evaluates itself; left out or undefined where it evaluates none. */
  readonly rules?: () => readonly RuleView[] | undefined;
  readonly now: () => number;
  readonly logger: Logger;
}

/** `{fingerprint}` of a path. */
export const fingerprintParams = z.strictObject({
  fingerprint: z
    .string()
    .regex(/^[\da-f]{16}$/, 'must be 16 hexadecimal digits')
    .describe('Fingerprint of the alert, e.g. cbf29ce484222325'),
});

/** What the settings leave out, or a 503 that says how to have it. */
export function keptHere<T>(part: T | undefined): T {
  if (part === undefined)
    throw new HttpError(
      503,
      'alerts are switched off: set VALTRONICS_ALERTS_ENABLED=true; of several exporters the one with VALTRONICS_SHARD=0 keeps them',
    );
  return part;
}

/** The store, or a 503 while alerts are switched off. */
export function storeOf({ store }: AlertRouteDependencies): AlertStore {
  return keptHere(store());
}

/** What explains alerts, or a 503 while alerts are switched off. */
export function beforeOf(dependencies: AlertRouteDependencies): Explained {
  const found = dependencies.explained();
  if (found === undefined) storeOf(dependencies);
  if (found === undefined) throw new HttpError(503, 'alerts are switched off');
  return found;
}

/** Tells of open alerts which maintenance windows cover them now. */
export async function coverageOf({
  maintenance,
  now,
}: AlertRouteDependencies): Promise<(alert: Alert) => string[]> {
  const covering = await maintenance()?.coverage(now());
  return (alert) => (covering === undefined || alert.state === 'resolved' ? [] : covering(alert));
}

/** Alerts that one line of the log names. */
const MOST_NAMED = 20;

/** Writes into the log what somebody did to alerts: readers of logs find it as audit. */
export function logDecision(
  { logger }: AlertRouteDependencies,
  action: DecidedAction,
  alerts: readonly string[],
  { by }: Decision,
): void {
  const named = alerts.slice(0, MOST_NAMED);
  logger.info(
    { audit: true, action, by: by.name, count: alerts.length, alerts: named },
    'somebody decided about alerts',
  );
}

/** Does the work; what the store refuses or cannot do becomes a 409 or 503 that says why. */
export async function answering<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TransitionError) throw new HttpError(409, error.message);
    if (error instanceof StoreError)
      throw new HttpError(503, error.message, { headers: { 'Retry-After': '30' } });
    throw error;
  }
}

/** The alert, or a 404 that names the fingerprint. */
export function found<T>(value: T | undefined, fingerprint: string): T {
  if (value === undefined) throw new HttpError(404, `there is no alert ${fingerprint}`);
  return value;
}

/** Who asks for a change: the Grafana user where one can be believed, else the way they came in. */
export function actorOf(request: IncomingMessage): Actor {
  const user = grafanaUser(request);
  if (user !== undefined) return { kind: 'grafana', name: user.login };
  const authentication = authenticationOf(request);
  const kind = authentication === 'token' || authentication === 'basic' ? authentication : 'loopback';
  return { kind, name: kind };
}
