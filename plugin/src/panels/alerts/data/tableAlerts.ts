import { type DataFrame, type Field, FieldType } from '@grafana/data';
import type { AlertRow } from '../../../domain/alerts/alert';
import { rowOfQuery, stateOfWord } from './queryAlert';

const NAMES = ['alertname', 'alert_name', 'alert', 'alert_type'] as const;
/** Names of something else as well: with a severity beside them they are an alert's. */
const WEAK_NAMES = ['name', 'title', 'message'] as const;
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

function column({ fields }: DataFrame, names: readonly string[]): Field | undefined {
  for (const name of names) {
    const found = fields.find((field) => field.name.toLowerCase() === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The columns of a table of alerts; undefined when it is none. */
function columnsOf(frame: DataFrame): Columns | undefined {
  const severity = column(frame, SEVERITIES);
  const name = column(frame, NAMES) ?? (severity === undefined ? undefined : column(frame, WEAK_NAMES));
  if (name === undefined) return undefined;
  const value = frame.fields.find((field) => field.name === 'Value' || field.name.startsWith('Value #'));
  const start = column(frame, STARTS);
  const summary = column(frame, SUMMARIES);
  return {
    name,
    severity,
    state: column(frame, STATES),
    summary: summary === name ? undefined : summary,
    // Beside a value Prometheus' own time is that of the question, not of the alert.
    start: value !== undefined && start?.name === 'Time' ? undefined : start,
    value,
  };
}

function textAt(field: Field | undefined, row: number): string {
  const value: unknown = field?.values[row];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function timeAt(field: Field | undefined, row: number): number {
  const value: unknown = field?.values[row];
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? Date.parse(value) : NaN;
}

/** True when the frame's rows are alerts. */
export function isAlertTable(frame: DataFrame): boolean {
  return columnsOf(frame) !== undefined;
}

/** A row for each row of a table of alerts; every other column of texts is a label. */
export function alertsOfTable(frame: DataFrame): AlertRow[] {
  const columns = columnsOf(frame);
  if (columns === undefined) return [];
  const isSeries = columns.state?.name === 'alertstate';
  const known = new Set<Field | undefined>([columns.state, columns.summary, columns.start]);
  const labelled = frame.fields.filter((field) => field.type === FieldType.string && !known.has(field));
  return Array.from({ length: frame.length }, (_, row) =>
    rowOfQuery({
      name: textAt(columns.name, row),
      severity: textAt(columns.severity, row),
      state: stateOfWord(textAt(columns.state, row)),
      labels: Object.fromEntries(labelled.map((field) => [field.name, textAt(field, row)])),
      summary: textAt(columns.summary, row),
      startsAt: timeAt(columns.start, row),
      // That of ALERTS is always 1.
      value: isSeries || columns.value === undefined ? undefined : textAt(columns.value, row),
    }),
  );
}
