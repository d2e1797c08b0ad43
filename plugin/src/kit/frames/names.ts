import { getFieldDisplayName } from '@grafana/data';
import { labelOf, type Nameable } from './read-frames';
import { labelsOf } from './state-sets';

const SEPARATOR = ' · ';

/** What an unnamed or doubtful device is told apart by. */
type Named = { readonly reading: Nameable; readonly name: string };

/** Labels whose values differ, as few as it takes to tell the readings apart; the metric's name only when nothing else does. */
function tellingLabels(readings: readonly Nameable[], preferred: readonly string[]): readonly string[] {
  const all = readings.map(labelsOf);
  const names = [...new Set(all.flatMap((labels) => Object.keys(labels)))];
  const valuesOf = (name: string) => new Set(all.map((labels) => labelOf(labels, name) ?? ''));
  const differing = names
    .map((name) => ({ name, values: valuesOf(name).size, isMetric: name === '__name__' }))
    .filter(({ values }) => values > 1)
    .sort(
      (a, b) =>
        Number(a.isMetric) - Number(b.isMetric) ||
        Number(preferred.includes(b.name)) - Number(preferred.includes(a.name)) ||
        b.values - a.values,
    );
  const chosen: string[] = [];
  let told = 1;
  for (const { name } of differing) {
    const next = [...chosen, name];
    const kinds = new Set(
      all.map((labels) => JSON.stringify(next.map((label) => labelOf(labels, label) ?? ''))),
    ).size;
    if (kinds === told) continue;
    chosen.push(name);
    told = kinds;
    if (told === all.length) break;
  }
  return chosen;
}

function textOf(reading: Nameable, names: readonly string[]): string {
  const labels = labelsOf(reading);
  return names
    .map((name) => labelOf(labels, name) ?? '')
    .filter(Boolean)
    .join(SEPARATOR);
}

/** Names for devices that have none: what differs between them, else what Grafana calls the field. */
function nameUnnamed(readings: readonly Nameable[]): readonly Named[] {
  const telling = readings.length > 1 ? tellingLabels(readings, []) : [];
  return readings.map((reading) => {
    const { field, frame, columns } = reading.cell;
    const name = textOf(reading, telling);
    if (name !== '') return { reading, name };
    return { reading, name: columns === undefined ? getFieldDisplayName(field, frame) : '' };
  });
}

/** Queries in which several things are at one place: there its name does not name them. */
function queriesWithSharedPlaces(readings: readonly Nameable[]): ReadonlySet<string> {
  const queries = new Set<string>();
  const seen = new Set<string>();
  for (const { isPlaceName, query, name } of readings) {
    if (!isPlaceName) continue;
    const key = `${query}\u0000${name}`;
    if (seen.has(key)) queries.add(query);
    seen.add(key);
  }
  return queries;
}

/**
 * A name for every reading, told apart: the data's own where it is the only one of its kind, with what differs
 * behind it where several in a group share it.
 */
export function nameReadings(readings: readonly Nameable[]): readonly string[] {
  const names = readings.map(({ name }) => name);
  const unnamed = new Map<string, number[]>();
  const doubtful = queriesWithSharedPlaces(readings);
  readings.forEach(({ name, isPlaceName, query, cell }, index) => {
    // A table's row whose name is empty stays without.
    const isNameless = name === '' && cell.columns?.name === undefined;
    if (!isNameless && !(isPlaceName && doubtful.has(query))) return;
    const members = unnamed.get(query);
    if (members === undefined) unnamed.set(query, [index]);
    else members.push(index);
  });
  const at = (indexes: readonly number[]) =>
    indexes.flatMap((index) => {
      const reading = readings[index];
      return reading === undefined ? [] : [reading];
    });
  for (const indexes of unnamed.values()) {
    nameUnnamed(at(indexes)).forEach(({ name }, position) => {
      const index = indexes[position];
      if (index !== undefined) names[index] = name;
    });
  }
  const shared = new Map<string, number[]>();
  names.forEach((name, index) => {
    const key = `${readings[index]?.group ?? ''}\u0000${name}`;
    const members = shared.get(key);
    if (members === undefined) shared.set(key, [index]);
    else members.push(index);
  });
  if (shared.size === readings.length) return names;
  for (const indexes of shared.values()) {
    const [first] = indexes;
    if (indexes.length < 2 || first === undefined || names[first] === '') continue;
    const members = at(indexes);
    const telling = tellingLabels(members, ['site', 'location', 'device_id']);
    members.forEach((reading, position) => {
      const index = indexes[position];
      const rest = textOf(reading, telling);
      if (index !== undefined && rest !== '') names[index] = `${names[index] ?? ''}${SEPARATOR}${rest}`;
    });
  }
  return names;
}
