import { describe, expect, it } from '@jest/globals';
import { API_PROBE_DURATION } from './catalogue/platform.ts';
import { renderExposition } from './exposition.ts';
import { EXPOSITIONS } from './negotiate.ts';
import { createMetrics } from './registry.ts';

const SPAN = '00f067aa0ba902b7';
const trace = (digit: string) => ({ traceId: digit.repeat(32), spanId: SPAN });

function observed() {
  const metrics = createMetrics({ defaultMetrics: false });
  const cell = metrics.histogram(API_PROBE_DURATION, { endpoint: '/x' });
  const render = async (format: 'text' | 'openmetrics') =>
    renderExposition(EXPOSITIONS[format], await metrics.snapshot());
  return { cell, render };
}

describe('exemplars', () => {
  it('stand behind the bucket that the value falls into, and behind no other line', async () => {
    const { cell, render } = observed();
    cell.observe(0.3);
    cell.observe(60);
    cell.exemplar(0.3, trace('a'));
    cell.exemplar(60, trace('b'));
    const lines = (await render('openmetrics')).split('\n').filter((line) => line.includes(' # '));
    expect(lines).toEqual([
      expect.stringMatching(
        /^\w+_bucket\{le="0\.5",endpoint="\/x"\} 1 # \{trace_id="a{32}",span_id="00f067aa0ba902b7"\} 0\.3 \d+\.\d{3}$/,
      ),
      expect.stringMatching(/^\w+_bucket\{le="\+Inf",endpoint="\/x"\} 2 # \{trace_id="b{32}",.* 60 [\d.]+$/),
    ]);
  });

  it('are the newest of their bucket', async () => {
    const { cell, render } = observed();
    for (const value of [0.3, 0.4]) cell.observe(value);
    cell.exemplar(0.3, trace('a'));
    cell.exemplar(0.4, trace('b'));
    const text = await render('openmetrics');
    expect(text).toContain(`trace_id="${'b'.repeat(32)}"`);
    expect(text).not.toContain(`trace_id="${'a'.repeat(32)}"`);
  });

  it('are not in text 0.0.4, which has no place for them', async () => {
    const { cell, render } = observed();
    cell.observe(0.3);
    const before = await render('text');
    cell.exemplar(0.3, trace('a'));
    expect(await render('text')).toBe(before);
  });

  it('stay below the 128 characters that OpenMetrics allows', async () => {
    const { cell, render } = observed();
    cell.observe(0.3);
    cell.exemplar(0.3, trace('a'));
    const [, labels = ''] = /# \{(.*?)\}/.exec(await render('openmetrics')) ?? [];
    expect(labels.length).toBeGreaterThan(0);
    expect(labels.length).toBeLessThan(128);
  });
});
