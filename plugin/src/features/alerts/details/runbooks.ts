import { askGrafana } from '../../../api/request';
import { PLUGIN_ID } from '../../../api/pluginId';
import { safeUrl } from '../../../kit/links/HrefLink';

/** The alerts whose page of `docs/runbooks` comes with the plugin (contract §5). */
export const RUNBOOKS = [
  'ApiDown',
  'ApiErrorBudgetBurn',
  'ApiLatencyBudgetBurn',
  'CertificateExpiring',
  'CollectorFailing',
  'CriticalAlertUnacknowledged',
  'CriticalAlertsHigh',
  'DatabaseConnectionsHigh',
  'DatabaseDown',
  'DeviceStale',
  'DevicesOffline',
  'DiskSpaceLow',
  'ExporterDown',
  'HighCPUUsage',
  'HighErrorRate',
  'HighMemoryUsage',
  'HighResponseTime',
  'LogErrorSpike',
  'LogShippingFailing',
  'MqttBrokerDown',
  'NotificationsFailing',
  'RedisDown',
  'RuleEvaluationFailing',
  'TelemetryDataMissing',
  'TelemetryFreshnessBudgetBurn',
  'TelemetryStalled',
  'Watchdog',
] as const;
export type RunbookName = (typeof RUNBOOKS)[number];

/** The runbook that comes with the plugin for an address such as `https://…/docs/runbooks/ApiDown.md`. */
export function runbookOf(url: string): RunbookName | undefined {
  const name = /\/docs\/runbooks\/(\w+)(?:\.md)?(?:[?#].*)?$/.exec(url)?.[1];
  return RUNBOOKS.find((known) => known === name);
}

/** The Markdown with links as seen from the page's own address, without its heading: that stands above already. */
export function runbookText(markdown: string, url: string): string {
  const base = safeUrl(url);
  return markdown
    .replace(/^#\s.*\n+/, '')
    .replace(/\]\((?![a-z]+:|#)([^)\s]+)\)/gi, (link, path: string) =>
      base === undefined ? link : `](${new URL(path, base).href})`,
    );
}

/** The Markdown of a runbook, as it was when the plugin was built. Throws `AnswerError` or `AbortedError`. */
export async function loadRunbook(name: RunbookName, signal?: AbortSignal): Promise<string> {
  const url = `/public/plugins/${PLUGIN_ID}/runbooks/${name}.md`;
  const text = await askGrafana({ url, signal, text: true });
  return typeof text === 'string' ? text : '';
}
