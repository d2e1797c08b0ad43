import { describe, expect, it } from '@jest/globals';
import { DataFrameView, type TraceSpanRow } from '@grafana/data';
import { slowRequest, TRACE_ID, TRACE_START, traceSpan } from '../../../domain/traces/openedTrace.fixture';
import { traceData } from './traceFrame';

const rowsOf = (trace: Parameters<typeof traceData>[0]): TraceSpanRow[] => {
  const [frame] = traceData(trace).series;
  if (frame === undefined) throw new Error('no frame');
  return new DataFrameView<TraceSpanRow>(frame).toArray().map((row) => ({ ...row }));
};

describe('the data of a waterfall', () => {
  it('is what Grafana’s panel reads', () => {
    const rows = rowsOf(slowRequest());
    expect(rows.map(({ spanID, parentSpanID }) => [spanID, parentSpanID])).toEqual([
      ...[
        ['root', undefined],
        ['upstream', 'root'],
        ['api', 'upstream'],
      ],
      ...[
        ['cache', 'api'],
        ['select', 'api'],
      ],
    ]);
    expect(rows[0]).toMatchObject({
      ...{ traceID: TRACE_ID, serviceName: 'valtronics-gateway', startTime: TRACE_START, duration: 1240 },
      ...{ kind: 'server', statusCode: 2 },
    });
    expect(traceData(slowRequest()).series[0]?.meta?.preferredVisualisationType).toBe('trace');
  });

  it('marks what failed once, by the tag that the panel knows', () => {
    const failed = traceSpan('a', null, [0, 1], { isFailed: true });
    const tagged = traceSpan('b', 'a', [0, 1], { isFailed: true, tags: { error: 'true' } });
    const fine = traceSpan('c', 'a', [0, 1]);
    const tags = rowsOf({ traceId: TRACE_ID, spans: [failed, tagged, fine] }).map((row) => row.tags);
    expect(tags).toEqual([[{ key: 'error', value: true }], [{ key: 'error', value: 'true' }], []]);
  });

  it('keeps events, links and warnings', () => {
    const span = traceSpan('a', null, [0, 2], {
      events: [{ at: TRACE_START + 1, fields: [{ key: 'event', value: 'retry' }] }],
      links: [{ traceId: 'f'.repeat(32), spanId: 'e'.repeat(16) }],
      warnings: ['clock skew'],
    });
    expect(rowsOf({ traceId: TRACE_ID, spans: [span] })[0]).toMatchObject({
      logs: [{ timestamp: TRACE_START + 1, fields: [{ key: 'event', value: 'retry' }] }],
      references: [{ traceID: 'f'.repeat(32), spanID: 'e'.repeat(16) }],
      warnings: ['clock skew'],
    });
  });

  it('spans the time of all of them', () => {
    const { timeRange } = traceData(slowRequest());
    expect(timeRange.to.valueOf() - timeRange.from.valueOf()).toBe(1240);
  });
});
