import { type DataFrame, type Field, type FieldConfig, FieldType, type Labels } from '@grafana/data';
import { metricOf } from '../../../kit/frames/roles';
import { notIn, type StateLabel, stateLabelAmong } from '../../../kit/frames/state-sets';

/** A series of a state set: 1 while its thing is in its state. */
interface Member {
  readonly frame: DataFrame;
  readonly time: Field;
  readonly field: Field;
  readonly state: string;
}

interface Thing {
  readonly labels: Labels;
  readonly members: Member[];
}

function isFlag(value: unknown): boolean {
  return value === 0 || value === 1 || value === null || value === undefined;
}

function membersOf(frame: DataFrame, { label }: StateLabel): Member[] | undefined {
  const time = frame.fields.find(({ type }) => type === FieldType.time);
  const others = frame.fields.filter((field) => field !== time);
  if (time === undefined || others.length === 0) return undefined;
  const members: Member[] = [];
  for (const field of others) {
    const state = field.labels?.[label];
    if (state === undefined || field.type !== FieldType.number || !field.values.every(isFlag))
      return undefined;
    members.push({ frame, time, field, state });
  }
  return members;
}

function thingsOf(members: readonly Member[], label: string): Thing[] {
  const things = new Map<string, Thing>();
  for (const member of members) {
    const others = Object.entries(member.field.labels ?? {}).filter(([name]) => name !== label);
    const key = JSON.stringify(others.sort());
    const thing = things.get(key);
    if (thing === undefined) things.set(key, { labels: Object.fromEntries(others), members: [member] });
    else thing.members.push(member);
  }
  return [...things.values()];
}

/** The states of the thing by time; undefined when it is in two at once, which no state set says. */
function statesOf({ members }: Thing): Map<number, string | null> | undefined {
  const states = new Map<number, string | null>();
  const only = members.length === 1 ? members[0] : undefined;
  for (const { time, field, state } of members) {
    for (let row = 0; row < field.values.length; row += 1) {
      const at: unknown = time.values[row];
      const value: unknown = field.values[row];
      if (typeof at !== 'number' || value === null || value === undefined) continue;
      const before = states.get(at);
      if (value === 1 && typeof before === 'string') return undefined;
      if (value === 1) states.set(at, state);
      else if (before === undefined) states.set(at, only === undefined ? null : notIn(state));
    }
  }
  return states;
}

/** The options of the first series; a legend of its own that holds its state is the thing's no longer. */
function configOf(members: readonly Member[], { displayNameFromDS, ...config }: FieldConfig): FieldConfig {
  const isCommon = members.every(({ field }) => field.config.displayNameFromDS === displayNameFromDS);
  return isCommon && displayNameFromDS !== undefined ? { ...config, displayNameFromDS } : config;
}

function frameOf({ labels, members }: Thing, states: Map<number, string | null>): DataFrame | undefined {
  const [first] = members;
  if (first === undefined) return undefined;
  const times = [...states.keys()].sort((a, b) => a - b);
  const { frame, time, field } = first;
  const value: Field = {
    name: field.name,
    type: FieldType.string,
    labels,
    config: configOf(members, field.config),
    values: times.map((at) => states.get(at) ?? null),
    ...(field.getLinks === undefined ? {} : { getLinks: field.getLinks }),
  };
  return { ...frame, fields: [{ ...time, values: times }, value], length: times.length };
}

function mergeQuery(frames: readonly DataFrame[]): readonly DataFrame[] {
  const [frame] = frames;
  const field = frame?.fields.find(({ labels }) => labels !== undefined);
  if (frame === undefined || field === undefined) return frames;
  const label = stateLabelAmong(Object.keys(field.labels ?? {}), metricOf(frame, field));
  if (label === undefined) return frames;
  const members = frames.map((one) => membersOf(one, label));
  if (members.includes(undefined)) return frames;
  const things = thingsOf(
    members.flatMap((some) => some ?? []),
    label.label,
  );
  // One series a thing is a state set only where the metric is known to be one.
  if (!label.isKnown && !things.some((thing) => thing.members.length > 1)) return frames;
  const merged: DataFrame[] = [];
  for (const thing of things) {
    const states = statesOf(thing);
    if (states === undefined) return frames;
    const one = frameOf(thing, states);
    if (one !== undefined) merged.push(one);
  }
  return merged;
}

/**
 * The frames with state sets over time made one series a thing, whose values are the states that it was in
 * (`node_systemd_unit_state{state}`, `kube_pod_status_phase{phase}`, and any metric of flags by `state` or `phase`).
 */
export function mergeStateSets(frames: readonly DataFrame[]): readonly DataFrame[] {
  const queries = new Map<string | undefined, DataFrame[]>();
  for (const frame of frames) {
    const members = queries.get(frame.refId);
    if (members === undefined) queries.set(frame.refId, [frame]);
    else members.push(frame);
  }
  return [...queries.values()].flatMap(mergeQuery);
}
