import { describe, expect, it } from '@jest/globals';
import { NO_LOG_FILTER, type LogFilter } from '../../domain/logs/logFilter';
import { linePath, logsPath, readLogFilter, readOrder } from './logsAddress';

const queryOf = (path: string): URLSearchParams => new URL(path, 'http://grafana').searchParams;

const EVERYTHING: LogFilter = {
  ...{ text: 'a & b', services: ['x,y', 'z'], levels: ['ERROR', 'INFO'], category: 'access' },
  ...{ device: 'A/1', trace: '4bf9', correlation: 'r-1', pattern: 'p', hidden: ['h1', 'h2'] },
};

describe('the address of lines', () => {
  it('says the whole filter, whatever is in it', () => {
    expect(readLogFilter(queryOf(logsPath(EVERYTHING)))).toEqual(EVERYTHING);
    expect(logsPath({})).toBe('/a/valtronics-monitoring-app/logs');
    expect(readLogFilter(new URLSearchParams())).toEqual(NO_LOG_FILTER);
  });

  it('leaves out levels and categories that there are not', () => {
    const query = new URLSearchParams({ level: 'LOUD,WARNING', category: 'billing' });
    expect(readLogFilter(query)).toMatchObject({ levels: ['WARNING'], category: '' });
  });

  it('of one line shows what was around it, with nothing filtered away', () => {
    const query = queryOf(linePath({ id: 'abc', timestamp: 1_000_000_000.5 }));
    expect(Object.fromEntries(query)).toEqual({ line: 'abc', from: '999700000', to: '1000300001' });
  });
});

describe('the order of lines', () => {
  it.each([
    ['', 'newest'],
    ['order=oldest', 'oldest'],
    ['order=sideways', 'newest'],
    ['trace=4bf9', 'oldest'],
    ['correlation=r-1', 'oldest'],
    ['trace=4bf9&order=newest', 'newest'],
    ['device=A', 'newest'],
  ])('of ?%s is %s', (text, order) => {
    const query = new URLSearchParams(text);
    expect(readOrder(query, readLogFilter(query))).toBe(order);
  });
});
