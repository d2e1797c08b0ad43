import type { PluginExtensionAddedLinkConfig, PluginExtensionPanelContext } from '@grafana/data';
import { APP_ROOT, devicePath } from '../api/pluginId';
import { joinList } from '../kit/addressList';
import { writeBound } from '../kit/time/timeRange';
import { panelDevices } from './panelDevice';

// Everything that is imported here is loaded on any page of Grafana where a link may appear: keep it small.

/** Where these extension points live (`PluginExtensionPoints`, written out: importing the enum costs its module). */
const PANEL_MENU = 'grafana/dashboard/panel/menu';
const COMMAND_PALETTE = 'grafana/commandpalette/action';

/** The time of the panel, so that the page shows the same. */
function timeQuery({ timeRange }: Pick<PluginExtensionPanelContext, 'timeRange'>): string {
  return new URLSearchParams({ from: writeBound(timeRange.from), to: writeBound(timeRange.to) }).toString();
}

/** Variables of this project's dashboards, and what the fleet's filter calls the same. */
const FILTERS = [
  ['var-device_type', 'type'],
  ['var-location', 'location'],
] as const;

/** What a variable says that leaves nothing out. */
const ALL = ['$__all', 'All', ''];

/** The fleet's filter for what is chosen in the variables of the dashboard; `search`: the query of its address. */
export function filterOfVariables(search: string): string {
  const address = new URLSearchParams(search);
  const filter = new URLSearchParams();
  for (const [variable, name] of FILTERS) {
    const values = address.getAll(variable);
    if (values.length > 0 && !values.some((value) => ALL.includes(value))) filter.set(name, joinList(values));
  }
  return filter.toString();
}

/** Hides the link where a panel knows no device; else where it leads. */
export function configurePanelLink(
  context?: Readonly<PluginExtensionPanelContext>,
): { path: string } | undefined {
  if (context === undefined) return undefined;
  const devices = panelDevices(context);
  if (devices.kind === 'none') return undefined;
  if (devices.kind === 'one') {
    const page = devicePath(devices.deviceId);
    return { path: `${page}${page.includes('?') ? '&' : '?'}${timeQuery(context)}` };
  }
  const query = [timeQuery(context), filterOfVariables(window.location.search)].filter((part) => part !== '');
  return { path: `${APP_ROOT}/fleet?${query.join('&')}` };
}

/** Titles are repeated in plugin.json: Grafana refuses links that are not declared there. */
export const PANEL_LINK: PluginExtensionAddedLinkConfig<PluginExtensionPanelContext> = {
  targets: [PANEL_MENU],
  title: 'Open in Valtronics',
  description: 'Opens the device of this panel, or the fleet, in the Valtronics app',
  path: `${APP_ROOT}/fleet`,
  icon: 'apps',
  configure: configurePanelLink,
};

export const PALETTE_LINKS: readonly PluginExtensionAddedLinkConfig[] = [
  {
    targets: [COMMAND_PALETTE],
    title: 'Valtronics: Fleet',
    description: 'Which devices need you, since when, and why',
    path: `${APP_ROOT}/fleet`,
  },
  {
    targets: [COMMAND_PALETTE],
    title: 'Valtronics: Alerts',
    description: 'What fires, who has taken it on, and what to do',
    path: `${APP_ROOT}/alerts`,
  },
  {
    targets: [COMMAND_PALETTE],
    title: 'Valtronics: Logs',
    description: "What the platform's services write, how often, and since when",
    path: `${APP_ROOT}/logs`,
  },
  {
    targets: [COMMAND_PALETTE],
    title: 'Valtronics: Traces',
    description: 'How fast the platform answers, and which requests failed or were slow',
    path: `${APP_ROOT}/traces`,
  },
  {
    targets: [COMMAND_PALETTE],
    title: 'Valtronics: Report',
    description: 'How available devices were over a week, to print and to keep',
    path: `${APP_ROOT}/report`,
  },
  {
    targets: [COMMAND_PALETTE],
    title: 'Valtronics: System',
    description: 'Health of the platform and of what is known of it',
    path: `${APP_ROOT}/system`,
  },
];
