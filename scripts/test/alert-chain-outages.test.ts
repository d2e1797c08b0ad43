import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { valueOf } from '../../exporter/test/support/exporter.ts';
import { ALERTMANAGER, describeWith, PROMETHEUS } from '../../exporter/test/support/require.ts';
import { waitFor } from '../../exporter/test/support/server.ts';
import { type AlertChain, type Heard, PATIENCE, startAlertChain, TOKEN } from './support/alert-chain.ts';
import { type StoreApi, storeApi } from './support/store-api.ts';

const ALERT = 'DatabaseDown';
const wordsOf = ({ webhook, pagerduty, slack, email }: Heard): (readonly string[])[] => [
  webhook,
  pagerduty,
  slack,
  email,
];

/** Alertmanager goes away at the worst moments; what is told in the end is the same. */
describeWith([PROMETHEUS, ALERTMANAGER], 'alerts while Alertmanager goes away', () => {
  let chain: AlertChain;
  let store: StoreApi;

  beforeAll(async () => {
    chain = await startAlertChain();
    store = storeApi(chain.exporter.url, TOKEN);
  });
  afterAll(() => chain.stop());
  beforeEach(() => chain.forget());

  /** It has written down whom it told so far: a receiver has heard before that, and what is not down it will not end. */
  async function snapshot(): Promise<void> {
    const count = async (): Promise<number> =>
      valueOf(await chain.alertmanagerMetrics(), 'alertmanager_nflog_snapshot_duration_seconds_count') ?? 0;
    const before = await count();
    // One may be under way already.
    await waitFor('two snapshots', async () => (await count()) >= before + 2);
  }

  const over = (): Promise<void> =>
    waitFor(
      'the store has it resolved',
      async () => {
        const rows = await store.history(ALERT);
        return rows.length > 0 && rows.every(({ state }) => state === 'resolved');
      },
      PATIENCE,
    );

  it(
    'stopped before it fires and again before it is over: everybody hears both, once',
    async () => {
      await chain.stopAlertmanager('SIGTERM');
      await chain.command('break', '--what', 'database-down');
      await chain.evaluated(ALERT, true);
      await chain.startAlertmanager();
      await chain.told(ALERT, 'firing');
      await snapshot();

      await chain.stopAlertmanager('SIGTERM');
      await chain.command('mend', '--what', 'database-down');
      await chain.evaluated(ALERT, false);
      await chain.startAlertmanager();
      await chain.told(ALERT, 'resolved');
      expect(wordsOf(chain.heard(ALERT))).toEqual(new Array(4).fill(['firing', 'resolved']));
      expect(chain.heard(ALERT).keys).toHaveLength(1);
      await over();
    },
    3 * PATIENCE,
  );

  it(
    'killed and restarted while it fires: everybody hears both, under one key',
    async () => {
      await chain.command('break', '--what', 'database-down');
      await chain.told(ALERT, 'firing');
      await chain.stopAlertmanager('SIGKILL');
      await chain.startAlertmanager();
      await chain.command('mend', '--what', 'database-down');
      await chain.told(ALERT, 'resolved');
      for (const words of wordsOf(chain.heard(ALERT))) {
        expect(words[0]).toBe('firing');
        expect(words.filter((word) => word === 'resolved')).toHaveLength(1);
        expect(words.at(-1)).toBe('resolved');
      }
      expect(chain.heard(ALERT).keys).toHaveLength(1);
      await over();
    },
    3 * PATIENCE,
  );

  it(
    'killed while it fires and restarted when it is over: everybody hears both, once',
    async () => {
      await chain.command('break', '--what', 'database-down');
      await chain.told(ALERT, 'firing');
      await snapshot();
      await chain.stopAlertmanager('SIGKILL');
      await chain.command('mend', '--what', 'database-down');
      await chain.evaluated(ALERT, false);
      await chain.startAlertmanager();
      await chain.told(ALERT, 'resolved');
      expect(wordsOf(chain.heard(ALERT))).toEqual(new Array(4).fill(['firing', 'resolved']));
      expect(chain.heard(ALERT).keys).toHaveLength(1);
      await over();
    },
    3 * PATIENCE,
  );
});
