import { describe, expect, it } from '@jest/globals';
import { silentLogger } from '../log/logger.ts';
import { systemClock } from '../base/clock.ts';
import { loadSettings } from '../config/load.ts';
import { createMetrics } from '../metrics/registry.ts';
import type { SpanRecord } from '../trace/span-record.ts';
import { NO_TRACER } from '../trace/tracer.ts';
import { createTracing } from './tracing.ts';

function tracingOf(environment: Record<string, string>) {
  const kept: (readonly SpanRecord[])[] = [];
  const ended: SpanRecord[] = [];
  const tracing = createTracing({
    settings: loadSettings(environment).settings,
    serviceName: 'valtronics-exporter',
    version: '1.2.3',
    metrics: createMetrics({ defaultMetrics: false }),
    logger: silentLogger(),
    clock: systemClock,
    sinks: [{ ended: (span) => ended.push(span), kept: (spans) => kept.push(spans) }],
    mask: (text) => text.replaceAll('hunter2', '***'),
  });
  return { tracing, kept, ended };
}

describe('createTracing', () => {
  it('is off by default, and where it is switched off whatever else is set', () => {
    expect(tracingOf({}).tracing.tracer).toBe(NO_TRACER);
    const off = { OTEL_SDK_DISABLED: 'true', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' };
    expect(tracingOf(off).tracing.tracer).toBe(NO_TRACER);
  });

  it('makes spans between its start and its stop', async () => {
    const { tracing, kept } = tracingOf({ VALTRONICS_TRACES_BUFFER: '10' });
    const { tracer } = tracing;
    tracer.start('too early').end();
    await tracing.start();
    await tracer.span('scrape', { attributes: { 'url.full': 'http://u:hunter2@h/' } }, async () => {
      await Promise.resolve();
      tracer.span('collect', { kind: 'client' }, () => undefined);
    });
    await tracing.stop();
    tracer.start('too late').end();
    expect(kept.flat().map(({ name }) => name)).toEqual(['collect', 'scrape']);
    const [child, root] = kept.flat();
    expect(child).toMatchObject({ parentSpanId: root?.spanId, traceId: root?.traceId, kind: 'client' });
    expect(root).toMatchObject({
      service: 'valtronics-exporter',
      attributes: { 'url.full': 'http://u:***@h/' },
    });
  });
});
