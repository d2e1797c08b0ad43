/** The series of one look at the metrics. */
export interface Samples {
  /** Values of the family's series whose labels, as they are written, have that text in them. */
  of(family: string, labels?: string): readonly number[];
  /** Their sum, 0 when there is none. */
  sum(family: string, labels?: string): number;
  /** The one value, undefined when there is none. */
  value(family: string, labels?: string): number | undefined;
  /** All series of the families, for what looks at each. */
  each(): Iterable<readonly [series: string, value: number]>;
}

const LINE = /^([a-zA-Z_:][\w:]*)(\{.*\})? (\S+)$/;

interface Sample {
  readonly labels: string;
  readonly value: number;
}

function samplesFrom(families: ReadonlyMap<string, readonly Sample[]>): Samples {
  const of = (family: string, labels = ''): readonly number[] =>
    (families.get(family) ?? []).filter((sample) => sample.labels.includes(labels)).map(({ value }) => value);
  return {
    of,
    sum: (family, labels) => of(family, labels).reduce((sum, value) => sum + value, 0),
    value: (family, labels) => of(family, labels)[0],
    *each() {
      for (const [family, list] of families)
        for (const { labels, value } of list) yield [`${family}${labels}`, value];
    },
  };
}

/** Reads exposition text; later texts add their families to those of the earlier. */
export function parseSamples(...texts: readonly string[]): Samples {
  const families = new Map<string, Sample[]>();
  for (const line of texts.join('\n').split('\n')) {
    const [, family, labels = '', value] = LINE.exec(line) ?? [];
    if (family === undefined) continue;
    const list = families.get(family) ?? [];
    list.push({ labels, value: Number(value) });
    families.set(family, list);
  }
  return samplesFrom(families);
}

/** No look yet. */
export const NO_SAMPLES: Samples = samplesFrom(new Map());
