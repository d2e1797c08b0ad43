import { describe, expect, it } from '@jest/globals';
import { NO_TRACE_FILTER } from '../../domain/traces/traceFilter';
import { readTraceFilter, readTraceView, tracePath, tracesPath } from './tracesAddress';

const queryOf = (path: string): URLSearchParams => new URL(path, 'http://grafana').searchParams;

describe('the address of traces', () => {
  it('holds the filter, the view and the time', () => {
    const filter = {
      ...{ service: 'api', operation: 'GET /api/v1/devices/{device_id}', minDuration: 250 },
      ...{ device: 'MOCK-1011', correlation: 'f3a1c0de-17' },
    };
    const query = queryOf(tracesPath({ filter, view: 'failing', span: { from: 1.5, to: 2.5 } }));
    expect(readTraceFilter(query)).toEqual(filter);
    expect(readTraceView(query)).toBe('failing');
    expect([query.get('from'), query.get('to')]).toEqual(['1', '3']);
  });

  it('is bare without any of them', () => {
    expect(tracesPath({ filter: NO_TRACE_FILTER })).toBe('/a/valtronics-monitoring-app/traces');
  });

  it.each(['-5', 'soon', 'Infinity'])('lets all through for a least duration of %s', (min) => {
    expect(readTraceFilter(new URLSearchParams({ min }))).toEqual(NO_TRACE_FILTER);
  });

  it('begins with the slowest where it names no view that is known', () => {
    expect(readTraceView(new URLSearchParams('view=best'))).toBe('slowest');
  });

  it('of one trace has its id in the path', () => {
    expect(tracePath('4bf92f35')).toBe('/a/valtronics-monitoring-app/traces/4bf92f35');
    expect(tracePath('a/../b')).toBe('/a/valtronics-monitoring-app/traces/a%2F..%2Fb');
  });
});
