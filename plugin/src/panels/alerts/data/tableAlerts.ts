import {
  type DataFrame,
  DataFrameType,
  type Field,
  FieldType,
  formattedValueToString,
  getFieldDisplayName,
} from '@grafana/data';
import type { AlertRow } from '../../../domain/alerts/alert';
import { rowOfQuery, stateOfWord } from './queryAlert';

const NAMES = ['alertname', 'alert_name', 'alert', 'alert_type'] as const;
/** Names of something else as well: with a severity and a state beside them they are an alert's. */
const WEAK_NAMES = ['name', 'title'] as const;
const SEVERITIES = ['severity', 'level', 'priority'] as const;
const STATES = ['alertstate', 'state', 'status'] as const;
const SUMMARIES = ['summary', 'message', 'description', 'text'] as const;
const STARTS = [
  'startsat',
  'starts_at',
  'activeat',
  'active_at',
  'since',
  'started',
  'created_at',
  'time',
] as const;

interface Columns {
  readonly name: Field;
  readonly severity: Field | undefined;
  readonly state: Field | undefined;
  readonly summary: Field | undefined;
  readonly start: Field | undefined;
  readonly value: Field | undefined;
}

/** A column by what it is called on the dashboard, else in the answer, in any case. */
function column(frame: DataFrame, names: readonly string[]): Field | undefined {
  const called = frame.fields.map((field) => getFieldDisplayName(field, frame).toLowerCase());
  for (const name of names) {
    const shown = frame.fields[called.indexOf(name)];
    const found = shown ?? frame.fields.find((field) => field.name.toLowerCase() === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Lines of a log have a level and a text, and are no alerts for it. */
function isLog({ meta }: DataFrame): boolean {
  return meta?.type === DataFrameType.LogLines || meta?.preferredVisualisationType === 'logs';
}

/** The columns of a table of alerts; undefined when it is none. */
function columnsOf(frame: DataFrame): Columns | undefined {
  if (isLog(frame)) return undefined;
  const severity = column(frame, SEVERITIES);
  const state = column(frame, STATES);
  const hasBoth = severity !== undefined && state !== undefined;
  const name = column(frame, NAMES) ?? (hasBoth ? column(frame, WEAK_NAMES) : undefined);
  if (name === undefined) return undefined;
  const value = frame.fields.find((field) => field.name === 'Value' || field.name.startsWith('Value #'));
  const start = column(frame, STARTS);
  const summary = column(frame, SUMMARIES);
  return {
    name,
    severity,
    state,
    summary: summary === name ? undefined : summary,
    // Beside a value Prometheus' own time is that of the question, not of the alert.
    start: value !== undefined && start?.name === 'Time' ? undefined : start,
    value,
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}

/** The cell as Grafana displays it where the user or the type gives its values words, else as it came. */
function textAt(field: Field | undefined, row: number): string {
  const value: unknown = field?.values[row];
  if (field?.display === undefined || value === null || value === undefined) return textOf(value);
  const hasWords = (field.config.mappings?.length ?? 0) > 0 || field.type === FieldType.enum;
  return hasWords ? formattedValueToString(field.display(value)) : textOf(value);
}

/** The value with its unit, where the field has one. */
function valueAt(field: Field, row: number): string {
  const value: unknown = field.values[row];
  const hasUnit = (field.config.unit ?? '') !== '';
  return hasUnit && field.display !== undefined && typeof value === 'number'
    ? formattedValueToString(field.display(value))
    : textAt(field, row);
}

/** Milliseconds of a number in seconds, milliseconds, microseconds or nanoseconds since the epoch, told by its size. */
function asMilliseconds(value: number): number {
  const size = Math.abs(value);
  if (size < 1e11) return value * 1000;
  if (size < 1e14) return value;
  return size < 1e17 ? value / 1000 : value / 1e6;
}

function timeAt(field: Field | undefined, row: number): number {
  const value: unknown = field?.values[row];
  // Grafana's own times are milliseconds.
  if (typeof value === 'number') return field?.type === FieldType.time ? value : asMilliseconds(value);
  if (typeof value !== 'string') return NaN;
  return /^\d{9,19}(?:\.\d+)?$/.test(value) ? asMilliseconds(Number(value)) : Date.parse(value);
}

/** True when the frame's rows are alerts. */
export function isAlertTable(frame: DataFrame): boolean {
  return columnsOf(frame) !== undefined;
}

/** Types whose values tell one alert from another. */
const LABEL_TYPES: ReadonlySet<FieldType> = new Set([
  FieldType.string,
  FieldType.number,
  FieldType.boolean,
  FieldType.enum,
]);

/** A row for each row of a table of alerts; every other column of texts or numbers is a label. */
export function alertsOfTable(frame: DataFrame): AlertRow[] {
  const columns = columnsOf(frame);
  if (columns === undefined) return [];
  const { name, severity, state, summary, start, value } = columns;
  const isSeries = state?.name === 'alertstate';
  const known = new Set<Field | undefined>([name, severity, state, summary, start, value]);
  const labelled = frame.fields
    .filter((field) => LABEL_TYPES.has(field.type) && !known.has(field))
    .map((field): [string, Field] => [field.name, field]);
  // Under these names everything else knows them, whatever the dashboard calls them.
  const named: [string, Field][] = [
    ['alertname', name],
    ...(severity === undefined ? [] : [['severity', severity] satisfies [string, Field]]),
  ];
  return Array.from({ length: frame.length }, (_, row) =>
    rowOfQuery({
      name: textAt(name, row),
      severity: textAt(severity, row),
      ...stateOfWord(textAt(state, row)),
      labels: Object.fromEntries(
        [...labelled, ...named].map(([label, field]) => [label, textAt(field, row)]),
      ),
      summary: textAt(summary, row),
      startsAt: timeAt(start, row),
      // That of ALERTS is always 1.
      value: isSeries || value === undefined ? undefined : valueAt(value, row),
    }),
  );
}
