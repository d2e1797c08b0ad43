import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ALERTMANAGER, describeWith, PROMETHEUS } from '../../exporter/test/support/require.ts';
import { waitFor } from '../../exporter/test/support/server.ts';
import { type AlertChain, PATIENCE, startAlertChain, TOKEN } from './support/alert-chain.ts';
import { type StoreApi, storeApi } from './support/store-api.ts';

/** Between two mendings, milliseconds. */
const MEND_AGAIN = 3000;

const ONCE = { webhook: ['firing'], pagerduty: ['firing'], slack: ['firing'], email: ['firing'] };
const FROM_BEGINNING_TO_END = Object.fromEntries(
  Object.keys(ONCE).map((receiver) => [receiver, ['firing', 'resolved']]),
);

/**
 * The simulator breaks, the exporter measures, Prometheus evaluates our rules, Alertmanager routes by our configuration
 * and tells servers that speak what PagerDuty, Slack, a mail server and the store speak.
 */
describeWith([PROMETHEUS, ALERTMANAGER], 'from a broken device to who is told', () => {
  let chain: AlertChain;
  let store: StoreApi;

  beforeAll(async () => {
    chain = await startAlertChain();
    store = storeApi(chain.exporter.url, TOKEN);
  });
  afterAll(() => chain.stop());

  it(
    'groups silent devices into one message, and says when they are back',
    async () => {
      const devices = ['MOCK-1005', 'MOCK-1006', 'MOCK-1007'];
      const about = (status: string) =>
        chain.receivers.chats.some(
          ({ title, text }) =>
            title.startsWith(`[${status}`) &&
            title.includes('Device') &&
            devices.every((device) => text.includes(`device_id=${device}`)),
        );
      await chain.command('break', '--devices', devices.join(','), '--how', 'offline');
      await waitFor('one message names them all', () => about('FIRING'), PATIENCE);
      const rows = async (device: string): Promise<readonly string[]> =>
        (await store.history('DeviceStale'))
          .filter(({ labels }) => labels['device_id'] === device)
          .map(({ state }) => state);
      const everyDevice = async (holds: (states: readonly string[]) => boolean): Promise<boolean> =>
        (await Promise.all(devices.map(rows))).every(holds);
      await waitFor('the store has one open row each', () =>
        everyDevice((states) => states.filter((state) => state === 'active').length === 1),
      );
      // Devices get into trouble by themselves, too: they are mended until all of them were seen well.
      const mended = async (): Promise<boolean> => {
        await chain.command('mend', '--devices', devices.join(','));
        // Who was in trouble twice has two rows, both over.
        return everyDevice((states) => states.every((state) => state === 'resolved'));
      };
      await waitFor('they are resolved in the store', mended, PATIENCE, MEND_AGAIN);
    },
    3 * PATIENCE,
  );

  it(
    'tells everybody once that the database is down, keeps who takes it on, and tells once that it is over',
    async () => {
      await chain.command('break', '--what', 'database-down');
      await chain.told('DatabaseDown', 'firing');
      expect(chain.heard('DatabaseDown')).toMatchObject(ONCE);

      const [alert] = await store.history('DatabaseDown');
      expect(alert).toMatchObject({ state: 'active', source: 'alertmanager', acknowledgement: null });
      const path = `/${alert?.fingerprint ?? ''}`;
      await store.call(`${path}/acknowledge`, { comment: 'power cut, back at three' }, 'ana');
      expect(await store.history('DatabaseDown')).toMatchObject([
        { state: 'acknowledged', acknowledgement: { by: 'ana', comment: 'power cut, back at three' } },
      ]);

      // What follows from it fires, too, and is told nobody beside it.
      const follows = (labels: Readonly<Record<string, string>>): boolean =>
        labels['alertname'] === 'CollectorFailing' && labels['collector'] === 'postgres';
      await waitFor('what follows is inhibited', async () =>
        (await chain.known()).some(({ labels, status }) => follows(labels) && status.state === 'suppressed'),
      );
      expect(chain.receivers.hooks.filter(({ labels }) => follows(labels))).toEqual([]);

      await chain.command('mend', '--what', 'database-down');
      await chain.told('DatabaseDown', 'resolved');
      expect(chain.heard('DatabaseDown')).toMatchObject(FROM_BEGINNING_TO_END);
      expect(chain.heard('DatabaseDown').keys).toHaveLength(1);
      expect(await store.history('DatabaseDown')).toMatchObject([
        { state: 'resolved', resolution: { by: 'alertmanager' }, acknowledgement: { by: 'ana' } },
      ]);
      expect(await store.call(path)).toMatchObject({
        events: [
          { action: 'resolved', by: 'alertmanager' },
          { action: 'acknowledged', by: 'ana', kind: 'grafana' },
          { action: 'raised', by: 'alertmanager' },
        ],
      });
    },
    3 * PATIENCE,
  );

  it('sent nothing that PagerDuty or Slack would refuse', () => {
    expect(chain.receivers.pages.length).toBeGreaterThan(0);
    expect(chain.receivers.refused).toEqual([]);
  });
});
