import { describe, expect, it } from '@jest/globals';
import { manualClock } from '../../../test/support/clock.ts';
import { recordingTracer } from '../../../test/support/recording-tracer.ts';
import { NO_TRACER, type SpanContext, type Tracer } from '../../trace/tracer.ts';
import { createBatchSpans } from './batch-spans.ts';

const TEMPLATE = 'valtronics/+/telemetry';

const context = (number: number, sampled = true): SpanContext => ({
  ...{ traceId: String(number).padStart(32, '0'), spanId: String(number).padStart(16, '0'), sampled },
});

function setup(tracer: Tracer) {
  const clock = manualClock();
  const batches = createBatchSpans({ tracer, clock, host: 'broker', port: 1883 });
  /** A batch of so many messages, those with these contexts after them. */
  const batch = (messages: number, contexts: readonly SpanContext[] = [], template = TEMPLATE): void =>
    batches.around(() => {
      for (let n = 0; n < messages; n += 1) batches.message(template);
      for (const of of contexts) {
        batches.message(template);
        const topic = template.replace('+', 'VT-1');
        batches.carried(of, { topic, template, deviceId: 'VT-1', at: clock.wall() });
      }
    });
  return { clock, batches, batch };
}

describe('the span of a batch', () => {
  it('says how many messages of which topic came at once, and is the first of its trace', () => {
    const tracer = recordingTracer();
    const { batch } = setup(tracer);
    tracer.span('something else', {}, () => batch(600));
    const span = tracer.only(`process ${TEMPLATE}`);
    expect(span.options).toMatchObject({ kind: 'consumer', parent: 'root', links: [] });
    expect(span.attributes).toEqual({
      'messaging.system': 'mqtt',
      'messaging.operation.name': 'process',
      'messaging.operation.type': 'process',
      'messaging.destination.template': TEMPLATE,
      'messaging.batch.message_count': 600,
      'server.address': 'broker',
      'server.port': 1883,
    });
  });

  it('has no topic when there are several', () => {
    const tracer = recordingTracer();
    const { batches } = setup(tracer);
    batches.around(() => {
      batches.message(TEMPLATE);
      batches.message('valtronics/+/status');
      batches.message(TEMPLATE);
    });
    expect(tracer.only('process').attributes['messaging.destination.template']).toBeUndefined();
  });

  it('is made once in a while only, however much comes', () => {
    const tracer = recordingTracer();
    const { batch, clock } = setup(tracer);
    for (let n = 0; n < 1000; n += 1) {
      batch(5);
      clock.advance(25);
    }
    expect(tracer.spans).toHaveLength(3);
  });

  it('is none without a message', () => {
    const tracer = recordingTracer();
    setup(tracer).batch(0);
    expect(tracer.spans).toEqual([]);
  });

  it('fails with what cannot be read, at once', () => {
    const tracer = recordingTracer();
    const { batch, batches } = setup(tracer);
    batch(1);
    expect(() =>
      batches.around(() => {
        batches.message(TEMPLATE);
        throw new Error('malformed PUBLISH');
      }),
    ).toThrow('malformed PUBLISH');
    expect(tracer.spans.map(({ error }) => error)).toEqual([undefined, 'malformed PUBLISH']);
  });

  it('is none while nothing is traced', () => {
    const { batch, batches } = setup(NO_TRACER);
    batch(3, [context(1)]);
    expect(batches.watched).toBe(false);
  });
});

describe('messages that carry a context', () => {
  it('have a span in their own trace, and one of the batch links to them', () => {
    const tracer = recordingTracer();
    const { batch } = setup(tracer);
    batch(4, [context(7)]);
    const [message, whole] = tracer.named(`process ${TEMPLATE}`);
    expect(message?.context.traceId).toBe(context(7).traceId);
    expect(message?.parent).toBe(context(7).spanId);
    expect(message?.attributes).toMatchObject({
      'messaging.destination.name': 'valtronics/VT-1/telemetry',
      'valtronics.device.id': 'VT-1',
    });
    expect(whole?.options.links).toEqual([context(7)]);
    expect(whole?.attributes['messaging.batch.message_count']).toBe(5);
  });

  it('are left alone when their sender does not keep the trace', () => {
    const tracer = recordingTracer();
    setup(tracer).batch(0, [context(7, false)]);
    expect(tracer.spans.map(({ options }) => options.links)).toEqual([[]]);
  });

  it('have few spans and links in a flood', () => {
    const tracer = recordingTracer();
    const { batch, clock } = setup(tracer);
    const contexts = Array.from({ length: 500 }, (_, n) => context(n + 1));
    for (let n = 0; n < 20; n += 1) {
      batch(0, contexts);
      clock.advance(100);
    }
    const batches = tracer.spans.filter(({ options }) => options.parent === 'root');
    expect(batches.map(({ options }) => options.links?.length)).toEqual([32, 32]);
    expect(tracer.spans.length - batches.length).toBe(20);
  });
});
