import {
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { PROMETHEUS } from './datasource.ts';
import { describedBy, type PanelText } from './panel-text.ts';
import { thresholdOf } from './rules.ts';
import { upTo } from './thresholds.ts';

/** A gap of up to this many milliseconds is bridged: two scrapes that failed are no outage. */
const BRIDGED_GAP_MS = 60_000;

/** A chart over time with the looks that all of them share; every series is named in a legend with its last value. */
export function timeseries(text: PanelText): PanelBuilder {
  const { id, title, noValue } = text;
  return new PanelBuilder()
    .id(id)
    .title(title)
    .description(describedBy(text))
    .noValue(noValue)
    .datasource(PROMETHEUS)
    .height(8)
    .span(12)
    .lineWidth(2)
    .fillOpacity(8)
    .showPoints(VisibilityMode.Never)
    .spanNulls(BRIDGED_GAP_MS)
    .legend(
      new VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .calcs(['lastNotNull']),
    )
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending));
}

/**
 * For many lines with long names: a table below the chart, the largest first, and no areas that hide each other. Beside
 * the chart it would have no room for the values on half of a page of 1280 pixels.
 */
export function manyLines(panel: PanelBuilder): PanelBuilder {
  const legend = new VizLegendOptionsBuilder()
    .showLegend(true)
    .displayMode(LegendDisplayMode.Table)
    .placement(LegendPlacement.Bottom)
    .calcs(['lastNotNull'])
    .sortBy('Last *')
    .sortDesc(true);
  return panel.fillOpacity(0).legend(legend);
}

/** For several lines with short names: no areas that hide each other, all names with their values in sight. */
export function linesOnly(panel: PanelBuilder): PanelBuilder {
  return panel.fillOpacity(0);
}

/** Areas on top of each other, for parts of a whole. */
export function stacked(panel: PanelBuilder): PanelBuilder {
  return panel
    .stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group('A'))
    .fillOpacity(40)
    .lineWidth(1);
}

/** A dashed line at the value from which on the alert of that name fires, as its rule says it. */
export function alertLine(panel: PanelBuilder, alert: string): PanelBuilder {
  return limitLine(panel, thresholdOf(alert));
}

/** A dashed line at the limit. */
export function limitLine(panel: PanelBuilder, limit: number): PanelBuilder {
  return panel
    .thresholds(upTo(limit))
    .thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
}
