import { ALERT_NOTIFICATIONS, ALERT_NOTIFICATIONS_FAILED } from '../../metrics/catalogue/alerts.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import type { Receiver } from './receiver.ts';

/** The receiver, with its sendings and their failures counted: what `NotificationsFailing` looks at. */
export function counted(receiver: Receiver, metrics: Pick<Metrics, 'counter'>): Receiver {
  const labels = { integration: receiver.integration };
  const sent = metrics.counter(ALERT_NOTIFICATIONS, labels);
  const failed = metrics.counter(ALERT_NOTIFICATIONS_FAILED, labels);
  return {
    ...receiver,
    send: async (notices, signal) => {
      sent.inc();
      try {
        return await receiver.send(notices, signal);
      } catch (error) {
        failed.inc();
        throw error;
      }
    },
  };
}
