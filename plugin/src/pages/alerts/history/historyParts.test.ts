import { createTheme, dateTime, type TimeRange } from '@grafana/data';
import { describe, expect, it } from '@jest/globals';
import { historyBuckets } from '../../../features/alerts/history/historyBuckets';
import { pastAlert } from '../../../domain/alerts/pastAlert.fixture';
import { isOpenFilter, readHistoryFilter, writeHistoryFilter } from './historyAddress';
import { historyCsv } from './historyCsv';
import { historyData } from './historyFrames';
import { DETAILS_HEIGHT, LIST_HEIGHT, ROW_HEIGHT } from './historyLayout';
import { listWindow, scrollToShow } from './historyWindow';
import { lastedWords } from '../../../features/alerts/history/historyWords';

const MINUTE = 60_000;

describe('the filter in the address', () => {
  it('comes back as it was written, with severities that are empty or hold commas', () => {
    const filter = { text: 'a b', severities: ['', 'x,y', 'critical'], name: 'ApiDown', device: 'M/1' };
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(writeHistoryFilter(filter))) query.set(name, String(value));
    expect(readHistoryFilter(query)).toEqual(filter);
    expect(isOpenFilter(filter)).toBe(false);
  });

  it('hides nothing when the address says nothing', () => {
    const filter = readHistoryFilter(new URLSearchParams());
    expect(isOpenFilter(filter)).toBe(true);
    expect(writeHistoryFilter({ name: '' })).toEqual({ name: '' });
  });
});

describe('the part of the list that is drawn', () => {
  const total = (count: number, open: number): number =>
    count * ROW_HEIGHT + (open >= 0 ? DETAILS_HEIGHT : 0);

  it.each([-1, 0, 40, 5000, 9999])('takes as much room as the whole, row %d being open', (open) => {
    for (const scrollTop of [0, 1000, 1900, 2500, 200_000, 239_900, 240_400, 480_000]) {
      const { first, end, above, below } = listWindow(scrollTop, 10_000, open);
      const drawn = (end - first) * ROW_HEIGHT + (open >= first && open < end ? DETAILS_HEIGHT : 0);
      expect(above + drawn + below).toBe(total(10_000, open));
      expect(end - first).toBeLessThan(60);
      // What is in sight is drawn.
      expect(above).toBeLessThanOrEqual(scrollTop);
      expect(above + drawn).toBeGreaterThanOrEqual(Math.min(scrollTop + LIST_HEIGHT, total(10_000, open)));
    }
  });

  it('is all of a short list', () => {
    expect(listWindow(0, 3, 1)).toEqual({ first: 0, end: 3, above: 0, below: 0 });
  });

  it.each([
    [0, 0, 0],
    [0, 40, 41 * ROW_HEIGHT + DETAILS_HEIGHT - (LIST_HEIGHT - ROW_HEIGHT)],
    [5000, 2, 2 * ROW_HEIGHT],
    [2 * ROW_HEIGHT, 3, 2 * ROW_HEIGHT],
  ])('scrolled by %d shows row %d at %d', (scrollTop, open, expected) => {
    expect(scrollToShow(scrollTop, open)).toBe(expected);
  });
});

describe('the bars', () => {
  it('stand in the middle of their time, the worst severity first, each with its colour', () => {
    const from = 600 * MINUTE;
    const to = 660 * MINUTE;
    const raw = { from: dateTime(from), to: dateTime(to) };
    const range: TimeRange = { ...raw, raw };
    const buckets = historyBuckets(
      ['info', '', 'critical', 'odd'].map((severity) => pastAlert({ severity, startsAt: from })),
      { from, to },
    );
    const theme = createTheme();
    const [frame] = historyData(buckets, range, theme).series;
    expect(frame?.fields.map(({ name }) => name)).toEqual(['Time', 'critical', 'info', 'odd', 'no severity']);
    expect(frame?.fields[0]?.values[0]).toBe(from + MINUTE / 2);
    expect(frame?.fields[1]?.config.color?.fixedColor).toBe(theme.colors.error.text);
    expect(frame?.fields[1]?.values.slice(0, 2)).toEqual([1, 1]);
  });
});

describe('how long an alert lasted', () => {
  it.each([
    [{ startsAt: 0, endsAt: 12.5 * MINUTE }, '12 min'],
    [{ startsAt: 0, endsAt: null }, '1 h, not over'],
    [{ startsAt: 0, endsAt: 5 * MINUTE, beganBefore: true }, 'over 5 min'],
    [{ startsAt: 0, endsAt: 0, precision: MINUTE }, 'under 2 min'],
  ])('%j is %s', (alert, expected) => {
    expect(lastedWords(pastAlert(alert), 100 * MINUTE, 60 * MINUTE)).toBe(expected);
  });
});

describe('the CSV file', () => {
  it('has a line for each alert, with nothing that a spreadsheet would run', () => {
    const file = historyCsv([
      pastAlert({
        ...{ fingerprint: 'ab', name: '=1+1', startsAt: 0, endsAt: 90_500, summary: 'a, b' },
        labels: { alertname: '=1+1', device_id: 'MOCK-1' },
        acknowledgement: { by: 'ana', at: 1000, comment: '@home' },
        resolution: { by: 'alertmanager', at: 90_500, comment: '' },
        origins: ['store', 'prometheus'],
      }),
      pastAlert({ beganBefore: true, endsAt: 5000 }),
    ]);
    const [heading, first, second] = file.replace(/^\ufeff/, '').split('\r\n');
    expect(heading).toMatch(/^name,severity,device_id,began,ended,duration_seconds,/);
    expect(first).toMatch(
      /^"'=1\+1",warning,MOCK-1,1970-01-01T00:00:00.000Z,1970-01-01T00:01:30.500Z,91,"a, b",1970-01-01T00:00:01.000Z,ana,"'@home",alertmanager,store prometheus,ab,/,
    );
    // When it began is not known.
    expect(second).toMatch(/^DevicesOffline,warning,,,1970-01-01T00:00:05.000Z,,/);
  });
});
