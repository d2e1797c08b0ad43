import { getTimeZone, OrgRole } from '@grafana/data';
import { config } from '@grafana/runtime';
import { createAlertClients } from '../../api/clients';
import { createExporterClient } from '../../api/exporterClient';
import { createLogsClient } from '../../api/logsClient';
import { createPrometheusClient } from '../../api/prometheusClient';
import type { AppSettings } from '../../api/settings';
import { createTracesClient } from '../../api/tracesClient';
import type { AppContextValue } from './appContext';

/** True when one of the permissions is given; `byRole` where this Grafana does not say which are. */
function mayDo(permissions: readonly string[], byRole: () => boolean): boolean {
  const given = config.bootData.user.permissions;
  return given === undefined ? byRole() : permissions.some((permission) => given[permission] === true);
}

function hasAdminRole(): boolean {
  const { orgRole, isGrafanaAdmin } = config.bootData.user;
  return orgRole === OrgRole.Admin || isGrafanaAdmin;
}

/** True for the users who may change the plugin's settings. */
export function isAdminUser(): boolean {
  return mayDo(['plugins:write'], hasAdminRole);
}

/** True for the users who may write to the exporter: Grafana's plugin proxy asks for the role and nothing else. */
function isEditorUser(): boolean {
  return hasAdminRole() || config.bootData.user.orgRole === OrgRole.Editor;
}

/** Grafana's permissions to silence: in an Alertmanager that is a data source, and in its own. */
const SILENCING = [
  'alert.instances.external:write',
  'alert.silences:create',
  'alert.silences:write',
  'alert.instances:create',
  'alert.instances:write',
];

/** The context for the settings and the user of this Grafana. */
export function createAppContext(settings: AppSettings): AppContextValue {
  return {
    settings,
    clients: {
      exporter: createExporterClient(settings.exporterUrl),
      logs: createLogsClient(settings.exporterUrl),
      traces: createTracesClient(settings.exporterUrl),
      prometheus: createPrometheusClient(settings.prometheusUid),
      ...createAlertClients(settings),
    },
    login: config.bootData.user.login,
    canEdit: isEditorUser(),
    canSilence: mayDo(SILENCING, isEditorUser),
    canExplore: mayDo(['datasources:explore'], isEditorUser),
    isAdmin: isAdminUser(),
    timeZone: getTimeZone(),
    fiscalYearStartMonth: 0,
  };
}
