import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { range } from '../shared/query.ts';
import { neutral } from '../shared/thresholds.ts';
import { linesOnly, stacked, timeseries } from '../shared/timeseries.ts';

const NO_LINES = 'No line was read in this time: is a source set (VALTRONICS_LOG_SOURCES)?';
const ERRORS = 'valtronics_log_entries_total{level=~"ERROR|CRITICAL"}';

/** Colours of levels with names of Grafana's palette, as the app has them. */
const LEVELS: Readonly<Record<string, string>> = {
  CRITICAL: 'dark-red',
  ERROR: 'red',
  WARNING: 'orange',
  INFO: 'blue',
  DEBUG: 'text',
  UNKNOWN: 'gray',
};

function byLevel(panel: PanelBuilder): PanelBuilder {
  for (const [level, fixedColor] of Object.entries(LEVELS))
    panel.overrideByName(level, [{ id: 'color', value: { mode: 'fixed', fixedColor } }]);
  return panel;
}

function lines(): Builder<Panel> {
  return byLevel(
    stacked(
      timeseries({
        id: 11,
        title: 'Lines by Level',
        description: 'Log entries of all services a second. A jump of errors is alert LogErrorSpike.',
        noValue: NO_LINES,
        runbooks: ['LogErrorSpike'],
      }),
    ),
  )
    .withTarget(
      range('sum by (level) (rate(valtronics_log_entries_total[$__rate_interval])) > 0', '{{level}}'),
    )
    .unit('suffix:lines/s')
    .thresholds(neutral())
    .min(0);
}

function errors(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 12,
      title: 'Errors by Service',
      description: 'Entries of level ERROR or CRITICAL a second, by the service that wrote them.',
      noValue: 'No errors in this time.',
      runbooks: ['LogErrorSpike'],
    }),
  )
    .withTarget(range(`sum by (service) (rate(${ERRORS}[$__rate_interval])) > 0`, '{{service}}'))
    .unit('suffix:errors/s')
    .thresholds(neutral())
    .min(0);
}

function classes(): Builder<Panel> {
  return stacked(
    timeseries({
      id: 13,
      title: 'Errors by Class',
      description:
        'What errors are about. Errors of connections and databases mostly blame another part than the one that writes them.',
      noValue: 'No errors in this time.',
      runbooks: ['LogErrorSpike'],
    }),
  )
    .withTarget(
      range('sum by (class) (rate(valtronics_log_errors_total[$__rate_interval])) > 0', '{{class}}'),
    )
    .unit('suffix:errors/s')
    .thresholds(neutral())
    .min(0);
}

function health(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 14,
      title: 'Health by Service',
      description:
        'Percentage of the entries of the last 15 minutes that are no errors: healthy above 80, degraded above 60, else unhealthy.',
      noValue: NO_LINES,
      runbooks: ['LogErrorSpike'],
    }),
  )
    .withTarget(range('min by (service) (valtronics_log_service_health_score)', '{{service}}'))
    .unit('suffix: of 100')
    .thresholds(neutral())
    .min(0)
    .max(100);
}

/** What is logged, and what of it are errors. */
export function chartPanels(): readonly Builder<Panel>[] {
  return [lines(), errors(), classes(), health()];
}
