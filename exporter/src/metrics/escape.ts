const NEEDS_ESCAPE = /[\\\n"]/;

/** Escapes a text as HELP lines need it: backslash and line feed (text format 0.0.4). */
export function escapeHelp(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

/** Escapes a label value for both exposition formats: backslash, line feed and double quote. */
export function escapeLabelValue(text: string): string {
  return NEEDS_ESCAPE.test(text) ? escapeHelp(text).replaceAll('"', '\\"') : text;
}

/** The braces with all labels, in the order given, or nothing for a series without labels. */
export function labelBlock(labels: Iterable<readonly [name: string, value: string]>): string {
  let pairs = '';
  for (const [name, value] of labels)
    pairs += `${pairs === '' ? '' : ','}${name}="${escapeLabelValue(value)}"`;
  return pairs === '' ? '' : `{${pairs}}`;
}
