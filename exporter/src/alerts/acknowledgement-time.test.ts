import { expect, it } from '@jest/globals';
import { describeStores } from '../../test/support/alert-stores.ts';
import { alertContent, decision, T0 } from '../../test/support/alerts.ts';
import { createMetrics } from '../metrics/registry.ts';
import { measureAcknowledgements } from './acknowledgement-time.ts';
import { system } from './alert.ts';
import { createAlertStore } from './store/store.ts';

const MINUTE = 60_000;

describeStores((stores) => {
  it('measures when an alert was first taken on, alone or with others, and nothing else', async () => {
    const metrics = createMetrics({ defaultMetrics: false });
    const store = measureAcknowledgements(
      createAlertStore({
        database: stores.open(),
        ...{ externalLabels: [], limits: { entries: 100, age: 3_600_000 }, maxOpen: 100 },
      }),
      metrics,
    );
    const firing = ['A', 'B', 'C'].map((name) => alertContent({ name, severity: 'critical' }));
    const report = { firing, gone: [], comment: '', by: system('test'), now: T0 };
    const { alerts } = await store.report({ source: 'api', ...report });
    const [a = '', b = '', c = ''] = alerts.map(({ fingerprint }) => fingerprint);
    const measured = async (): Promise<unknown> =>
      (await metrics.snapshot()).flatMap(({ samples }) =>
        samples.flatMap(({ suffix, labels, value }) =>
          suffix === '_bucket' ? [] : [[suffix, labels, value]],
        ),
      );

    await store.acknowledge(a, decision(T0 + 5 * MINUTE));
    await store.acknowledge(a, decision(T0 + 6 * MINUTE, 'again'));
    await store.acknowledge(a, decision(T0 + 7 * MINUTE, 'mine', 'bo'), true);
    await store.decide('acknowledged', [a, b, 'unknown'], decision(T0 + 10 * MINUTE), true);
    await store.decide('resolved', [c], decision(T0 + 20 * MINUTE));
    expect(await measured()).toEqual([
      ['_sum', { severity: 'critical' }, 15 * 60],
      ['_count', { severity: 'critical' }, 2],
    ]);
    await store.close();
  });
});
