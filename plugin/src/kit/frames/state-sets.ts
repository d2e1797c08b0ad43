import { t } from '@grafana/i18n';
import { type Labels, FieldType } from '@grafana/data';
import type { Nameable, Reading } from './read-frames';
import { metricOf } from './roles';

/**
 * State sets: a metric with one series per thing and state, 1 for the state that the thing is in. Known ones by the
 * metric's name, with the label that holds the state.
 */
const KNOWN: readonly (readonly [metric: RegExp, label: string])[] = [
  [/^node_systemd_unit_state$/, 'state'],
  [/^kube_\w+_status_phase$/, 'phase'],
  [/^kube_node_status_condition$/, 'status'],
  [/^kube_pod_status_(ready|scheduled)$/, 'condition'],
];

/** Labels that make a state set of any metric whose values are 0 and 1, one 1 for each thing at most. */
const STATE_LABELS = ['state', 'phase'];

/** The labels of a series, or the texts of a row; without the state of a state set. */
export function labelsOf({ cell, labels, stateLabel: state }: Nameable): Labels {
  const { field, frame, row, columns } = cell;
  const texts =
    columns === undefined || labels !== undefined
      ? []
      : frame.fields
          .filter((other) => other !== field && (other.type === FieldType.string || other === columns.id))
          .map((other): [string, string] => [other.name, String(other.values[row] ?? '')]);
  const all = { ...field.labels, ...labels, ...Object.fromEntries(texts) };
  return state === undefined
    ? all
    : Object.fromEntries(Object.entries(all).filter(([name]) => name !== state));
}

/** The label that tells the states, and whether it is sure to by the metric's name. */
export interface StateLabel {
  readonly label: string;
  readonly isKnown: boolean;
}

/** The label among `names` that tells the states of the metric, should it be a state set. */
export function stateLabelAmong(
  names: readonly string[],
  metric: string | undefined,
): StateLabel | undefined {
  if (metric !== undefined) {
    const known = KNOWN.find(([pattern, label]) => pattern.test(metric) && names.includes(label));
    if (known !== undefined) return { label: known[1], isKnown: true };
    // OpenMetrics gives the label of a state set the metric's own name.
    if (names.includes(metric)) return { label: metric, isKnown: true };
  }
  const label = STATE_LABELS.find((name) => names.includes(name));
  return label === undefined ? undefined : { label, isKnown: false };
}

/** What a thing is said to be of which only one state is known, and that it is not in. */
export function notIn(state: string): string {
  return t('panels.state.not', 'not {{state}}', { state });
}

function stateLabel(first: Reading): StateLabel | undefined {
  const { frame, field } = first.cell;
  const columns = frame.fields.filter(({ type }) => type === FieldType.string).map(({ name }) => name);
  const names = first.cell.columns === undefined ? Object.keys(field.labels ?? {}) : columns;
  return stateLabelAmong(names, metricOf(frame, field));
}

interface Thing {
  readonly members: { readonly reading: Reading; readonly state: string }[];
}

function isFlag({ raw }: Reading): boolean {
  return raw === 0 || raw === 1 || raw === null;
}

function collapse({ members }: Thing, stateLabel: string): Reading | undefined {
  const [first] = members;
  if (first === undefined) return undefined;
  const current = members.find(({ reading }) => reading.raw === 1);
  if (current !== undefined) return { ...current.reading, raw: current.state, stateLabel };
  const isOnly = members.length === 1 && first.reading.raw === 0;
  const raw = isOnly ? notIn(first.state) : null;
  return { ...first.reading, raw, stateLabel };
}

function collapseQuery(readings: readonly Reading[]): readonly Reading[] {
  const [example] = readings;
  const found = example === undefined ? undefined : stateLabel(example);
  if (found === undefined || !readings.every(isFlag)) return readings;
  const things = new Map<string, Thing>();
  for (const reading of readings) {
    const { [found.label]: state = '', ...others } = labelsOf(reading);
    const key = JSON.stringify(others);
    const thing = things.get(key);
    if (thing === undefined) things.set(key, { members: [{ reading, state }] });
    else thing.members.push({ reading, state });
  }
  const all = [...things.values()];
  const isSet = all.every(({ members }) => members.filter(({ reading }) => reading.raw === 1).length <= 1);
  if (!isSet || (!found.isKnown && !all.some(({ members }) => members.length > 1))) return readings;
  return all.flatMap((thing) => collapse(thing, found.label) ?? []);
}

/** The readings with state sets made one reading a thing, whose value is the state that it is in. */
export function collapseStateSets(readings: readonly Reading[]): readonly Reading[] {
  const queries = new Map<string, Reading[]>();
  for (const reading of readings) {
    const members = queries.get(reading.query);
    if (members === undefined) queries.set(reading.query, [reading]);
    else members.push(reading);
  }
  if (queries.size === 1) return collapseQuery(readings);
  return [...queries.values()].flatMap(collapseQuery);
}
