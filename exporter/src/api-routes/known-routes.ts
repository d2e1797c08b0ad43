import { createRouteTable } from './routes.ts';

/** Routes that stand in no OpenAPI document: pages about the API and its WebSockets. */
export const UNDOCUMENTED_ROUTES: readonly string[] = [
  '/',
  '/docs',
  '/docs/oauth2-redirect',
  '/redoc',
  '/api/v1/openapi.json',
  '/ws',
  '/ws/{device_id}',
];

/** The platform's routes, for as long as its OpenAPI document has not been read. */
export const PLATFORM_ROUTES: readonly string[] = [
  '/api/v1/health/',
  '/api/v1/health/ping',
  '/api/v1/devices/',
  '/api/v1/devices/stats',
  '/api/v1/devices/status/{status}',
  '/api/v1/devices/{device_id}',
  '/api/v1/devices/{device_id}/status',
  '/api/v1/devices/{device_id}/telemetry',
  '/api/v1/devices/{device_id}/telemetry/batch',
  '/api/v1/devices/{device_id}/commands',
  '/api/v1/devices/commands/{command_id}/status',
  '/api/v1/alerts/',
  '/api/v1/alerts/{alert_id}',
  '/api/v1/alerts/{alert_id}/acknowledge',
  '/api/v1/alerts/{alert_id}/resolve',
  '/api/v1/alerts/{alert_id}/notify',
  '/api/v1/alerts/device/{device_id}',
  '/api/v1/alerts/stats/active',
  '/api/v1/alerts/stats/summary',
  '/api/v1/alerts/rules/',
  '/api/v1/alerts/check/{device_id}',
  '/api/v1/alerts/notifications/pending',
  '/api/v1/analytics/system',
  '/api/v1/analytics/system/health',
  '/api/v1/analytics/metrics',
  '/api/v1/analytics/comparison',
  '/api/v1/analytics/device/{device_id}',
  '/api/v1/analytics/device/{device_id}/summary',
  '/api/v1/analytics/device/{device_id}/performance',
  '/api/v1/analytics/device/{device_id}/timeseries',
  '/api/v1/ai/device/{device_id}/health-score',
  '/api/v1/ai/anomaly-detection',
  '/api/v1/ai/predictive-maintenance',
  '/api/v1/ai/insights',
];

/** The table of all of these, for as long as the platform's own is not known. */
export const KNOWN_ROUTES = createRouteTable([...UNDOCUMENTED_ROUTES, ...PLATFORM_ROUTES]);
