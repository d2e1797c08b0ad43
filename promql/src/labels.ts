/** Labels of a series without its name, sorted by name, none empty. Shared: never changed once made. */
export type Labels = Readonly<Record<string, string>>;

/**
 * An object that has nothing but what is put in: a label may be named `constructor` or `__proto__`. As fast as a plain
 * object, which one of `Object.create(null)` is not.
 */
class LabelSet {
  [name: string]: string;
}
Object.setPrototypeOf(LabelSet.prototype, null);
Reflect.deleteProperty(LabelSet.prototype, 'constructor');

export const NO_LABELS: Labels = new LabelSet();

/** Between the parts of a key; no UTF-8 text contains it. */
const SEPARATOR = '\uffff';

/** Whether Prometheus takes the text as the name of a label. */
export function isLabelName(text: string): boolean {
  return /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(text);
}

/** Labels from pairs: sorted, without empty ones, the later of two pairs of one name. Any name is safe. */
export function labelsFrom(pairs: Iterable<readonly [string, string]>): Labels {
  const texts = new Map(pairs);
  const labels = new LabelSet();
  for (const name of [...texts.keys()].sort()) {
    const text = texts.get(name) ?? '';
    if (text !== '') labels[name] = text;
  }
  return labels;
}

/** The labels with some of them replaced; an empty text takes one away. */
export function withLabels(labels: Labels, changes: Iterable<readonly [string, string]>): Labels {
  return labelsFrom([...Object.entries(labels), ...changes]);
}

/** The labels of these names only. */
export function pickLabels(labels: Labels, names: readonly string[]): Labels {
  return labelsFrom(names.map((name) => [name, labels[name] ?? '']));
}

/** The labels but those of these names. */
export function omitLabels(labels: Labels, names: readonly string[]): Labels {
  return labelsFrom(Object.entries(labels).filter(([name]) => !names.includes(name)));
}

/** A text that differs when any label differs. */
export function labelsKey(labels: Labels): string {
  let key = '';
  for (const name in labels) key += `${name}${SEPARATOR}${labels[name] ?? ''}${SEPARATOR}`;
  return key;
}

/** Name and labels of a series or sample. */
export interface Named {
  /** Empty once an operation took it away. */
  readonly name: string;
  readonly labels: Labels;
}

/** The value of a label; the name counts as one. */
export function labelOf({ name, labels }: Named, label: string): string {
  return label === '__name__' ? name : (labels[label] ?? '');
}

/** A text that differs when the name or any label differs. */
export function namedKey({ name, labels }: Named): string {
  return `${name}{${labelsKey(labels)}`;
}

/** Name and labels with one of them replaced. */
export function withLabel<T extends Named>(named: T, label: string, value: string): T {
  if (label === '__name__') return { ...named, name: value };
  return { ...named, labels: withLabels(named.labels, [[label, value]]) };
}

/** What is left with these labels only (`on`, `by`) or without them and the name (`ignoring`, `without`). */
export function keepLabels(on: boolean, names: readonly string[], { name, labels }: Named): Named {
  if (!on) return { name: '', labels: names.length === 0 ? labels : omitLabels(labels, names) };
  return { name: names.includes('__name__') ? name : '', labels: pickLabels(labels, names) };
}

/** A function that gives those texts that are equal where `keepLabels` is. */
export function keyOf(on: boolean, names: readonly string[]): (named: Named) => string {
  if (on)
    return (named) => {
      let key = '';
      for (const name of names) key += `${labelOf(named, name)}${SEPARATOR}`;
      return key;
    };
  if (names.length === 0) return ({ labels }) => labelsKey(labels);
  return ({ labels }) => {
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
