import type { Settings } from '../../config/schema.ts';
import type { Logger } from '../../log/logger.ts';
import type { Receiver } from '../receivers/receiver.ts';
import type { Alert } from '../alert.ts';
import type { Policy } from '../policies.ts';
import type { EscalationPolicy } from '../store/escalate.ts';
import type { AlertStore } from '../store/store.ts';

/** The policy with those who are told. */
export interface Escalation extends EscalationPolicy {
  readonly to: readonly string[];
}

/**
 * The escalation of the settings: to the receivers that they name, else to all. Undefined when it is switched off,
 * when there is nobody to tell, or when Alertmanager is there, whose rule CriticalAlertUnacknowledged does the same.
 */
export function escalationOf(
  { alerts, alertmanager }: Pick<Settings, 'alerts' | 'alertmanager'>,
  receivers: readonly Pick<Receiver, 'name' | 'integration'>[],
): Escalation | undefined {
  const { escalate_after: after, escalate_every: every, escalate_to: wanted } = alerts;
  if (after === 0 || alertmanager.url !== undefined) return undefined;
  const told = receivers.filter(({ integration }) => wanted.length === 0 || wanted.includes(integration));
  const to = told.map(({ name }) => name);
  return to.length === 0 ? undefined : { after, every, to };
}

/** A policy: tells the receivers again of critical alerts that nobody has taken on. */
export function createEscalating(
  store: Pick<AlertStore, 'escalate'>,
  escalation: Escalation,
  coverage: (now: number) => Promise<(alert: Alert) => boolean>,
  logger: Logger,
): Policy {
  return async (now) => {
    const escalated = await store.escalate(escalation, await coverage(now), now);
    for (const { name, fingerprint } of escalated)
      logger.warn(
        { alert: name, fingerprint, to: escalation.to },
        'nobody has acknowledged a critical alert: receivers are told again',
      );
    return escalated.length > 0 ? 'more' : 'idle';
  };
}
