/** Whether a text matches one of the patterns, in which `*` stands for any characters and `?` for one. */
export function wildcards(patterns: readonly string[]): (text: string) => boolean {
  const expressions = patterns.map((pattern) => {
    const source = pattern
      .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll(/\*+/g, '.*')
      .replaceAll('?', '.');
    return new RegExp(`^${source}$`, 'su');
  });
  return (text) => expressions.some((expression) => expression.test(text));
}
