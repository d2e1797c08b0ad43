import { Counter, Histogram } from './cells.ts';
import type { Family, FamilySnapshot, FamilyType, Labels, Sample } from './family.ts';
import { FamilyMetric, toSnapshot } from './family-metric.ts';
import type { CounterCell, HistogramCell, LabelledValue, Metrics } from './metrics.ts';
import { Registry } from './metrics-library.ts';
import { registerRuntimeMetrics, withoutEmptyLag } from './runtime-metrics.ts';

export interface MetricsOptions {
  /** Whether `process_*` and `nodejs_*` are collected once it is started. */
  readonly defaultMetrics: boolean;
}

/** The registry together with its beginning and its end. */
export interface OwnedMetrics extends Metrics {
  /** What the family shows at this moment; empty when it is absent. */
  samples(family: Family): readonly Sample[];
  /** Begins to watch the runtime, where that is wanted; counting works before. */
  start(): void;
  /** Ends the runtime's monitors. Counting and snapshots go on working. */
  stop(): void;
}

/** What a family shows: its cells by label values or, once published, the samples that replace them. */
interface FamilyState {
  readonly cells: Map<string, Counter | Histogram>;
  published: readonly Sample[] | undefined;
}

/** A text that differs when any label value differs, whatever the values contain. */
function seriesKey<L extends string>(family: Family<L>, labels: Labels<L>): string {
  let key = '';
  for (const name of family.labels) key += `${labels[name].length}:${labels[name]}`;
  return key;
}

/** The labels in the family's order, as a copy that the caller cannot change. */
function orderedLabels<L extends string>(family: Family<L>, labels: Labels<L>): Labels<string> {
  return Object.fromEntries(family.labels.map((name): [string, string] => [name, labels[name]]));
}

function currentSamples(state: FamilyState): readonly Sample[] {
  return state.published ?? [...state.cells.values()].flatMap((cell) => cell.samples());
}

function requireType(family: Family, allowed: readonly FamilyType[], use: string): void {
  if (allowed.includes(family.type)) return;
  throw new TypeError(`${family.name} is a ${family.type} and cannot be ${use}`);
}

/**
 * Makes the registry of the low-cardinality families. Its methods throw a TypeError when a family is used
 * against its type, and an Error when two families share a name: faults of the program, not of its input.
 */
export function createMetrics(options: MetricsOptions): OwnedMetrics {
  const registry = new Registry();
  const states = new Map<Family, FamilyState>();
  const types = new Map<string, FamilyType>();
  let endMonitors: (() => void) | undefined;

  const stateOf = (family: Family): FamilyState => {
    const known = states.get(family);
    if (known !== undefined) return known;
    const state: FamilyState = { cells: new Map(), published: undefined };
    registry.registerMetric(new FamilyMetric(family, () => currentSamples(state)));
    states.set(family, state);
    types.set(family.name, family.type);
    return state;
  };

  /** Published samples and cells of one family would hide each other. */
  const requireUnpublished = (family: Family, state: FamilyState): void => {
    if (state.published !== undefined)
      throw new TypeError(`${family.name} is published and cannot be counted`);
  };

  const counter = <L extends string>(family: Family<L>, labels: Labels<L>): CounterCell => {
    const state = stateOf(family);
    const key = seriesKey(family, labels);
    const known = state.cells.get(key);
    if (known instanceof Counter) return known;
    requireType(family, ['counter'], 'counted');
    requireUnpublished(family, state);
    const cell = new Counter(orderedLabels(family, labels));
    state.cells.set(key, cell);
    return cell;
  };

  const histogram = <L extends string>(family: Family<L>, labels: Labels<L>): HistogramCell => {
    const { cells } = stateOf(family);
    const key = seriesKey(family, labels);
    const known = cells.get(key);
    if (known instanceof Histogram) return known;
    requireType(family, ['histogram'], 'observed');
    const cell = new Histogram(orderedLabels(family, labels), family.buckets ?? []);
    cells.set(key, cell);
    return cell;
  };

  const publish = <L extends string>(family: Family<L>, samples: readonly LabelledValue<L>[]): void => {
    requireType(family, ['gauge', 'untyped', 'counter'], 'published');
    const state = stateOf(family);
    if (state.cells.size > 0) throw new TypeError(`${family.name} is counted here and cannot be published`);
    const unique = new Map<string, Sample>();
    for (const { labels, value } of samples) {
      unique.set(seriesKey(family, labels), { labels: orderedLabels(family, labels), value });
    }
    state.published = [...unique.values()];
  };

  const withdraw = (family: Family): void => {
    const state = states.get(family);
    if (state !== undefined) state.published = undefined;
  };

  const samples = (family: Family): readonly Sample[] => {
    const state = states.get(family);
    return state === undefined ? [] : currentSamples(state);
  };

  const snapshot = async (): Promise<readonly FamilySnapshot[]> => {
    const metrics = await registry.getMetricsAsJSON();
    const families = metrics.map((metric) => toSnapshot(metric, types.get(metric.name)));
    return withoutEmptyLag(families)
      .filter(({ samples }) => samples.length > 0)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  };

  return {
    ...{ counter, histogram, publish, withdraw, samples, snapshot },
    start: () => {
      if (options.defaultMetrics) endMonitors ??= registerRuntimeMetrics(registry);
    },
    stop: () => endMonitors?.(),
  };
}
