const NEEDS_ESCAPE = /[\\\n"]/;

/** Escapes a text as HELP lines need it: backslash and line feed (text format 0.0.4). */
export function escapeHelp(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

/** Escapes a label value for both exposition formats: backslash, line feed and double quote. */
export function escapeLabelValue(text: string): string {
  return NEEDS_ESCAPE.test(text) ? escapeHelp(text).replaceAll('"', '\\"') : text;
}

function pair(name: string, value: string): string {
  return `${name}="${escapeLabelValue(value)}"`;
}

/** The braces with all labels, in the order given, or nothing for a series without labels. */
export function labelBlock(labels: Iterable<readonly [name: string, value: string]>): string {
  let pairs = '';
  for (const [name, value] of labels) pairs += pairs === '' ? pair(name, value) : `,${pair(name, value)}`;
  return pairs === '' ? '' : `{${pairs}}`;
}

/** The same of labels by their names: most samples of a scrape pass here, and no list is made of them. */
export function labelBlockOf(labels: Readonly<Record<string, string>>): string {
  let pairs = '';
  for (const name in labels) {
    const value = labels[name] ?? '';
    pairs += pairs === '' ? pair(name, value) : `,${pair(name, value)}`;
  }
  return pairs === '' ? '' : `{${pairs}}`;
}
