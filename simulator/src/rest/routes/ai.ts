import { z } from 'zod';
import { offsetIso } from '../../timestamps.ts';
import type { ApiContext } from '../api-context.ts';
import { HttpError } from '../http-error.ts';
import { API, ID, ok, type Route } from '../route.ts';
import { checkBody } from '../validation.ts';
import { requireDevice } from './devices.ts';

const aboutDevice = z.object({ device_id: z.int() });
const LAST_POINTS = 100;

/** The platform's AI endpoints: local arithmetic, and one that wants a key it does not have. */
export function aiRoutes({ platform }: ApiContext): Route[] {
  const local = (name: string, summary: string, extra: Record<string, unknown>): Route => ({
    method: 'POST',
    path: `${API}/ai/${name}`,
    summary,
    hasBody: true,
    handle({ body }) {
      const row = requireDevice(platform, checkBody(aboutDevice, body).device_id);
      return ok({ device_id: row.id, ...extra });
    },
  });
  return [
    {
      method: 'GET',
      path: `${API}/ai/device/{device_id}/health-score`,
      summary: 'Get Device Health Score',
      pathParameters: { device_id: ID },
      handle(request) {
        const row = requireDevice(platform, request.integer('device_id'));
        const oldest = platform.telemetry.ofDevice(row.id, 0, LAST_POINTS).at(-1);
        return ok({
          device_id: row.id,
          health_score: row.status === 'online' ? 0.858 : 0.35,
          status: row.status,
          last_analyzed: offsetIso(oldest?.timestamp ?? null),
        });
      },
    },
    local('anomaly-detection', 'Detect Anomalies', { anomalies: [] }),
    local('predictive-maintenance', 'Predict Maintenance', { maintenance_required: false }),
    {
      method: 'POST',
      path: `${API}/ai/insights`,
      summary: 'Generate Insights',
      hasBody: true,
      handle() {
        throw new HttpError(503, 'OpenAI API key not configured');
      },
    },
  ];
}
