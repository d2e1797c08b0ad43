import type { Alert, Decision } from './alert.ts';
import { isWebAddress } from './receivers/wording.ts';

const iso = (at: number): string => new Date(at).toISOString();

function decisionView(decision: Decision | null) {
  return decision === null ? null : { by: decision.by.name, at: iso(decision.at), comment: decision.comment };
}

/** The alert as the API shows it and webhooks are told it, with the ids of the maintenance windows that cover it. */
export function alertView(alert: Alert, maintenance: string[] = []) {
  const { fingerprint, name, severity, source, state, message, labels, annotations } = alert;
  return {
    ...{ fingerprint, name, severity, source, state, message, labels, annotations },
    generatorUrl: isWebAddress(alert.generatorUrl) ? alert.generatorUrl : null,
    startsAt: iso(alert.startsAt),
    lastSeen: iso(alert.lastSeen),
    count: alert.count,
    expiresAt: alert.expiresAt === null ? null : iso(alert.expiresAt),
    acknowledgement: decisionView(alert.acknowledgement),
    resolution: decisionView(alert.resolution),
    maintenance,
  };
}
