import { describe, expect, it } from '@jest/globals';
import { describeStores } from '../../../test/support/alert-stores.ts';
import { alertContent } from '../../../test/support/alerts.ts';
import { recordingLogger } from '../../../test/support/http.ts';
import { parseQuietSpan } from '../../config/quiet-hours.ts';
import { system } from '../alert.ts';
import { createOutbox } from '../delivery/outbox.ts';
import { createHoldPolicy } from '../maintenance/hold-policy.ts';
import { createAlertStore } from '../store/store.ts';
import { createQuietHours, type QuietHours } from './quiet-hours.ts';

function quietHours(texts: readonly string[], zone = 'UTC'): QuietHours {
  const spans = texts.map(parseQuietSpan).filter((span) => span !== undefined);
  return createQuietHours(spans, zone, ['critical']);
}

// 2026-11-23 is a Monday.
it.each([
  [['22:00-06:00'], 'UTC', '2026-11-23T22:00:00Z', true],
  [['22:00-06:00'], 'UTC', '2026-11-23T05:59:59Z', true],
  [['22:00-06:00'], 'UTC', '2026-11-23T06:00:00Z', false],
  [['Mon 22:00-06:00'], 'UTC', '2026-11-24T03:00:00Z', true],
  [['Mon 22:00-06:00'], 'UTC', '2026-11-23T03:00:00Z', false],
  [['Sat-Sun 00:00-24:00'], 'UTC', '2026-11-22T23:59:00Z', true],
  [['Sat-Sun 00:00-24:00'], 'UTC', '2026-11-23T00:00:00Z', false],
  [['22:00-06:00'], 'Asia/Tokyo', '2026-11-23T14:00:00Z', true],
  // The night in which clocks go back has an hour more.
  [['22:00-06:00'], 'Europe/Berlin', '2026-10-25T04:30:00Z', true],
  [['22:00-06:00'], 'Europe/Berlin', '2026-10-25T05:00:00Z', false],
  [[], 'UTC', '2026-11-23T22:00:00Z', false],
])('%j in %s at %s: %s', (texts, zone, time, quiet) => {
  expect(quietHours(texts, zone).isQuiet(Date.parse(time))).toBe(quiet);
});

describeStores((stores) => {
  describe('in quiet hours', () => {
    it('only the worst is told; the rest is told in the morning, unless it is over by then', async () => {
      const logger = recordingLogger();
      const database = stores.open(logger);
      const quiet = quietHours(['22:00-06:00']);
      const outbox = createOutbox({
        database,
        receivers: ['slack'],
        coverage: (_sql, now) => Promise.resolve(quiet.keepsQuiet(now)),
      });
      const store = createAlertStore({
        ...{ database, externalLabels: [], limits: { entries: 1000, age: 1e12 }, maxOpen: 50 },
        onChange: outbox.enqueue,
      });
      const policy = createHoldPolicy(
        { stateKey: (now) => Promise.resolve(String(quiet.isQuiet(now))) },
        outbox,
        logger,
      );
      const night = Date.parse('2026-11-23T23:00:00Z');
      const morning = Date.parse('2026-11-24T06:00:00Z');
      await policy(night);
      const { alerts } = await store.report({
        ...{ source: 'api', gone: [], comment: '', by: system('x'), now: night },
        firing: [
          alertContent({ name: 'Worst', severity: 'CRIT' }),
          alertContent({ name: 'Stays' }),
          alertContent({ name: 'Passes', severity: 'info' }),
        ],
      });
      const due = async (now: number): Promise<unknown> =>
        (await outbox.due('slack', now, 9)).map(({ alert }) => alert.name);
      expect(await due(night)).toEqual(['Worst']);
      await store.resolve(alerts[2]?.fingerprint ?? '', { by: system('x'), at: night + 1, comment: '' });
      await policy(night + 5000);
      expect(await due(night + 5000)).toEqual(['Worst']);
      expect(await policy(morning)).toBe('told');
      expect(await due(morning)).toEqual(['Worst', 'Stays']);
      await store.close();
    });
  });
});
