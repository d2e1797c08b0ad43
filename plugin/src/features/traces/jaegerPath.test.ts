import { installDataSources } from '../../test-support/grafanaMocks';
import { afterEach, describe, expect, it } from '@jest/globals';
import { jaegerPath } from './jaegerPath';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const AT = Date.parse('2026-11-23T12:00:00Z');
const MINUTE = 60_000;

/** The pane of an address of Explore. */
function paneOf(path: string | undefined): unknown {
  return JSON.parse(new URL(path ?? '', 'http://grafana').searchParams.get('panes') ?? '');
}

afterEach(() => installDataSources({}));

describe('a trace in Jaeger', () => {
  it('is out of reach where this Grafana has none', () => {
    expect(jaegerPath(TRACE, AT)).toBeUndefined();
  });

  it('is found in its time', () => {
    installDataSources({ 'valtronics-jaeger': 'jaeger' });
    expect(paneOf(jaegerPath(TRACE, AT + 0.25))).toEqual({
      line: {
        datasource: 'valtronics-jaeger',
        queries: [{ refId: 'A', datasource: { type: 'jaeger', uid: 'valtronics-jaeger' }, query: TRACE }],
        range: { from: String(AT - 15 * MINUTE), to: String(AT + 1 + 15 * MINUTE) },
      },
    });
  });

  it('is found in another Jaeger where the own one is not there', () => {
    installDataSources({ 'tracing-of-ours': 'jaeger' });
    expect(paneOf(jaegerPath(TRACE, AT))).toMatchObject({
      line: { datasource: 'tracing-of-ours', queries: [{ query: TRACE }] },
    });
  });
});
