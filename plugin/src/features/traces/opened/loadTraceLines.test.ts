import { describe, expect, it } from '@jest/globals';
import { createLogsClient } from '../../../api/logsClient';
import { fakeGrafana } from '../../../test-support/fakeGrafana';
import { logLine, logRoute } from '../../../test-support/logAnswers';
import { loadTraceLines } from './loadTraceLines';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const { signal } = new AbortController();

describe('the lines of a trace', () => {
  it('are those that name it or its request, in the order of time, each once', async () => {
    const both = { traceId: TRACE, correlationId: 'r1' };
    fakeGrafana(
      logRoute({
        lines: [
          logLine('last', NOW + 30, 'it is over', { correlationId: 'r1' }),
          logLine('both', NOW + 20, 'GET 500', both),
          logLine('other', NOW + 15, 'of another', { traceId: 'f'.repeat(32) }),
          logLine('first', NOW + 10, 'it begins', { traceId: TRACE }),
        ],
      }),
    );
    const lines = await loadTraceLines(
      createLogsClient('http://exporter'),
      { traceId: TRACE, correlationId: 'r1' },
      { from: NOW, to: NOW + 100 },
      signal,
    );
    expect(lines.items.map(({ id }) => id)).toEqual(['first', 'both', 'last']);
    expect(lines.complete).toBe(true);
  });

  it('are asked for once where no correlation id is known', async () => {
    const { requests } = fakeGrafana(logRoute({ lines: [] }));
    const ids = { traceId: TRACE, correlationId: null };
    await loadTraceLines(createLogsClient('http://exporter'), ids, undefined, signal);
    expect(requests).toHaveLength(1);
    expect(requests[0]?.url).toContain(`trace=${TRACE}`);
  });

  it('are not complete while there is a further page', async () => {
    const lines = Array.from({ length: 501 }, (_, index) =>
      logLine(`l${index}`, NOW - index, 'x', { traceId: TRACE }),
    );
    fakeGrafana(logRoute({ lines }));
    const ids = { traceId: TRACE, correlationId: null };
    const found = await loadTraceLines(createLogsClient('http://exporter'), ids, undefined, signal);
    expect(found).toMatchObject({ complete: false });
    expect(found.items).toHaveLength(500);
  });
});
