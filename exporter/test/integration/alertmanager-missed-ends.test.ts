import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { activeAlerts, createMissedEnds } from '../../src/alerts/alertmanager/missed-ends.ts';
import { openDatabase } from '../../src/alerts/store/database.ts';
import { type AlertStore, createAlertStore } from '../../src/alerts/store/store.ts';
import { system } from '../../src/alerts/alert.ts';
import type { Loop } from '../../src/alerts/loop.ts';
import { systemClock } from '../../src/base/clock.ts';
import { silentLogger } from '../../src/log/logger.ts';
import { alertContent } from '../support/alerts.ts';
import { ALERTMANAGER, startQuietAlertmanager } from '../support/alertmanager.ts';
import { describeWith } from '../support/require.ts';
import { freePort, type RunningServer, temporaryFolder, waitFor } from '../support/server.ts';

describeWith([ALERTMANAGER], 'alerts that a real Alertmanager has no more', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let alertmanager: RunningServer;
  let store: AlertStore;
  let looking: Loop;
  let url: string;

  beforeEach(async () => {
    folder = temporaryFolder('missed-ends');
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    alertmanager = await startQuietAlertmanager(folder.path, port);
    store = createAlertStore({
      database: openDatabase({ path: join(folder.path, 'alerts.db'), logger: silentLogger() }),
      externalLabels: ['cluster'],
      limits: { entries: 1000, age: 1e12 },
      maxOpen: 50,
    });
    looking = createMissedEnds({
      ask: (signal) => activeAlerts(url, signal),
      ...{ store, logger: silentLogger(), clock: systemClock, interval: 20, settled: 0 },
    });
  });
  afterEach(async () => {
    await looking.stop();
    await store.close();
    await alertmanager.stop();
    await folder.remove();
  });

  async function post(path: string, body: unknown): Promise<void> {
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch(`${url}/api/v2/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    expect([answer.status, await answer.text()]).toEqual([200, expect.anything()]);
  }
  const states = async (): Promise<string[]> =>
    (await store.list('history', { limit: 10 })).items.map(({ name, state }) => `${name} ${state}`).sort();

  it('are resolved in the store, silenced ones included, and those that it has stay', async () => {
    const contents = ['Silenced', 'Firing'].map((name) => alertContent({ name, source: 'alertmanager' }));
    const startsAt = new Date(Date.now() - 1000).toISOString();
    await post(
      'alerts',
      contents.map(({ labels }) => ({ labels: { ...labels, cluster: 'demo' }, startsAt })),
    );
    const by = system('alertmanager');
    const firing = contents;
    await store.report({ source: 'alertmanager', firing, gone: [], comment: '', by, now: Date.now() });
    await post('silences', {
      matchers: [{ name: 'alertname', value: 'Silenced', isRegex: false, isEqual: true }],
      startsAt,
      endsAt: new Date(Date.now() + 600_000).toISOString(),
      createdBy: 'ana',
      comment: 'being mended',
    });
    const first = await activeAlerts(url, AbortSignal.timeout(10_000));
    expect(first.labels).toHaveLength(2);
    expect(Math.abs(Date.now() - Date.parse(first.startedAt))).toBeLessThan(600_000);
    looking.start();

    const ended = { labels: { ...contents[0]?.labels, cluster: 'demo' }, startsAt, endsAt: startsAt };
    await post('alerts', [ended]);
    await waitFor('its end in the store', async () => (await states()).includes('Silenced resolved'));
    expect(await states()).toEqual(['Firing active', 'Silenced resolved']);
  });

  it('are not taken for over when something else answers', async () => {
    const wrong = new URL(url);
    wrong.pathname = '/nowhere';
    await expect(activeAlerts(wrong.href, AbortSignal.timeout(10_000))).rejects.toThrow('answered 404');
  });
});
