import { describe, expect, it } from '@jest/globals';
import { historyFromSeries, type HistoryAnswers } from './historyFromSeries';
import { historyQueries } from './historyQueries';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const FROM = 1_000_000 * MINUTE;
const SHORT = historyQueries({ from: FROM, to: FROM + HOUR });
const LONG = historyQueries({ from: FROM, to: FROM + 100 * HOUR });

const LABELS = { __name__: 'ALERTS', alertname: 'ApiDown', alertstate: 'firing', severity: 'critical' };
const points = (...times: number[]) => [{ labels: LABELS, times, values: times.map(() => 1) }];
const answers = (more: Partial<HistoryAnswers>): HistoryAnswers => ({
  atStart: [],
  begins: [],
  ends: [],
  ...more,
});

describe('the questions', () => {
  it('compare samples where a step is short', () => {
    expect(SHORT).toMatchObject({ step: 10_000, start: FROM, beginsEarlier: 5000, endsEarlier: 5000 });
    expect(SHORT.begins).toBe(
      'ALERTS{alertstate="firing",alertname!="Watchdog"} unless ALERTS{alertstate="firing",alertname!="Watchdog"} offset 10s',
    );
  });

  it('compare windows where a step is long, so that what was short is found', () => {
    expect(LONG).toMatchObject({ step: 600_000, beginsEarlier: 300_000, endsEarlier: 900_000 });
    expect(LONG.ends).toBe(
      'last_over_time(ALERTS{alertstate="firing",alertname!="Watchdog"}[600s] offset 600s) unless last_over_time(ALERTS{alertstate="firing",alertname!="Watchdog"}[600s])',
    );
  });

  it('begin where Prometheus puts its first point', () => {
    expect(historyQueries({ from: FROM + 1, to: FROM + HOUR }).start).toBe(FROM);
  });
});

describe('the alerts in the answers', () => {
  const at = (minutes: number) => FROM + minutes * MINUTE;

  it('last from a beginning to the next end, and again', () => {
    const alerts = historyFromSeries(
      answers({ begins: points(at(20), at(5)), ends: points(at(8), at(30)) }),
      SHORT,
    );
    expect(alerts).toMatchObject([
      { name: 'ApiDown', severity: 'critical', startsAt: at(5) - 5000, endsAt: at(8) - 5000 },
      { startsAt: at(20) - 5000, endsAt: at(30) - 5000, beganBefore: false, precision: 5000 },
    ]);
    expect(alerts[0]?.labels).toEqual({ alertname: 'ApiDown', severity: 'critical' });
    expect(alerts[0]?.fingerprint).toBe(alerts[1]?.fingerprint);
  });

  it('are still there without an end', () => {
    expect(historyFromSeries(answers({ begins: points(at(5)) }), SHORT)).toMatchObject([{ endsAt: null }]);
  });

  it('had begun before when they are there at the start', () => {
    const atStart = [{ labels: LABELS, value: 1 }];
    expect(historyFromSeries(answers({ atStart, begins: points(FROM), ends: points(at(2)) }), SHORT)).toEqual(
      [expect.objectContaining({ startsAt: FROM, beganBefore: true, endsAt: at(2) - 5000 })],
    );
  });

  it('are not made of an end alone: that one was over when the time began', () => {
    expect(historyFromSeries(answers({ ends: points(FROM) }), SHORT)).toEqual([]);
  });

  it('never end before they begin, however short they were', () => {
    const [alert] = historyFromSeries(
      answers({ begins: points(at(100)), ends: points(at(100) + LONG.step) }),
      LONG,
    );
    expect(alert).toMatchObject({ startsAt: at(100) - LONG.step / 2, endsAt: at(100) - LONG.step / 2 });
  });

  it('are none where nothing fired', () => {
    expect(historyFromSeries(answers({}), SHORT)).toEqual([]);
  });
});
