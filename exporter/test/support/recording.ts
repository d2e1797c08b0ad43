import type { AlertGroup, AlertRowsInput } from '../../src/platform-alerts/alert-rows.ts';
import type { FleetInput, InventoryRow, InventorySource } from '../../src/fleet/fleet.ts';
import type { Logger } from '../../src/log/logger.ts';
import type { Family, Labels } from '../../src/metrics/family.ts';
import type { CounterCell, LabelledValue, Metrics } from '../../src/metrics/metrics.ts';

/** A fleet that remembers what collectors told it. */
export interface RecordingFleet extends FleetInput {
  readonly inventories: { source: InventorySource; rows: readonly InventoryRow[] }[];
  readonly withdrawn: InventorySource[];
  /** Points by `type metric`. */
  readonly points: Map<string, number>;
  /** Newest values by `id metric`. */
  readonly values: Map<string, { unit: string; value: number; at: number }>;
}

export function recordingFleet(): RecordingFleet {
  const points = new Map<string, number>();
  const values: RecordingFleet['values'] = new Map();
  const inventories: RecordingFleet['inventories'] = [];
  const withdrawn: InventorySource[] = [];
  const unexpected = (): never => {
    throw new Error('only the MQTT collector calls this');
  };
  return {
    inventories,
    withdrawn,
    points,
    values,
    applyInventory: (source, rows) => void inventories.push({ source, rows }),
    withdrawInventory: (source) => void withdrawn.push(source),
    mqttAvailable: unexpected,
    heard: unexpected,
    report: unexpected,
    retainedReport: unexpected,
    point: unexpected,
    value: (id, metric, unit, value, at) => void values.set(`${id} ${metric}`, { unit, value, at }),
    storedPoints: (type, metric, count) => {
      const key = `${type} ${metric}`;
      points.set(key, (points.get(key) ?? 0) + count);
    },
  };
}

/** Alert rows that remember: groups by `severity type`. */
export interface RecordingAlertRows extends AlertRowsInput {
  active: Record<string, number> | undefined;
  readonly raisedRows: Record<string, number>;
}

const byKey = (groups: readonly AlertGroup[]): Record<string, number> =>
  Object.fromEntries(groups.map((group) => [`${group.severity} ${group.alertType}`, group.count]));

export function recordingAlertRows(): RecordingAlertRows {
  const raisedRows: Record<string, number> = {};
  const recording: RecordingAlertRows = {
    active: undefined,
    raisedRows,
    applyActive: (_source, groups) => (recording.active = byKey(groups)),
    raised: (_source, groups) => {
      for (const [key, count] of Object.entries(byKey(groups)))
        raisedRows[key] = (raisedRows[key] ?? 0) + count;
    },
    withdraw: () => (recording.active = undefined),
  };
  return recording;
}

const seriesKey = (family: Family, labels: object): string =>
  [family.name, ...Object.values(labels).map(String)].join(' ');

/** Metrics by `name label label`; a published family without samples is known by its name. */
export interface RecordingMetrics extends Metrics {
  readonly published: ReadonlyMap<string, readonly LabelledValue<string>[]>;
  readonly counters: ReadonlyMap<string, number>;
  readonly observations: ReadonlyMap<string, readonly number[]>;
  /** The published value, or undefined. */
  gauge(family: Family, ...labels: readonly string[]): number | undefined;
}

export function recordingMetrics(): RecordingMetrics {
  const published = new Map<string, readonly LabelledValue<string>[]>();
  const counters = new Map<string, number>();
  const observations = new Map<string, number[]>();
  return {
    published,
    counters,
    observations,
    counter: <L extends string>(family: Family<L>, labels: Labels<L>): CounterCell => {
      const key = seriesKey(family, labels);
      counters.set(key, counters.get(key) ?? 0);
      return {
        inc: (by = 1) => void counters.set(key, (counters.get(key) ?? 0) + by),
        get value() {
          return counters.get(key) ?? 0;
        },
      };
    },
    histogram: (family, labels) => {
      const key = seriesKey(family, labels);
      const values = observations.get(key) ?? [];
      observations.set(key, values);
      return { observe: (value) => void values.push(value), exemplar: () => undefined };
    },
    publish: (family, samples) => void published.set(family.name, samples),
    withdraw: (family) => void published.delete(family.name),
    snapshot: () => Promise.resolve([]),
    gauge: (family, ...labels) =>
      published
        .get(family.name)
        ?.find((sample) => Object.values(sample.labels).join(' ') === labels.join(' '))?.value,
  };
}

/** A logger that keeps its lines as `level message {fields}`. */
export function recordingLogger(): Logger & { readonly lines: string[] } {
  const lines: string[] = [];
  const at =
    (level: string) =>
    (fields: object, message: string): void =>
      void lines.push(`${level} ${message} ${JSON.stringify(fields)}`);
  const logger: Logger & { readonly lines: string[] } = {
    lines,
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: () => logger,
  };
  return logger;
}
