import { join } from 'node:path';
import type { Ports } from './ports.ts';

/** Ids of this repository's plugins: unsigned, so Grafana has to be told to load each of them. */
export const PLUGIN_IDS = [
  'valtronics-monitoring-app',
  'valtronics-devicestatus-panel',
  'valtronics-alerts-panel',
  'valtronics-timeline-panel',
] as const;

/** Grafana's own settings for a demonstration on this machine, as its `GF_` variables. */
export function demoSettings(
  grafanaFolder: string,
  dashboards: string,
  ports: Ports,
): Record<string, string> {
  return {
    GF_PATHS_DATA: join(grafanaFolder, 'data'),
    GF_PATHS_LOGS: join(grafanaFolder, 'logs'),
    GF_PATHS_PLUGINS: join(grafanaFolder, 'plugins'),
    GF_PATHS_PROVISIONING: join(grafanaFolder, 'provisioning'),
    // Grafana's own home page would fetch its news.
    GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH: join(dashboards, 'valtronics-overview.json'),
    GF_LOG_MODE: 'console',
    GF_SERVER_HTTP_ADDR: '127.0.0.1',
    GF_SERVER_HTTP_PORT: String(ports.grafana),
    // Everybody on this machine may look; to change something: admin, admin.
    GF_AUTH_ANONYMOUS_ENABLED: 'true',
    GF_AUTH_ANONYMOUS_ORG_ROLE: 'Viewer',
    GF_SECURITY_ADMIN_USER: 'admin',
    GF_SECURITY_ADMIN_PASSWORD: 'admin',
    GF_PLUGINS_ALLOW_LOADING_UNSIGNED_PLUGINS: PLUGIN_IDS.join(','),
    // Nothing is fetched and nothing is reported.
    GF_PLUGINS_PREINSTALL_DISABLED: 'true',
    GF_PLUGINS_PUBLIC_KEY_RETRIEVAL_DISABLED: 'true',
    GF_ANALYTICS_ENABLED: 'false',
    GF_ANALYTICS_REPORTING_ENABLED: 'false',
    GF_ANALYTICS_CHECK_FOR_UPDATES: 'false',
    GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: 'false',
    GF_ANALYTICS_FEEDBACK_LINKS_ENABLED: 'false',
    GF_NEWS_NEWS_FEED_ENABLED: 'false',
    GF_SECURITY_DISABLE_GRAVATAR: 'true',
  };
}

/** What the files in `provisioning/` take from Grafana's environment. */
export function provisioningVariables(
  dashboards: string,
  token: string,
  ports: Ports,
): Record<string, string> {
  return {
    VALTRONICS_DASHBOARDS_DIR: dashboards,
    VALTRONICS_EXPORTER_URL: `http://127.0.0.1:${ports.exporter}`,
    VALTRONICS_PROMETHEUS_URL: `http://127.0.0.1:${ports.prometheus}`,
    VALTRONICS_ALERTMANAGER_URL: `http://127.0.0.1:${ports.alertmanager}`,
    VALTRONICS_TOKEN: token,
  };
}
