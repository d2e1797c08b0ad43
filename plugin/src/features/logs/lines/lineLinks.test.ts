import { installDataSources } from '../../../test-support/grafanaMocks';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { LogEntry } from '../../../domain/logs/logEntry';
import { explorableLine } from './lineLinks';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const AT = Date.parse('2026-11-23T12:00:00Z');

function line(more: Partial<LogEntry> = {}): LogEntry {
  return {
    ...{ id: 'a', timestamp: AT + 0.25, level: 'ERROR', service: 'val"tronics', category: 'application' },
    ...{
      message: 'x',
      deviceId: null,
      traceId: null,
      correlationId: null,
      exception: null,
      pattern: null,
      file: null,
    },
    ...{ raw: null, json: {} },
    ...more,
  };
}

/** The pane of an address of Explore. */
function paneOf(path: string | undefined): unknown {
  return JSON.parse(new URL(path ?? '', 'http://grafana').searchParams.get('panes') ?? '');
}

afterEach(() => installDataSources({}));

describe('from a line', () => {
  it('nothing leads to data sources that are not there', () => {
    expect(explorableLine(line())).toBeUndefined();
  });

  it.each([
    [{}, 'service.name:"val\\"tronics"'],
    [{ traceId: TRACE }, `trace.id:"${TRACE}"`],
  ])('its neighbours with %j are found in the log store', (more, query) => {
    installDataSources({ 'valtronics-elasticsearch': 'elasticsearch' });
    expect(paneOf(explorableLine(line(more)))).toMatchObject({
      line: { datasource: 'valtronics-elasticsearch', queries: [{ query, metrics: [{ type: 'logs' }] }] },
    });
  });
});
