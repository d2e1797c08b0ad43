import { describe, expect, it } from '@jest/globals';
import { recordingTracer } from '../../test/support/recording-tracer.ts';
import { fails, fake, hangs, setup, works } from '../../test/support/runner.ts';

describe('the spans of attempts', () => {
  it('say which collector, where, and how it failed', async () => {
    const tracer = recordingTracer();
    const { runner } = setup([works(), fails()], 40, tracer);
    await runner.start();
    expect(tracer.spans.map(({ name, attributes, error }) => [name, attributes, error])).toEqual([
      [
        'collect api',
        { 'valtronics.collector': 'api', 'valtronics.collector.target': 'api://test' },
        undefined,
      ],
      [
        'collect postgres',
        { 'valtronics.collector': 'postgres', 'valtronics.collector.target': 'postgres://test' },
        'connection refused 127.0.0.1:5432',
      ],
    ]);
  });

  it('belong to who began the attempt, not to who joined it', async () => {
    const tracer = recordingTracer();
    const release = Promise.withResolvers<undefined>();
    const { runner } = setup([fake('api', () => release.promise)], 1000, tracer);
    const first = tracer.span('first', {}, () => runner.collect(5));
    const second = tracer.span('second', {}, () => runner.collect(5));
    await Promise.all([first, second]);
    const attempt = tracer.only('collect api');
    expect(attempt.parent).toBe(tracer.only('first').context.spanId);
    expect(attempt.ended).toBe(false);
    release.resolve(undefined);
    await runner.stop();
    expect(attempt.ended).toBe(true);
  });

  it('are none when everything is fresh', async () => {
    const tracer = recordingTracer();
    const { runner } = setup([works()], 40, tracer);
    await runner.start();
    await runner.collect(1000);
    expect(tracer.spans).toHaveLength(1);
  });

  it('end with the deadline of an attempt, and with the exporter', async () => {
    const tracer = recordingTracer();
    const { runner, advance } = setup([hangs()], 40, tracer);
    await runner.start();
    expect(tracer.only('collect redis').error).toBe('no answer from redis://test within 40 ms');
    advance(5000);
    const collecting = runner.collect(10_000);
    await runner.stop();
    await collecting;
    expect(tracer.named('collect redis').map(({ ended }) => ended)).toEqual([true, true]);
  });

  it('hold nothing of what a collector begins to live on', async () => {
    const tracer = recordingTracer();
    let activeAtStart: unknown = 'not asked';
    const collector = {
      ...works(),
      start: () => {
        activeAtStart = tracer.active();
        return Promise.resolve();
      },
    };
    await setup([collector], 40, tracer).runner.start();
    expect(activeAtStart).toBeUndefined();
  });
});
