/** The collectors' names: contract of `?collect[]=`, of the settings and of label `collector`. */
export const COLLECTOR_NAMES = ['api', 'postgres', 'mqtt', 'broker', 'redis', 'access_log'] as const;
export type CollectorName = (typeof COLLECTOR_NAMES)[number];

/** Who fills a family: one collector, the merged fleet, or the exporter about itself. */
export type FamilyOwner = CollectorName | 'fleet' | 'exporter';

export type FamilyType = 'counter' | 'gauge' | 'histogram' | 'untyped';

/**
 * One metric family as the catalogue defines it: the only place where a name, a help text or a label is
 * written. `cardinality` says in words how many series to expect, for `docs/metrics.md`.
 */
export interface Family<L extends string = string> {
  readonly name: string;
  readonly type: FamilyType;
  readonly help: string;
  readonly labels: readonly L[];
  readonly owner: FamilyOwner;
  readonly cardinality: string;
  /** Upper bounds of a histogram, ascending, in the unit of the name, without +Inf. */
  readonly buckets?: readonly number[];
  /**
   * Counts the platform and not a part of its devices: of the exporters that share a fleet the first alone exposes
   * it, else their sum would count everything as often as there are exporters.
   */
  readonly once?: true;
  /**
   * Is the same in each of several exporters that share an alert store, and is added up: the one that leads them exposes
   * it. So it is with all that counts the platform or is the fleet's.
   */
  readonly alike?: true;
}

export type Labels<L extends string> = Readonly<Record<L, string>>;

/** One sample of a family; for a histogram, `suffix` is `_bucket`, `_sum` or `_count`. */
export interface Sample {
  readonly suffix?: '_bucket' | '_sum' | '_count';
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** Of a bucket: a trace that shows what such a value is made of. */
  readonly exemplar?: Exemplar;
}

/** One observed value with the trace that it comes from (OpenMetrics 1.0). */
export interface Exemplar {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** Seconds since the epoch. */
  readonly timestamp: number;
}

/** A family with its samples of one moment: what an exposition format renders. */
export interface FamilySnapshot {
  readonly name: string;
  readonly type: FamilyType;
  readonly help: string;
  readonly samples: readonly Sample[];
}

/** Defines a family and keeps its label names as types, so that a wrong label does not compile. */
export function family<const L extends string>(definition: Family<L>): Family<L> {
  return definition;
}
