import { type DataFrame, type Field, FieldType } from '@grafana/data';
import { labelOf } from '../../../kit/frames/read-frames';
import { momentOf } from '../../../kit/frames/moment';
import { rolesOfLabels, type RoleOptions } from '../../../kit/frames/roles';
import type { Span } from './row';
import { stepOf } from './track';

/** An alert that fired for a device. */
export interface AlertSpan extends Span {
  readonly name: string;
  readonly severity: string;
}

/** The series that Prometheus keeps of its own alerts. */
const METRIC = 'ALERTS';
/** Between two samples of one alert lies at most this many steps. */
const STEPS = 1.5;

function isAlerts(frame: DataFrame): boolean {
  return frame.fields.some(({ labels, name }) => labelOf(labels, '__name__') === METRIC || name === METRIC);
}

/** Splits a query's answer into alerts and all other frames: alerts are told in tooltips and are no rows. */
export function splitAlerts(frames: readonly DataFrame[]): {
  readonly alerts: readonly DataFrame[];
  readonly others: readonly DataFrame[];
} {
  const isNamed = ({ refId }: DataFrame) => refId === 'alerts';
  return {
    alerts: frames.filter((frame) => isNamed(frame) || isAlerts(frame)),
    others: frames.filter((frame) => !isNamed(frame) && !isAlerts(frame)),
  };
}

function spansOf(time: Field, field: Field, end: number): Span[] {
  const times: number[] = [];
  for (let row = 0; row < field.values.length; row += 1) {
    const at = momentOf(time.values[row]);
    const value: unknown = field.values[row];
    if (at !== null && typeof value === 'number' && value > 0) times.push(at);
  }
  const step = time.config.interval ?? stepOf(times) ?? 60_000;
  const spans: { from: number; to: number }[] = [];
  for (const at of times) {
    const last = spans.at(-1);
    if (last !== undefined && at - last.to <= step * (STEPS - 1)) last.to = Math.min(at + step, end);
    else spans.push({ from: at, to: Math.min(at + step, end) });
  }
  return spans;
}

/** Firing alerts by the device that their labels name, in the order of time. */
export function readAlerts(
  frames: readonly DataFrame[],
  options: Pick<RoleOptions, 'idField' | 'nameField'>,
  end: number,
): ReadonlyMap<string, readonly AlertSpan[]> {
  const byDevice = new Map<string, AlertSpan[]>();
  for (const frame of frames) {
    const time = frame.fields.find(({ type }) => type === FieldType.time);
    if (time === undefined) continue;
    for (const field of frame.fields) {
      const { labels } = field;
      if (labels === undefined) continue;
      const state = labelOf(labels, 'alertstate');
      const id = labelOf(labels, rolesOfLabels(Object.keys(labels), options).id);
      if (id === undefined || (state !== undefined && state !== 'firing')) continue;
      const name = labelOf(labels, 'alertname') ?? '';
      const severity = labelOf(labels, 'severity') ?? '';
      const known = byDevice.get(id) ?? [];
      known.push(...spansOf(time, field, end).map((span) => ({ ...span, name, severity })));
      byDevice.set(id, known);
    }
  }
  for (const spans of byDevice.values()) spans.sort((a, b) => a.from - b.from);
  return byDevice;
}

/** The alerts that fired at any time of the span. */
export function alertsIn(alerts: readonly AlertSpan[], { from, to }: Span): readonly AlertSpan[] {
  return alerts.filter((alert) => alert.from < to && alert.to > from);
}
