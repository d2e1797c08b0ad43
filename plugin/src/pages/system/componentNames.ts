import { t } from '@grafana/i18n';

/** What a component of the health score is called in the user's language; a new one keeps its own name. */
export function componentName(component: string): string {
  const names: Readonly<Record<string, string>> = {
    overall: t('system.component.overall', 'Overall'),
    api: t('system.component.api', 'API'),
    database: t('system.component.database', 'Database'),
    mqtt: t('system.component.mqtt', 'MQTT'),
    redis: t('system.component.redis', 'Redis'),
    devices: t('system.component.devices', 'Devices'),
    telemetry: t('system.component.telemetry', 'Telemetry'),
    alerts: t('system.component.alerts', 'Alerts'),
    logs: t('system.component.logs', 'Logs'),
  };
  return names[component] ?? component;
}
