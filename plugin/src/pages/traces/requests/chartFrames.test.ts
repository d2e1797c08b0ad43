import { createTheme, dateTime, type TimeRange } from '@grafana/data';
import { describe, expect, it } from '@jest/globals';
import { chartData, markedTraces, thinMarks } from './chartFrames';
import type { MarkedTrace } from './loadRequests';
import type { RequestFigures } from './requestFigures';

const FROM = Date.parse('2026-11-23T12:00:00Z');
const TO = FROM + 3_600_000;
const RANGE: TimeRange = {
  from: dateTime(FROM),
  to: dateTime(TO),
  raw: { from: dateTime(FROM), to: dateTime(TO) },
};
const theme = createTheme();
const course = (...values: number[]) => ({ times: values.map((_, place) => FROM + place * 10_000), values });
const item = (name: string): RequestFigures => ({
  ...{ name, rate: 1, errorRate: 0, median: null, slow: null },
  ...{ rates: course(1, 2), failures: course(0, 0), durations: course(0.5) },
});
const mark = (traceId: string, name: string, at: number, duration = 1): MarkedTrace => ({
  ...{ traceId, name, at, duration },
});
const MARKING = { theme, timeZone: 'utc', linkTitle: 'Open the trace' };

describe('charts of requests', () => {
  it('give a route the same colour in each', () => {
    const items = [item('GET /a'), item('GET /b')];
    const colors = (figure: 'rates' | 'durations') =>
      chartData({ items, figure, range: RANGE }, theme).series.map(({ fields }) => fields[1]?.config.color);
    expect(colors('rates')).toEqual(colors('durations'));
    expect(colors('rates')[0]).not.toEqual(colors('rates')[1]);
  });

  it('leave a gap where nothing was counted', () => {
    const gap = { ...item('a'), rates: { times: [FROM, FROM + 60_000], values: [1, 1] } };
    const [frame] = chartData({ items: [gap], figure: 'rates', range: RANGE }, theme).series;
    expect(frame?.fields[1]?.values).toEqual([1, null, 1]);
  });
});

describe('marked traces', () => {
  it('lead to their pages, and belong to the series of their route', () => {
    const [frame] = markedTraces(
      [mark('t1', 'GET /a', FROM + 1), mark('t2', 'GET /b', FROM + 600_000), mark('t3', 'GET /c', FROM + 1)],
      { items: [item('GET /a'), item('GET /b')], range: RANGE },
      MARKING,
    );
    expect(frame?.name).toBe('exemplar');
    const field = frame?.fields.find(({ name }) => name === 'trace_id');
    expect(field?.values).toEqual(['t1', 't2']);
    expect(field?.config.links).toEqual([
      { url: '/a/valtronics-monitoring-app/traces/${__value.text}', title: 'Open the trace' },
    ]);
    expect(frame?.fields.find(({ name }) => name === 'name')?.values).toEqual(['GET /a', 'GET /b']);
    const [chart] = chartData({ items: [item('GET /a')], figure: 'durations', range: RANGE }, theme).series;
    expect(chart?.fields[1]?.labels).toEqual({ name: 'GET /a' });
  });

  it('are none where none is of a route that is shown', () => {
    expect(markedTraces([mark('t', 'x', FROM)], { items: [item('a')], range: RANGE }, MARKING)).toEqual([]);
  });

  it('are the slowest of each stretch of time, within the range', () => {
    const many = Array.from({ length: 3600 }, (_, place) =>
      mark(`t${place}`, 'a', FROM + place * 1000, place % 60 === 7 ? 5 : 1),
    );
    const thin = thinMarks([mark('before', 'a', FROM - 1), ...many], { from: FROM, to: TO });
    expect(thin).toHaveLength(60);
    expect(thin.every(({ duration }) => duration === 5)).toBe(true);
  });
});
