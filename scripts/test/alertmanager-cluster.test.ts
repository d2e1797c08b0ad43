import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { valueOf } from '../../exporter/test/support/exporter.ts';
import { ALERTMANAGER, describeWith } from '../../exporter/test/support/require.ts';
import { freePort, waitFor } from '../../exporter/test/support/server.ts';
import { chainAlertmanager } from './support/alert-chain.ts';
import {
  type AlertmanagerProcess,
  type PostedAlert,
  startAlertmanagerProcess,
} from './support/alertmanager-process.ts';
import { startMailReceiver } from './support/loopback-receivers.ts';
import { type PagingReceivers, startPagingReceivers } from './support/paging-receivers.ts';

const alert = (name: string, changes: Partial<PostedAlert> = {}): PostedAlert => ({
  labels: { alertname: name, severity: 'critical', service: 'database', cluster: 'two' },
  annotations: { summary: `${name} happened` },
  startsAt: new Date().toISOString(),
  ...changes,
});

/** Two Alertmanagers with our configuration that know of each other, told everything twice as Prometheus does. */
describeWith([ALERTMANAGER], 'a cluster of two Alertmanagers', () => {
  const undo: (() => Promise<unknown>)[] = [];
  let receivers: PagingReceivers;
  let first: AlertmanagerProcess;
  let second: AlertmanagerProcess;

  beforeAll(async () => {
    // The store is not part of this: its webhook is answered 502 and tried again.
    receivers = await startPagingReceivers(() => 'http://127.0.0.1:1');
    undo.push(receivers.stop);
    const mail = await startMailReceiver();
    undo.push(mail.stop);
    const { configFile, path, remove } = chainAlertmanager(receivers.base, mail.port);
    undo.push(remove);
    const ports = [await freePort(), await freePort()];
    const start = async (name: string, own = 0, peer = 0): Promise<AlertmanagerProcess> => {
      const member = await startAlertmanagerProcess({
        configFile,
        storage: join(path, name),
        port: await freePort(),
        cluster: [
          `--cluster.listen-address=127.0.0.1:${own}`,
          `--cluster.peer=127.0.0.1:${peer}`,
          '--cluster.settle-timeout=5s',
          // How long the second waits for the first to have told: a pause of the machine is no reason to tell twice.
          '--cluster.peer-timeout=30s',
        ],
      });
      undo.push(() => member.stop());
      return member;
    };
    first = await start('first', ports[0], ports[1]);
    second = await start('second', ports[1], ports[0]);
    const members = async (member: AlertmanagerProcess): Promise<number | undefined> =>
      valueOf(await member.metrics(), 'alertmanager_cluster_members');
    await waitFor(
      'they know of each other',
      async () => (await members(first)) === 2 && (await members(second)) === 2,
    );
  });
  afterAll(async () => {
    for (const step of undo.toReversed()) await step();
  });

  const pages = (name: string): string[] => {
    const keys = receivers.pages.filter(({ summary }) => summary.includes(name)).map(({ key }) => key);
    return receivers.pages.filter(({ key }) => keys.includes(key)).map(({ action }) => action);
  };
  const paged = (name: string, count: number): Promise<void> =>
    waitFor(`${count} pages of ${name}`, () => pages(name).length >= count);

  it('pages once, also when one of them leaves and the other takes over, and closes the page once', async () => {
    const broken = alert('DatabaseDown');
    await Promise.all([first.post(broken), second.post(broken)]);
    await paged('DatabaseDown', 1);

    // A receiver has heard before the one that told it notes that and says so to the other: e-mail, PagerDuty and Slack.
    const learnt = async (member: AlertmanagerProcess): Promise<number> =>
      valueOf(await member.metrics(), 'alertmanager_nflog_gossip_messages_propagated_total') ?? 0;
    await waitFor('both know who was told', async () => (await learnt(first)) + (await learnt(second)) >= 3);
    await first.stop();
    // The other looks at all of its groups every second; several alerts later it has looked at the first one, too.
    for (const name of ['AloneA', 'AloneB', 'AloneC']) {
      await second.post(alert(name));
      await paged(name, 1);
    }
    expect(pages('DatabaseDown')).toEqual(['trigger']);

    await second.post({ ...broken, endsAt: new Date().toISOString() });
    await paged('DatabaseDown', 2);
    expect(pages('DatabaseDown')).toEqual(['trigger', 'resolve']);
    expect(new Set(receivers.pages.map(({ key }) => key)).size).toBe(4);
  }, 300_000);
});
