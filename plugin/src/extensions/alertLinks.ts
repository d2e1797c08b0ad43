import type { PluginExtensionAddedLinkConfig } from '@grafana/data';
import { objectOrUndefined } from '../api/json';
import { APP_ROOT, devicePath } from '../api/pluginId';
import { requestsOfAlert } from '../features/traces/alertTraces';
import { tracesPath } from '../features/traces/tracesAddress';
import { joinList } from '../kit/addressList';
import { devicesInQuery } from './panelDevice';

// Grafana's alerting pages hand these contexts out without publishing their types: whatever comes is looked at first.

const ALERT_INSTANCE = 'grafana/alerting/instance/action';
const ALERTING_RULE = 'grafana/alerting/alertingrule/action';
const LABEL = 'device_id';

/**
 * A property of what Grafana hands out; undefined where there is none. Not by a plain read: Grafana wraps the context,
 * and its wrapper breaks the rules of proxies for the frozen objects of its alerting pages, which throws.
 */
function property(value: unknown, name: string): unknown {
  const found: unknown = Object.getOwnPropertyDescriptor(objectOrUndefined(value) ?? {}, name)?.value;
  return found;
}

function textIn(labels: unknown, name: string): string | undefined {
  const text = property(labels, name);
  return typeof text === 'string' && text !== '' ? text : undefined;
}

const deviceIn = (labels: unknown): string | undefined => textIn(labels, LABEL);

/** Hides the link where an alert names no device; else the page of the device. */
export function configureInstanceLink(context?: unknown): { path: string } | undefined {
  const deviceId = deviceIn(property(property(context, 'instance'), 'labels'));
  return deviceId === undefined ? undefined : { path: devicePath(deviceId) };
}

/** Hides the link where an alert is about no log; else the lines of its service, and of its pattern if it names one. */
export function configureLinesLink(context?: unknown): { path: string } | undefined {
  const labels = property(property(context, 'instance'), 'labels');
  const service = textIn(labels, 'log_service');
  if (service === undefined) return undefined;
  const pattern = textIn(labels, 'pattern');
  const query = new URLSearchParams({
    service: joinList([service]),
    ...(pattern === undefined ? {} : { pattern }),
  });
  return { path: `${APP_ROOT}/logs?${query.toString()}` };
}

/** Hides the link where an alert counts no requests; else the slowest or the failing ones. */
export function configureTracesLink(context?: unknown): { path: string } | undefined {
  const labels = property(property(context, 'instance'), 'labels');
  const view = requestsOfAlert(textIn(labels, 'alertname') ?? '', textIn(labels, 'service'));
  return view === undefined ? undefined : { path: tracesPath({ view }) };
}

/** The device that a rule watches, if it is exactly one; else the rule on the alerts page. */
export function configureRuleLink(context?: unknown): { path: string } | undefined {
  const name = property(context, 'name');
  if (typeof name !== 'string') return undefined;
  const expression = property(context, 'expression');
  const asked = typeof expression === 'string' ? new Set(devicesInQuery(expression)) : [];
  const [first, second] = asked;
  const deviceId = deviceIn(property(context, 'labels')) ?? (second === undefined ? first : undefined);
  if (deviceId !== undefined) return { path: devicePath(deviceId) };
  return { path: `${APP_ROOT}/alerts?${new URLSearchParams({ tab: 'rules', rule: name }).toString()}` };
}

/** Titles and descriptions are repeated in plugin.json: Grafana refuses links that are not declared there. */
export const ALERT_LINKS: readonly PluginExtensionAddedLinkConfig[] = [
  {
    targets: [ALERT_INSTANCE],
    title: 'Device in Valtronics',
    description: 'Opens the page of the device that this alert is about',
    path: `${APP_ROOT}/fleet`,
    icon: 'apps',
    configure: configureInstanceLink,
  },
  {
    targets: [ALERT_INSTANCE],
    title: 'Log lines in Valtronics',
    description: 'Opens the log lines that this alert is about',
    path: `${APP_ROOT}/logs`,
    icon: 'gf-logs',
    configure: configureLinesLink,
  },
  {
    targets: [ALERT_INSTANCE],
    title: 'Traces in Valtronics',
    description: 'Opens the requests that this alert is about',
    path: `${APP_ROOT}/traces`,
    icon: 'gf-traces',
    configure: configureTracesLink,
  },
  {
    targets: [ALERTING_RULE],
    title: 'Rule in Valtronics',
    description: 'Opens the rule, or the one device that it watches, in the Valtronics app',
    path: `${APP_ROOT}/alerts`,
    icon: 'apps',
    configure: configureRuleLink,
  },
];
