import { getTimeZone, OrgRole } from '@grafana/data';
import { config } from '@grafana/runtime';
import { createAlertClients } from '../../api/clients';
import { createExporterClient } from '../../api/exporterClient';
import { createPrometheusClient } from '../../api/prometheusClient';
import type { AppSettings } from '../../api/settings';
import type { AppContextValue } from './appContext';

/** True for the users who may change the plugin's settings. */
export function isAdminUser(): boolean {
  const { orgRole, isGrafanaAdmin } = config.bootData.user;
  return orgRole === OrgRole.Admin || isGrafanaAdmin;
}

/** True for the users who may change alerts and silences. */
export function isEditorUser(): boolean {
  return isAdminUser() || config.bootData.user.orgRole === OrgRole.Editor;
}

/** The context for the settings and the user of this Grafana. */
export function createAppContext(settings: AppSettings): AppContextValue {
  return {
    settings,
    clients: {
      exporter: createExporterClient(settings.exporterUrl),
      prometheus: createPrometheusClient(settings.prometheusUid),
      ...createAlertClients(settings),
    },
    login: config.bootData.user.login,
    canEdit: isEditorUser(),
    isAdmin: isAdminUser(),
    timeZone: getTimeZone(),
    fiscalYearStartMonth: 0,
  };
}
