import type { Matcher } from './silence';

type Labels = Readonly<Record<string, string>>;

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
      // A label that is not there counts as empty.
      const text = labels[name] ?? '';
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

/** `name="value"` as Alertmanager writes it. */
export function formatMatcher(matcher: Matcher): string {
  return `${matcher.name}${matcherOperator(matcher)}${JSON.stringify(matcher.value)}`;
}

const PART = /\s*([\p{L}_:][\p{L}\p{N}_:.]*)\s*(=~|!~|!=|=)\s*("(?:[^"\\]|\\.)*"|[^,}"]*?)\s*(?:,|$)/uy;

function unquoted(text: string): string {
  if (!text.startsWith('"')) return text;
  return text.slice(1, -1).replace(/\\(.)/gs, (_, char: string) => (char === 'n' ? '\n' : char));
}

/** The matchers in `{a="b", c=~"d.*"}`; braces and quotes may be left out. Throws `MatcherError`. */
export function parseMatchers(text: string): Matcher[] {
  const body = text.trim().replace(/^\{/, '').replace(/\}$/, '').trim();
  const matchers: Matcher[] = [];
  PART.lastIndex = 0;
  while (PART.lastIndex < body.length) {
    const start = PART.lastIndex;
    const found = PART.exec(body);
    if (found === null) throw new MatcherError(body.slice(start).trim());
    const [, name = '', operator = '', value = ''] = found;
    matchers.push({
      name,
      value: unquoted(value),
      isRegex: operator.endsWith('~'),
      isEqual: operator[0] === '=',
    });
  }
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
