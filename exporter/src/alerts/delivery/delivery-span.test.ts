import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { describeStores } from '../../../test/support/alert-stores.ts';
import { alertContent, T0 } from '../../../test/support/alerts.ts';
import { recordingTracer, type RecordingTracer } from '../../../test/support/recording-tracer.ts';
import { waitFor } from '../../../test/support/server.ts';
import { silentLogger } from '../../log/logger.ts';
import { system } from '../alert.ts';
import { DeliveryError, type Receiver } from '../receivers/receiver.ts';
import { createAlertStore } from '../store/store.ts';
import { createDeliveries } from './delivery.ts';

describeStores((stores) => {
  const stop: (() => Promise<void>)[] = [];
  beforeEach(() => {});
  afterEach(async () => {
    for (const end of stop.splice(0)) await end();
  });

  /** A store with one receiver, on the file of the test. */
  function open(tracer: RecordingTracer, send: Receiver['send'], batch = 10) {
    const logger = silentLogger();
    const database = stores.open(logger);
    const receiver: Receiver = { name: 'email to a@example.org', integration: 'email', batch, send };
    const deliveries = createDeliveries({
      ...{
        database,
        receivers: [receiver],
        coverage: () => Promise.resolve(() => false),
        logger,
        tracer,
        random: () => 1,
      },
      clock: { wall: () => T0, monotonic: () => T0 },
    });
    const store = createAlertStore({
      ...{ database, externalLabels: [], limits: { entries: 100, age: 1e12 }, maxOpen: 50, tracer },
      onChange: deliveries.outbox.enqueue,
    });
    stop.push(async () => {
      await deliveries.stop();
      await store.close();
    });
    const raise = (...names: readonly string[]): Promise<unknown> =>
      store.report({
        ...{ source: 'api', gone: [], comment: '', by: system('api'), now: T0 },
        firing: names.map((name) => alertContent({ name, labels: { device_id: 'VT-1' } })),
      });
    return { raise, deliveries };
  }

  const takes: Receiver['send'] = () => Promise.resolve('250');

  describe('the span of a sending', () => {
    it('is a trace of its own that links to what raised the alerts, also after a restart', async () => {
      const before = recordingTracer();
      const { raise } = open(before, takes);
      await before.span('collect api', {}, () => raise('Hot', 'Cold'));
      await before.span('collect api again', {}, () => raise('Dry'));
      for (const end of stop.splice(0)) await end();
      const after = recordingTracer();
      const { deliveries } = open(after, takes);
      deliveries.start();
      await waitFor('the sending', () => after.spans.some(({ ended }) => ended));
      const span = after.only('deliver email');
      expect(span.parent).toBeUndefined();
      expect(span.options.kind).toBe('client');
      expect(span.options.links).toEqual(before.named('store alerts').map(({ context }) => context));
      expect(span.attributes).toMatchObject({
        'peer.service': 'email',
        'valtronics.notices': 3,
        'valtronics.alerts': ['Hot', 'Cold', 'Dry'],
        'valtronics.device.id': 'VT-1',
      });
      expect(JSON.stringify(span)).not.toContain('a@example.org');
    });

    it('fails with what the receiver said', async () => {
      const tracer = recordingTracer();
      const { raise, deliveries } = open(tracer, () =>
        Promise.reject(new DeliveryError('mail answered 451')),
      );
      await raise('Hot');
      deliveries.start();
      await waitFor('the sending', () => tracer.named('deliver email').some(({ ended }) => ended));
      expect(tracer.only('deliver email').error).toBe('mail answered 451');
      expect(tracer.only('store alerts').attributes).toEqual({
        ...{ 'valtronics.alerts.source': 'api', 'valtronics.alerts.firing': 1, 'valtronics.alerts.gone': 0 },
      });
    });

    it('ends with the exporter when the receiver hangs', async () => {
      const tracer = recordingTracer();
      const { raise, deliveries } = open(
        tracer,
        (_notices, signal) =>
          new Promise((_resolve, reject) =>
            signal.addEventListener('abort', () => reject(new DeliveryError('aborted'))),
          ),
      );
      await raise('Hot');
      deliveries.start();
      await waitFor('the sending', () => tracer.named('deliver email').length > 0);
      for (const end of stop.splice(0)) await end();
      expect(tracer.only('deliver email').error).toBe('aborted');
    });
  });
});
