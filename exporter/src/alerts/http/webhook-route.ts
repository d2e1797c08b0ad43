import { jsonRoute, NO_PARAMETERS } from '../../http/json-route.ts';
import type { Route } from '../../http/route.ts';
import { WATCHDOG } from '../alert.ts';
import { notificationSchema, reportOf } from '../alertmanager/notification.ts';
import { type AlertRouteDependencies, answering, storeOf } from './alert-route.ts';
import { webhookAnswerSchema } from './schemas.ts';

/** Bytes of the largest notification: thousands of alerts with long annotations. */
const BODY_LIMIT = 8 * 1024 * 1024;

/** Alerts of a notification above which the event loop may breathe between reading and storing it. */
const LARGE = 100;

/** `POST /api/v1/alerts/webhook`: Alertmanager's notifications (contract §2), stored whole or not at all. */
export function webhookRoute(dependencies: AlertRouteDependencies): Route {
  const { logger, now } = dependencies;
  return jsonRoute({
    method: 'post',
    path: '/api/v1/alerts/webhook',
    operation: {
      id: 'receiveAlertmanagerNotification',
      summary: 'Take a notification of Alertmanager in',
      tag: 'alerts',
      errors: [400, 422, 503],
    },
    params: NO_PARAMETERS,
    query: NO_PARAMETERS,
    body: notificationSchema,
    bodyLimit: BODY_LIMIT,
    answer: { description: 'What became of it', schema: webhookAnswerSchema },
    handle: async ({ body }) => {
      // A large body took its time to be read; storing it takes as long again.
      if (body.alerts.length > LARGE) await new Promise((resolve) => setImmediate(resolve));
      const { alerts, resolved } = await answering(() => {
        const store = storeOf(dependencies);
        return store.report(reportOf(body, store.fingerprint, now()));
      });
      const truncated = body.truncatedAlerts;
      if (truncated > 0)
        logger.warn(
          { truncated, received: body.alerts.length },
          'Alertmanager left alerts out of its notification: raise max_alerts of its receiver',
        );
      const watchdogs = body.alerts.filter(({ labels }) => labels['alertname'] === WATCHDOG).length;
      return { stored: alerts.length, resolved, ignored: watchdogs, truncated };
    },
  });
}
