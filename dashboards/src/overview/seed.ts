import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  BigValueGraphMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  TooltipDisplayMode,
  VizTextDisplayOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { FieldColorBuilder, FieldColorModeId, type Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import {
  PanelBuilder as PiechartBuilder,
  PieChartLegendOptionsBuilder,
  PieChartLegendValues,
  PieChartType,
} from '@grafana/grafana-foundation-sdk/piechart';
import { REQUESTS } from '../shared/api-requests.ts';
import { PROMETHEUS } from '../shared/datasource.ts';
import { instant, range } from '../shared/query.ts';
import { stat } from '../shared/stat.ts';
import { bySeverity } from '../shared/severity.ts';
import { statusOverrides } from '../shared/status.ts';
import { healthSteps } from '../shared/thresholds.ts';
import { alertLine, manyLines, timeseries } from '../shared/timeseries.ts';
import { responseTime } from './response-time.ts';

/** Of the health score; Grafana's own choice fills the panel, 150 and more. */
const HEALTH_TEXT_PIXELS = 56;
const NO_EXPORTER =
  'Prometheus has nothing from the Valtronics exporter: is its target in job valtronics-api, and up?';
const NO_NODE_EXPORTER = 'Needs node_exporter on the hosts, as a target of job node-exporter.';

function systemHealth(): Builder<Panel> {
  return (
    stat({
      id: 1,
      title: 'System Health',
      description:
        'Weighted mean of the health of every part that is measured, from 0 to 100. Below 80 something deserves a look, below 50 something is broken: Component Health shows which.',
      noValue: NO_EXPORTER,
    })
      .height(8)
      .span(12)
      .withTarget(range("min(valtronics_system_health_score{component='overall'})", 'overall'))
      // The number is read with its scale, and is no louder than what it is made of.
      .unit('suffix: of 100')
      .text(new VizTextDisplayOptionsBuilder().valueSize(HEALTH_TEXT_PIXELS))
      .decimals(0)
      .min(0)
      .max(100)
      .thresholds(healthSteps())
      .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
      .graphMode(BigValueGraphMode.Area)
  );
}

function deviceStatus(): Builder<Panel> {
  const panel = new PiechartBuilder()
    .id(2)
    .title('Device Status')
    .description(
      'Registered active devices by effective status: the newest report of any source, overruled by silence.',
    )
    .noValue(NO_EXPORTER)
    .datasource(PROMETHEUS)
    .height(8)
    .span(12)
    .withTarget(instant('sum by (status) (valtronics_devices_total)', '{{status}}'))
    .unit('short')
    .decimals(0)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassic))
    .pieType(PieChartType.Donut)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).fields('').values(false))
    .legend(
      new PieChartLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(LegendDisplayMode.Table)
        .placement(LegendPlacement.Right)
        .values([PieChartLegendValues.Value, PieChartLegendValues.Percent]),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Single));
  for (const { word, properties } of statusOverrides()) panel.overrideByName(word, properties);
  return panel;
}

function cpuUsage(): Builder<Panel> {
  const panel = timeseries({
    id: 3,
    title: 'CPU Usage',
    description: 'CPU time of each host that is not idle. The line is where HighCPUUsage begins to count.',
    noValue: NO_NODE_EXPORTER,
    runbooks: ['HighCPUUsage'],
  })
    .withTarget(
      range(
        '100 - 100 * avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[$__rate_interval]))',
        '{{instance}}',
      ),
    )
    .unit('percent')
    .min(0)
    .max(100);
  return alertLine(panel, 'HighCPUUsage');
}

function memoryUsage(): Builder<Panel> {
  const panel = timeseries({
    id: 4,
    title: 'Memory Usage',
    description:
      'Memory of each host that programs cannot have; caches count as free. The line is where HighMemoryUsage begins to count.',
    noValue: NO_NODE_EXPORTER,
    runbooks: ['HighMemoryUsage'],
  })
    .withTarget(
      range('100 * (1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes)', '{{instance}}'),
    )
    .unit('percent')
    .min(0)
    .max(100);
  return alertLine(panel, 'HighMemoryUsage');
}

function requestRate(): Builder<Panel> {
  return manyLines(
    timeseries({
      id: 5,
      title: 'API Request Rate',
      description:
        'Requests that the platform API served, by route, read from its access log. The exporter’s own polls are among them.',
      noValue: 'Needs the access log of the platform API: set VALTRONICS_LOG_PATHS on the exporter.',
      runbooks: ['ApiDown'],
    })
      .withTarget(range(`sum by (endpoint) (rate(${REQUESTS}[$__rate_interval]))`, '{{endpoint}}'))
      .unit('reqps')
      .min(0),
  );
}

function telemetryRate(): Builder<Panel> {
  return timeseries({
    id: 7,
    title: 'Telemetry Data Rate',
    description:
      'Telemetry points that arrive, by device type, as the counting source (MQTT, else SQL) sees them.',
    noValue: 'Needs telemetry: set VALTRONICS_MQTT_URL or VALTRONICS_DATABASE_URL on the exporter.',
    runbooks: ['TelemetryDataMissing', 'TelemetryStalled'],
  })
    .withTarget(
      range(
        'sum by (device_type) (rate(valtronics_telemetry_points_total[$__rate_interval]))',
        '{{device_type}}',
      ),
    )
    .unit('suffix:points/s')
    .min(0);
}

function alertRate(): Builder<Panel> {
  const panel = timeseries({
    id: 8,
    title: 'Alert Rate',
    description:
      'Alert rows that the platform raised, by severity as found. Alerts of Prometheus are not among them.',
    noValue: 'Needs alert rows: set VALTRONICS_DATABASE_URL or VALTRONICS_API_URL on the exporter.',
    runbooks: ['CriticalAlertsHigh'],
  })
    .withTarget(
      range('60 * sum by (severity) (rate(valtronics_alerts_total[$__rate_interval]))', '{{severity}}'),
    )
    .unit('suffix:alerts/min')
    .min(0);
  return bySeverity(panel);
}

/** The eight panels that the monitoring guide asks for, under its titles and in its order. */
export function seedPanels(): readonly Builder<Panel>[] {
  return [
    systemHealth(),
    deviceStatus(),
    cpuUsage(),
    memoryUsage(),
    requestRate(),
    responseTime(),
    telemetryRate(),
    alertRate(),
  ];
}
