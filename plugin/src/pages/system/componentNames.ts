import { t } from '@grafana/i18n';

/** What a component of the health score is called in the user's language; a new one keeps its own name. */
export function componentName(component: string): string {
  const names: Readonly<Record<string, string>> = {
    overall: t('system.component.overall', 'overall'),
    api: t('system.component.api', 'API'),
    database: t('system.component.database', 'database'),
    mqtt: t('system.component.mqtt', 'MQTT'),
    redis: t('system.component.redis', 'Redis'),
    devices: t('system.component.devices', 'devices'),
    telemetry: t('system.component.telemetry', 'telemetry'),
    alerts: t('system.component.alerts', 'alerts'),
    logs: t('system.component.logs', 'logs'),
  };
  return names[component] ?? component;
}
