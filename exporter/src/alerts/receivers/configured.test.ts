import { expect, it } from '@jest/globals';
import { createMetrics } from '../../metrics/registry.ts';
import { counted } from './configured.ts';
import { DeliveryError, type Receiver } from './receiver.ts';

it('counts sendings and failures from 0 on, and changes nothing of what the receiver says', async () => {
  const metrics = createMetrics({ defaultMetrics: false });
  let answer: () => Promise<string> = () => Promise.resolve('202');
  const receiver: Receiver = {
    name: 'slack',
    integration: 'slack',
    batch: 7,
    repeat: 60_000,
    send: () => answer(),
  };
  const watched = counted(receiver, metrics);
  const values = async (): Promise<unknown> =>
    Object.fromEntries((await metrics.snapshot()).map(({ name, samples }) => [name, samples]));
  const series = (total: number, failed: number): unknown => ({
    valtronics_alert_notifications_total: [{ labels: { integration: 'slack' }, value: total }],
    valtronics_alert_notifications_failed_total: [{ labels: { integration: 'slack' }, value: failed }],
  });
  const { signal } = new AbortController();

  expect(watched).toMatchObject({ name: 'slack', batch: 7, repeat: 60_000 });
  expect(await values()).toEqual(series(0, 0));
  expect(await watched.send([], signal)).toBe('202');
  expect(await values()).toEqual(series(1, 0));
  answer = () => Promise.reject(new DeliveryError('no such channel', { permanent: true }));
  await expect(watched.send([], signal)).rejects.toThrow('no such channel');
  expect(await values()).toEqual(series(2, 1));
  metrics.stop();
});
