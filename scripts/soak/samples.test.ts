import { describe, expect, it } from '@jest/globals';
import { NO_SAMPLES, parseSamples } from './samples.ts';
import { isZero, rises } from './sign.ts';

const text = `# HELP up whether
up{job="a"} 1
up{job="b"} 0
lag_seconds 0.25
words{text="{a} b"} 3
`;

describe('samples', () => {
  it('are read by family and label', () => {
    const samples = parseSamples(text, 'more 7');
    expect(samples.of('up')).toEqual([1, 0]);
    expect(samples.value('up', 'job="b"')).toBe(0);
    expect(samples.sum('up')).toBe(1);
    expect(samples.value('words', '{a}')).toBe(3);
    expect(samples.value('more')).toBe(7);
    expect(samples.value('absent')).toBeUndefined();
    expect(samples.sum('absent')).toBe(0);
    expect([...samples.each()]).toContainEqual(['up{job="b"}', 0]);
  });

  it('show a fault by a zero or by a rise', () => {
    const down = isZero('up', 'job="a"');
    expect(down.shows(parseSamples(text), NO_SAMPLES)).toBe(false);
    expect(down.shows(parseSamples('up{job="a"} 0'), NO_SAMPLES)).toBe(true);
    expect(down.shows(NO_SAMPLES, NO_SAMPLES)).toBe(false);
    expect(down.words).toBe('up{job="a"} is 0');
    const failures = rises('failed_total');
    expect(failures.shows(parseSamples('failed_total 2'), parseSamples('failed_total 2'))).toBe(false);
    expect(failures.shows(parseSamples('failed_total{a="1"} 1'), NO_SAMPLES)).toBe(true);
  });
});
