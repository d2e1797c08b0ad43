import fc from 'fast-check';
import { Counter, Gauge, Histogram, Registry, type RegistryContentType } from 'prom-client';
import type { Family, FamilyType } from '../../src/metrics/family.ts';
import type { Metrics } from '../../src/metrics/metrics.ts';
import { EXPOSITIONS, type ExpositionFormat } from '../../src/metrics/negotiate.ts';

/** What happened to one series: increments, observations, or one value. */
interface RecordedSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly values: readonly number[];
}

/** A family with what happened to it, to be played into two registries. */
export interface RecordedFamily {
  readonly family: Family;
  readonly series: readonly RecordedSeries[];
}

/** Label values that break careless renderers. */
export const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom(
    '',
    '"',
    '\\',
    '\n',
    '\\n',
    '\\"',
    '} 1\n',
    '\r\n',
    '\0',
    '🌡️',
    '\u202Eابجد',
    '\ud800',
    'NaN',
    ' ',
  ),
);

/** Sample values that break careless formatters. */
export const anyValue = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.integer({ min: -1e9, max: 1e9 }).map((hundredths) => hundredths / 100),
  fc.integer({ min: 0, max: 4e12 }).map((milliseconds) => milliseconds / 1000),
  fc.constantFrom(
    NaN,
    Infinity,
    -Infinity,
    -0,
    1e21,
    1e-7,
    5e-324,
    2 ** 31,
    2 ** 53,
    0.1 + 0.2,
    1.7976931348623157e308,
  ),
);

const LABELS = ['kind', 'b_2', 'Zed'] as const;
/** Not -1: prom-client takes that bound for "no bucket". */
const BUCKETS = [-2.5, 0.25, 1, 2.5, 1e6];
const NEVER_NEGATIVE = fc.oneof(fc.double({ min: 0, max: 1e300, noNaN: true }), fc.nat());
const FINITE = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.constantFrom(...BUCKETS),
);

function valuesOf(type: FamilyType): fc.Arbitrary<readonly number[]> {
  if (type === 'counter') return fc.array(NEVER_NEGATIVE, { minLength: 1, maxLength: 3 });
  if (type === 'histogram') return fc.array(FINITE, { minLength: 1, maxLength: 5 });
  return fc.tuple(anyValue);
}

function seriesOf(type: FamilyType, labelNames: readonly string[]): fc.Arbitrary<readonly RecordedSeries[]> {
  const labels = fc
    .tuple(...labelNames.map(() => hostileText))
    .map((texts) => Object.fromEntries(labelNames.map((name, index) => [name, texts[index] ?? ''])));
  return fc.uniqueArray(fc.record({ labels, values: valuesOf(type) }), {
    minLength: 1,
    maxLength: 5,
    selector: (series) => JSON.stringify(series.labels),
  });
}

const recordedFamily = fc
  .record({
    type: fc.constantFrom<FamilyType>('counter', 'gauge', 'histogram', 'untyped'),
    labels: fc.subarray([...LABELS]),
    help: fc.string({ unit: 'grapheme', minLength: 1 }),
    totalSuffix: fc.boolean(),
  })
  .chain(({ type, labels, help, totalSuffix }) =>
    seriesOf(type, labels).map((series) => ({ type, labels, help, totalSuffix, series })),
  );

/** Up to six families, sorted by name as the registry gives them. */
export const recordedFamilies: fc.Arbitrary<readonly RecordedFamily[]> = fc
  .array(recordedFamily, { minLength: 1, maxLength: 6 })
  .map((drafts) =>
    drafts.map(({ type, labels, help, totalSuffix, series }, index) => ({
      family: {
        name: `family_${index}${type === 'counter' && totalSuffix ? '_total' : ''}`,
        type,
        help,
        labels,
        owner: 'exporter',
        cardinality: 'of the test',
        buckets: BUCKETS,
      },
      series,
    })),
  );

/** Plays the record into our registry. */
export function playInto(metrics: Metrics, record: readonly RecordedFamily[]): void {
  for (const { family, series } of record) {
    if (family.type === 'counter') {
      for (const { labels, values } of series)
        for (const value of values) metrics.counter(family, labels).inc(value);
    } else if (family.type === 'histogram') {
      for (const { labels, values } of series)
        for (const value of values) metrics.histogram(family, labels).observe(value);
    } else {
      metrics.publish(
        family,
        series.map(({ labels, values }) => ({ labels, value: values[0] ?? NaN })),
      );
    }
  }
}

function playIntoLibrary(registry: Registry<RegistryContentType>, { family, series }: RecordedFamily): void {
  const { name, help, labels: labelNames, buckets = [] } = family;
  const base = { name, help, labelNames, registers: [] };
  if (family.type === 'counter') {
    const counter = new Counter(base);
    for (const { labels, values } of series) for (const value of values) counter.inc(labels, value);
    registry.registerMetric(counter);
  } else if (family.type === 'histogram') {
    const histogram = new Histogram({ ...base, buckets: [...buckets] });
    for (const { labels, values } of series) for (const value of values) histogram.observe(labels, value);
    registry.registerMetric(histogram);
  } else {
    const gauge = new Gauge(base);
    for (const { labels, values } of series) gauge.set(labels, values[0] ?? NaN);
    registry.registerMetric(gauge);
  }
}

/** What prom-client itself writes for the record; it knows no untyped families, so their TYPE line is put right. */
export async function libraryText(
  record: readonly RecordedFamily[],
  format: ExpositionFormat,
): Promise<string> {
  const contentType =
    format === 'text' ? Registry.PROMETHEUS_CONTENT_TYPE : Registry.OPENMETRICS_CONTENT_TYPE;
  const registry = new Registry<RegistryContentType>();
  registry.setContentType(contentType);
  for (const family of record) playIntoLibrary(registry, family);
  const untyped = record.filter(({ family }) => family.type === 'untyped').map(({ family }) => family.name);
  return untyped.reduce(
    (text, name) =>
      text.replace(`# TYPE ${name} gauge`, `# TYPE ${name} ${EXPOSITIONS[format].typeName('untyped')}`),
    await registry.metrics(),
  );
}
