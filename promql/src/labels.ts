/** Labels of a series without its name, sorted by name, none empty. Shared: never changed once made. */
export type Labels = Readonly<Record<string, string>>;

export const NO_LABELS: Labels = {};

/** Between the parts of a key; no UTF-8 text contains it. */
const SEPARATOR = '\uffff';

/** Labels from pairs: sorted, without empty ones, the later of two pairs of one name. */
export function labelsFrom(pairs: Iterable<readonly [string, string]>): Labels {
  const texts = new Map(pairs);
  const names = [...texts.keys()].filter((name) => texts.get(name) !== '').sort();
  return Object.fromEntries(names.map((name) => [name, texts.get(name) ?? '']));
}

/** The labels with some of them replaced; an empty text takes one away. */
export function withLabels(labels: Labels, changes: Readonly<Record<string, string>>): Labels {
  return labelsFrom([...Object.entries(labels), ...Object.entries(changes)]);
}

/** The labels of these names only. */
export function pickLabels(labels: Labels, names: readonly string[]): Labels {
  return labelsFrom(names.map((name) => [name, labels[name] ?? '']));
}

/** The labels but those of these names. */
export function omitLabels(labels: Labels, names: readonly string[]): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => !names.includes(name)));
}

/** A text that differs when any label differs. */
export function labelsKey(labels: Labels): string {
  let key = '';
  for (const name in labels) key += `${name}${SEPARATOR}${labels[name] ?? ''}${SEPARATOR}`;
  return key;
}

/** A function that gives labels with equal values of these names (or of all but these) the same text. */
export function keyOf(on: boolean, names: readonly string[]): (labels: Labels) => string {
  if (on)
    return (labels) => {
      let key = '';
      for (const name of names) key += `${labels[name] ?? ''}${SEPARATOR}`;
      return key;
    };
  if (names.length === 0) return labelsKey;
  return (labels) => {
    let key = '';
    for (const name in labels)
      if (!names.includes(name)) key += `${name}${SEPARATOR}${labels[name] ?? ''}${SEPARATOR}`;
    return key;
  };
}

/** As Prometheus writes a series, for messages. */
export function showLabels(name: string, labels: Labels): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return `${name}{${pairs.join(', ')}}`;
}
