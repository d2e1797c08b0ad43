import { type Labels, labelsFrom } from '../../src/index.ts';
import type { InputSample, InputSeries } from '../../../exporter/test/support/input-series.ts';

/** Milliseconds between samples. */
export const STEP = 15_000;
/** First and last sample: two hours of 2026-01-01. */
export const FROM = Date.UTC(2026, 0, 1);
export const TO = FROM + 7_200_000;

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function samplesOf(
  random: () => number,
  next: (before: number | undefined) => number,
): readonly InputSample[] {
  const samples: InputSample[] = [];
  let before: number | undefined;
  let gap = 0;
  for (let time = FROM; time <= TO; time += STEP) {
    before = next(before);
    if (gap === 0 && random() < 0.01) gap = 1 + Math.floor(random() * 40);
    if (gap > 0) gap -= 1;
    // Scrapes come a little late.
    else samples.push({ time: time + Math.floor(random() * 200), value: before, ends: false });
  }
  return samples;
}

/** Rises, and begins again now and then. */
export function counter(random: () => number, metric: string, labels: Labels, pace = 10): InputSeries {
  const next = (before = 0): number =>
    random() < 0.01 ? random() * 3 : before + Math.floor(random() * pace);
  return { metric, labels, samples: samplesOf(random, next) };
}

/** Wanders. */
export function gauge(random: () => number, metric: string, labels: Labels): InputSeries {
  const next = (before = 20): number => before + random() * 4 - 2;
  return { metric, labels, samples: samplesOf(random, next) };
}

/** Changes between a few values. */
export function states(
  random: () => number,
  metric: string,
  labels: Labels,
  values: readonly number[],
): InputSeries {
  const choose = (): number => values[Math.floor(random() * values.length)] ?? NaN;
  const next = (before?: number): number => (before === undefined || random() < 0.1 ? choose() : before);
  return { metric, labels, samples: samplesOf(random, next) };
}

/** Buckets of one histogram, counting together. */
function buckets(random: () => number, metric: string, labels: Record<string, string>): InputSeries[] {
  const bounds = ['0.1', '0.5', '1', '5', '+Inf'];
  const whole = counter(random, metric, labelsFrom(Object.entries({ ...labels, le: '+Inf' })));
  return bounds.map((le, index) => ({
    metric,
    labels: labelsFrom(Object.entries({ ...labels, le })),
    samples: whole.samples.map((sample) => ({
      ...sample,
      value: Math.floor((sample.value * (index + 1)) / bounds.length),
    })),
  }));
}

/** Series to try functions and operators on. */
export function trialSeries(): readonly InputSeries[] {
  const random = seededRandom(42);
  const jobs = ['api', 'web'];
  return [
    ...jobs.flatMap((job) =>
      ['a:1', 'b:2'].flatMap((instance) =>
        ['200', '404', '500'].map((code) => counter(random, 'requests_total', { code, instance, job })),
      ),
    ),
    ...['d1', 'd2', 'd3', 'd4'].map((device, index) =>
      gauge(random, 'temperature', {
        device,
        job: jobs[index % 2] ?? '',
        type: index < 3 ? 'sensor' : 'meter',
      }),
    ),
    ...['d1', 'd2', 'd3'].map((device) => states(random, 'status', { device }, [0, 1, 2])),
    ...jobs.map((job) => gauge(random, 'limit', { job })),
    ...jobs.map((job) => states(random, 'odd', { job }, [NaN, Infinity, -Infinity, -1, 0, 1e-9, 1e12])),
    ...jobs.flatMap((job) => buckets(random, 'latency_bucket', { job })),
  ];
}
