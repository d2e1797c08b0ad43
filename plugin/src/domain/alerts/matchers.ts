import type { Matcher } from './silence';

type Labels = Readonly<Record<string, string>>;

/** The value of a label; one that is not there counts as empty, whatever JavaScript's objects inherit of that name. */
export function labelValue(labels: Labels, name: string): string {
  return Object.hasOwn(labels, name) ? (labels[name] ?? '') : '';
}

/** A matcher whose regular expression is none. */
export class MatcherError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'MatcherError';
  }
}

/** Go writes flags for a whole expression in front of it; JavaScript wants them apart. */
function compile(value: string): RegExp {
  const flags = /^\(\?([is]+)\)/.exec(value);
  const source = `^(?:${value.slice(flags?.[0].length ?? 0)})$`;
  try {
    return new RegExp(source, `${flags?.[1] ?? ''}u`);
  } catch {
    // Escapes that Go allows and the strict syntax does not, such as `\-`.
    try {
      return new RegExp(source, flags?.[1] ?? '');
    } catch (error) {
      throw new MatcherError(error instanceof Error ? error.message : String(error));
    }
  }
}

/** Which labels the matchers match all together, as Alertmanager does it. Throws `MatcherError`. */
export function matcherTest(matchers: readonly Matcher[]): (labels: Labels) => boolean {
  const tests = matchers.map(({ name, value, isRegex, isEqual }) => {
    const expression = isRegex ? compile(value) : undefined;
    return (labels: Labels): boolean => {
      const text = labelValue(labels, name);
      return (expression === undefined ? text === value : expression.test(text)) === isEqual;
    };
  });
  return (labels) => tests.every((test) => test(labels));
}

/** The operator between name and value. */
export function matcherOperator({ isRegex, isEqual }: Pick<Matcher, 'isRegex' | 'isEqual'>): string {
  if (isRegex) return isEqual ? '=~' : '!~';
  return isEqual ? '=' : '!=';
}

/** A text in quotes as Alertmanager writes it: backslash, quote and newline are escaped, everything else is as it is. */
function quoted(text: string): string {
  const escaped = text.replace(/[\\"\n]/g, (char) => (char === '\n' ? '\\n' : `\\${char}`));
  return `"${escaped}"`;
}

/** Names that need no quotes. */
const PLAIN_NAME = /^[\p{L}_:][\p{L}\p{N}_:.]*$/u;

/** `name="value"` as Alertmanager writes it. */
export function formatMatcher(matcher: Matcher): string {
  const { name, value } = matcher;
  return `${PLAIN_NAME.test(name) ? name : quoted(name)}${matcherOperator(matcher)}${quoted(value)}`;
}

const PART =
  /\s*([\p{L}_:][\p{L}\p{N}_:.]*|"(?:[^"\\]|\\.)*")\s*(=~|!~|!=|=)\s*("(?:[^"\\]|\\.)*"|[^,"]*?)\s*(?:,|$)/suy;

/** What was written, without its quotes; a backslash before anything that needs none stands for itself, as in Alertmanager. */
function unescaped(text: string): string {
  const inner = text.startsWith('"') ? text.slice(1, -1) : text;
  return inner.replace(/\\([n"\\])/g, (_, char: string) => (char === 'n' ? '\n' : char));
}

/** The part between braces, which may be left out. */
function withoutBraces(text: string): string {
  const trimmed = text.trim();
  return trimmed.startsWith('{') && trimmed.endsWith('}') ? trimmed.slice(1, -1).trim() : trimmed;
}

/**
 * The matchers in `{a="b", c=~"d.*"}`; braces and quotes may be left out. Expressions are not looked at. Throws
 * `MatcherError`.
 */
export function readMatchers(text: string): Matcher[] {
  const body = withoutBraces(text);
  const matchers: Matcher[] = [];
  PART.lastIndex = 0;
  while (PART.lastIndex < body.length) {
    const start = PART.lastIndex;
    const found = PART.exec(body);
    if (found === null) throw new MatcherError(body.slice(start).trim());
    const [, name = '', operator = '', value = ''] = found;
    matchers.push({
      name: unescaped(name),
      value: unescaped(value),
      isRegex: operator.endsWith('~'),
      isEqual: operator[0] === '=',
    });
  }
  return matchers;
}

/** The matchers of `readMatchers` whose expressions are some. Throws `MatcherError`. */
export function parseMatchers(text: string): Matcher[] {
  const matchers = readMatchers(text);
  matcherTest(matchers);
  return matchers;
}

/** Matchers for just the labels that all have in common with the same value, the name first. */
export function commonMatchers(all: readonly Labels[], leaveOut: ReadonlySet<string>): Matcher[] {
  const [first, ...others] = all;
  return Object.entries(first ?? {})
    .filter(([name, value]) => !leaveOut.has(name) && others.every((labels) => labels[name] === value))
    .sort(([a], [b]) => Number(b === 'alertname') - Number(a === 'alertname') || (a < b ? -1 : 1))
    .map(([name, value]) => ({ name, value, isRegex: false, isEqual: true }));
}
