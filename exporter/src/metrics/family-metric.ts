import type { Family, FamilySnapshot, FamilyType, Sample } from './family.ts';
import { Gauge, type Registry } from './metrics-library.ts';

type LibraryMetric = Awaited<ReturnType<Registry['getMetricsAsJSON']>>[number];
type LibraryValue = LibraryMetric['values'][number] & {
  readonly metricName?: string;
  /** What a family's own value was made of: it need not be made again. */
  readonly sample?: Sample;
};

const TYPES = ['counter', 'gauge', 'histogram', 'untyped'] as const satisfies readonly FamilyType[];
const SUFFIXES = ['_bucket', '_sum', '_count'] as const;

/**
 * The library's metric of a family whose values are kept by somebody else and read the moment the registry
 * asks. It is a gauge to the library, whatever it is to us: the only one that takes any values.
 */
export class FamilyMetric extends Gauge {
  readonly #name: string;
  readonly #read: () => readonly Sample[];

  /** `read` is called once a snapshot. Throws when a name is not one that Prometheus allows. */
  constructor(family: Family, read: () => readonly Sample[]) {
    super({ name: family.name, help: family.help, labelNames: family.labels, registers: [] });
    this.#name = family.name;
    this.#read = read;
  }

  override get(): ReturnType<Gauge['get']> {
    const values = this.#read().map((sample): LibraryValue => {
      const { suffix, labels, value } = sample;
      return suffix === undefined
        ? { labels, value, sample }
        : { labels, value, metricName: this.#name + suffix, sample };
    });
    return super.get().then((metric) => ({ ...metric, values }));
  }
}

function toSample(family: string, { labels, value, metricName, sample }: LibraryValue): Sample {
  if (sample !== undefined) return sample;
  const suffix = SUFFIXES.find((candidate) => metricName === family + candidate);
  const texts = Object.entries(labels).map(([name, text]): [string, string] => [name, String(text)]);
  return {
    labels: Object.fromEntries(texts),
    value,
    ...(suffix && { suffix }),
  };
}

/** A metric as the library gives it, under the family's own type where the library does not know it. */
export function toSnapshot(metric: LibraryMetric, ownType: FamilyType | undefined): FamilySnapshot {
  const { name, help, values } = metric;
  const type = ownType ?? TYPES.find((candidate) => candidate === String(metric.type)) ?? 'untyped';
  return { name, help, type, samples: values.map((value) => toSample(name, value)) };
}
