import type { StoredAlert } from './alertTypes';
import type { PastAlert } from './pastAlert';

/** An alert of the exporter's store as a line of the history. */
export function pastAlertOfStore(alert: StoredAlert): PastAlert {
  const { fingerprint, name, severity, message, labels, annotations, startsAt, acknowledgement } = alert;
  const { resolution } = alert;
  return {
    ...{ fingerprint, name, severity, labels, annotations, startsAt, acknowledgement, resolution },
    summary: annotations.summary ?? message,
    beganBefore: false,
    // A resolved alert without a decision was resolved by an exporter of before: it was there when it was seen last.
    endsAt: alert.state === 'resolved' ? (resolution?.at ?? alert.lastSeen) : null,
    origins: ['store'],
    raisedBy: alert.source,
    precision: 0,
  };
}
