import {
  FieldType,
  LoadingState,
  toDataFrame,
  type FieldConfigSource,
  type PanelData,
  type TimeRange,
} from '@grafana/data';

/** Counts over time in pieces of one length, which some kind of thing divides among it. */
export interface StackedBars {
  /** Begin of each piece, milliseconds since the epoch. */
  readonly times: readonly number[];
  /** Milliseconds. */
  readonly length: number;
  /** From the bottom of the bars up; a count for each piece. */
  readonly parts: readonly {
    readonly name: string;
    readonly color: string;
    readonly counts: readonly number[];
  }[];
}

/** The counts as data of Grafana's time series panel. */
export function stackedBarData({ times, length, parts }: StackedBars, range: TimeRange): PanelData {
  const frame = toDataFrame({
    fields: [
      // A bar stands in the middle of its piece of time.
      { name: 'Time', type: FieldType.time, values: times.map((at) => at + length / 2) },
      ...parts.map(({ name, color, counts }) => ({
        name,
        type: FieldType.number,
        values: [...counts],
        config: { color: { mode: 'fixed', fixedColor: color } },
      })),
    ],
  });
  return { state: LoadingState.Done, series: [frame], timeRange: range };
}

/** Options of the panel; `calcs` are what the legend says of each part, in Grafana's words. */
export function stackedBarOptions(calcs: readonly string[]) {
  return {
    legend: { showLegend: true, displayMode: 'list', placement: 'bottom', calcs: [...calcs] },
    tooltip: { mode: 'multi', sort: 'none', hideZeros: true },
  };
}

export const STACKED_BAR_FIELDS: FieldConfigSource = {
  defaults: {
    min: 0,
    decimals: 0,
    custom: {
      drawStyle: 'bars',
      barAlignment: 0,
      barWidthFactor: 0.85,
      fillOpacity: 80,
      lineWidth: 0,
      stacking: { mode: 'normal', group: 'parts' },
      axisSoftMax: 3,
    },
  },
  overrides: [],
};
