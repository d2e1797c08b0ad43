import { z } from 'zod';
import type { AlertRow } from '../../platform/rows.ts';
import type { ApiContext } from '../api-context.ts';
import { HttpError } from '../http-error.ts';
import { API, ID, ok, type Route, type RouteRequest } from '../route.ts';
import { alertJson } from '../shapes.ts';
import { checkBody } from '../validation.ts';

const newAlert = z.object({
  device_id: z.int(),
  title: z.string().max(200),
  severity: z.string().max(20),
  alert_type: z.string().max(50),
  description: z.string().nullish(),
  threshold_value: z.number().nullish(),
  actual_value: z.number().nullish(),
  metric_name: z.string().max(100).nullish(),
});

/** Raising, acknowledging and resolving alerts. */
export function alertWriteRoutes({ platform, now, flush }: ApiContext): Route[] {
  const { alerts, devices } = platform;
  const requireAlert = (request: RouteRequest): AlertRow => {
    const row = alerts.get(request.integer('alert_id'));
    if (row === undefined) throw new HttpError(404, 'Alert not found');
    return row;
  };
  return [
    {
      method: 'POST',
      path: `${API}/alerts/`,
      summary: 'Create Alert',
      hasBody: true,
      async handle({ body }) {
        const alert = checkBody(newAlert, body);
        if (devices.get(alert.device_id) === undefined) {
          throw new Error('ForeignKeyViolation: alerts_device_id_fkey');
        }
        alerts.add(
          {
            deviceId: alert.device_id,
            title: alert.title,
            severity: alert.severity,
            alertType: alert.alert_type,
            description: alert.description ?? null,
            thresholdValue: alert.threshold_value ?? null,
            actualValue: alert.actual_value ?? null,
            metricName: alert.metric_name ?? null,
          },
          now(),
        );
        await flush();
        return { status: 201, body: {} };
      },
    },
    {
      method: 'PATCH',
      path: `${API}/alerts/{alert_id}/acknowledge`,
      summary: 'Acknowledge Alert',
      pathParameters: { alert_id: ID },
      async handle(request) {
        const row = requireAlert(request);
        alerts.acknowledge(row, now());
        await flush();
        return ok(alertJson(row));
      },
    },
    {
      method: 'PATCH',
      path: `${API}/alerts/{alert_id}/resolve`,
      summary: 'Resolve Alert',
      pathParameters: { alert_id: ID },
      query: { resolution_note: { type: 'string' } },
      async handle(request) {
        const row = requireAlert(request);
        alerts.resolve(row, now());
        await flush();
        return ok(alertJson(row));
      },
    },
  ];
}
