/** The routes that the exporter polls, as the platform's OpenAPI document names them: values of label `endpoint`. */
export const ENDPOINTS = {
  ping: '/api/v1/health/ping',
  health: '/api/v1/health/',
  deviceStats: '/api/v1/devices/stats',
  devices: '/api/v1/devices/',
  devicesByStatus: '/api/v1/devices/status/{status}',
  activeStats: '/api/v1/alerts/stats/active',
  alertSummary: '/api/v1/alerts/stats/summary',
  alerts: '/api/v1/alerts/',
} as const;
export type Endpoint = (typeof ENDPOINTS)[keyof typeof ENDPOINTS];
