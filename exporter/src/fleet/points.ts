import { TELEMETRY_POINTS } from '../metrics/catalogue/platform.ts';
import type { CounterCell, Metrics } from '../metrics/metrics.ts';
import type { NameCap } from './caps.ts';

/** Label of a device whose type nobody knows. */
export const UNKNOWN_TYPE = 'unknown';

/** A device type with the cells of its points, by number of the metric. */
export interface TypeCounters {
  /** Label value: capped. */
  readonly label: string;
  readonly cells: (CounterCell | undefined)[];
}

/** Counts points by device type and metric in cells that are kept, so that counting costs nanoseconds. */
export interface PointCounters {
  /** The counters of a type as found; '' is `unknown`. */
  typeOf(deviceType: string): TypeCounters;
  readonly unknown: TypeCounters;
  count(type: TypeCounters, metric: number, points: number): void;
}

export function createPointCounters(
  metrics: Metrics,
  metricNames: NameCap,
  typeNames: NameCap,
): PointCounters {
  const types: (TypeCounters | undefined)[] = [];

  function typeOf(deviceType: string): TypeCounters {
    const index = typeNames.index(deviceType === '' ? UNKNOWN_TYPE : deviceType);
    const known = types[index];
    if (known !== undefined) return known;
    const type = { label: typeNames.name(index), cells: [] };
    types[index] = type;
    return type;
  }

  function cellOf(type: TypeCounters, metric: number): CounterCell {
    const labels = { device_type: type.label, metric_name: metricNames.name(metric) };
    const cell = metrics.counter(TELEMETRY_POINTS, labels);
    type.cells[metric] = cell;
    return cell;
  }

  return {
    typeOf,
    unknown: typeOf(''),
    count: (type, metric, points) => {
      const cell = type.cells[metric] ?? cellOf(type, metric);
      cell.inc(points);
    },
  };
}
