import {
  DataTopic,
  FieldType,
  getDisplayProcessor,
  LoadingState,
  toDataFrame,
  type DataFrame,
  type GrafanaTheme2,
  type PanelData,
  type TimeRange,
} from '@grafana/data';
import { stepSeconds } from '../../../api/prometheusClient';
import { tracePathTemplate } from '../../../features/traces/tracesAddress';
import { withGaps } from '../../../kit/charts/gaps';
import type { MarkedTrace } from './loadRequests';
import type { RequestFigures } from './requestFigures';

/** What of the figures a chart shows. */
export type ChartedFigure = 'rates' | 'failures' | 'durations';

const UNITS: Readonly<Record<ChartedFigure, string>> = { rates: 'reqps', failures: 'reqps', durations: 's' };

function frameOf(item: RequestFigures, figure: ChartedFigure, color: string, step: number): DataFrame {
  const { times, values } = withGaps(item[figure], step);
  return toDataFrame({
    name: item.name,
    fields: [
      { name: 'Time', type: FieldType.time, values: times },
      {
        name: item.name,
        type: FieldType.number,
        values,
        // By this label Grafana gives an exemplar the colour of its series, and hides it with it.
        labels: { name: item.name },
        config: {
          displayName: item.name,
          unit: UNITS[figure],
          color: { mode: 'fixed', fixedColor: color },
        },
      },
    ],
  });
}

/** Marks that a chart has room for: one in each of so many pieces of its width. */
const MOST_MARKS = 60;

/** The slowest of each stretch of time: what is worth opening, and no more dots than can be told apart. */
export function thinMarks(
  marks: readonly MarkedTrace[],
  { from, to }: { readonly from: number; readonly to: number },
): MarkedTrace[] {
  const width = Math.max(1, (to - from) / MOST_MARKS);
  const slowest = new Map<number, MarkedTrace>();
  for (const mark of marks) {
    if (mark.at < from || mark.at > to) continue;
    const place = Math.floor((mark.at - from) / width);
    const before = slowest.get(place);
    if (before === undefined || before.duration < mark.duration) slowest.set(place, mark);
  }
  return [...slowest.values()].sort((a, b) => a.at - b.at);
}

interface Marking {
  readonly theme: GrafanaTheme2;
  readonly timeZone: string;
  /** What the link to a trace is called. */
  readonly linkTitle: string;
}

/** Exemplars as Grafana's chart draws them: a frame of this name. */
function markFrame(marks: readonly MarkedTrace[], { theme, timeZone, linkTitle }: Marking): DataFrame {
  const frame = toDataFrame({
    name: 'exemplar',
    meta: { dataTopic: DataTopic.Annotations, custom: { resultType: 'exemplar' } },
    fields: [
      { name: 'Time', type: FieldType.time, values: marks.map(({ at }) => at) },
      {
        name: 'Value',
        type: FieldType.number,
        values: marks.map(({ duration }) => duration),
        config: { unit: 's' },
      },
      { name: 'name', type: FieldType.string, values: marks.map(({ name }) => name) },
      {
        name: 'trace_id',
        type: FieldType.string,
        values: marks.map(({ traceId }) => traceId),
        config: { links: [{ title: linkTitle, url: tracePathTemplate() }] },
      },
    ],
  });
  for (const field of frame.fields) field.display = getDisplayProcessor({ field, theme, timeZone });
  return frame;
}

interface Charted {
  /** In the order of their colours. */
  readonly items: readonly RequestFigures[];
  readonly figure: ChartedFigure;
  readonly range: TimeRange;
}

/** The traces as exemplars of the chart of the items. */
export function markedTraces(
  marks: readonly MarkedTrace[],
  { items, range }: Omit<Charted, 'figure'>,
  marking: Marking,
): DataFrame[] {
  const names = new Set(items.map(({ name }) => name));
  const shown = thinMarks(
    marks.filter(({ name }) => names.has(name)),
    { from: range.from.valueOf(), to: range.to.valueOf() },
  );
  return shown.length === 0 ? [] : [markFrame(shown, marking)];
}

/** One figure of the items over time, as data of Grafana's time series panel. */
export function chartData({ items, figure, range }: Charted, theme: GrafanaTheme2): PanelData {
  const span = { from: range.from.valueOf(), to: range.to.valueOf() };
  const { palette, getColorByName } = theme.visualization;
  const color = (place: number): string => getColorByName(palette[place % palette.length] ?? 'text');
  const step = stepSeconds(span) * 1000;
  return {
    state: LoadingState.Done,
    series: items.map((item, place) => frameOf(item, figure, color(place), step)),
    timeRange: range,
  };
}
