import { promqlTokens, type PromqlToken } from './promqlTokens';

export const COMPARISONS = ['==', '!=', '>', '>=', '<', '<='] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** A part of an alert's condition that compares something with a number. */
export interface Threshold {
  /** PromQL of what is compared. */
  readonly expression: string;
  readonly comparison: Comparison;
  readonly limit: number;
}

const OPENING = new Set(['(', '[', '{']);
const CLOSING = new Set([')', ']', '}']);

type Tokens = readonly PromqlToken[];

/** Calls `visit` for each token that stands in no bracket. */
function outside(tokens: Tokens, visit: (token: PromqlToken, index: number) => void): void {
  let depth = 0;
  tokens.forEach((token, index) => {
    if (token.kind === 'bracket' && CLOSING.has(token.text)) depth -= 1;
    if (depth === 0 && token.kind !== 'bracket') visit(token, index);
    if (token.kind === 'bracket' && OPENING.has(token.text)) depth += 1;
  });
}

/** True when the first bracket is closed by the last token. */
function isWrapped(tokens: Tokens): boolean {
  if (tokens[0]?.text !== '(' || tokens.at(-1)?.text !== ')') return false;
  let depth = 0;
  return tokens.every(({ kind, text }, index) => {
    if (kind === 'bracket' && OPENING.has(text)) depth += 1;
    if (kind === 'bracket' && CLOSING.has(text)) depth -= 1;
    return depth > 0 || index === tokens.length - 1;
  });
}

function unwrapped(tokens: Tokens): Tokens {
  return isWrapped(tokens) ? unwrapped(tokens.slice(1, -1)) : tokens;
}

/** Leaves out `bool` and `on (…)`, `ignoring (…)`, `group_left (…)` that follow an operator. */
function withoutModifiers(tokens: Tokens): Tokens {
  const [first, second] = tokens;
  if (first?.kind !== 'keyword') return tokens;
  if (second?.text !== '(' || first.text.toLowerCase() === 'bool') return withoutModifiers(tokens.slice(1));
  // A bracket behind group_left may as well be the operand itself.
  const close = tokens.findIndex(({ text }) => text === ')');
  const rest = tokens.slice(close + 1);
  return /^group_/i.test(first.text) && rest.length === 0 ? tokens.slice(1) : withoutModifiers(rest);
}

interface Operand {
  readonly tokens: Tokens;
  /** The operator before it; undefined for the first. */
  readonly operator: string | undefined;
}

/** The operands of the set operators at the outer level. */
function operands(tokens: Tokens, operators: readonly string[]): Operand[] {
  const parts: Operand[] = [];
  let begin = 0;
  let operator: string | undefined;
  const add = (end: number): void => {
    const part = tokens.slice(begin, end);
    parts.push({ tokens: operator === undefined ? part : withoutModifiers(part), operator });
  };
  outside(tokens, ({ kind, text }, index) => {
    if (kind !== 'keyword' || !operators.includes(text.toLowerCase())) return;
    add(index);
    begin = index + 1;
    operator = text.toLowerCase();
  });
  add(tokens.length);
  return parts;
}

function isComparison(text: string): text is Comparison {
  return COMPARISONS.some((comparison) => comparison === text);
}

function numberOf(tokens: Tokens): number | undefined {
  const [first, second, ...more] = unwrapped(tokens);
  if (first === undefined || more.length > 0) return undefined;
  const [sign, number] = second === undefined ? ['', first] : [first.text, second];
  if (number.kind !== 'number' || !['', '-', '+'].includes(sign)) return undefined;
  const text = number.text.toLowerCase();
  const value = text === 'inf' ? Infinity : Number(text);
  if (Number.isNaN(value)) return undefined;
  return sign === '-' ? -value : value;
}

function thresholdOf(tokens: Tokens, source: string): Threshold | undefined {
  const found: { index: number; comparison: Comparison }[] = [];
  outside(tokens, ({ kind, text }, index) => {
    if (kind === 'operator' && isComparison(text)) found.push({ index, comparison: text });
  });
  const last = found.at(-1);
  const first = tokens[0];
  const before = tokens[(last?.index ?? 0) - 1];
  if (last === undefined || first === undefined || before === undefined) return undefined;
  const limit = numberOf(withoutModifiers(tokens.slice(last.index + 1)));
  if (limit === undefined) return undefined;
  const expression = source.slice(first.at, before.at + before.text.length);
  return { expression, comparison: last.comparison, limit };
}

function read(tokens: Tokens, source: string): Threshold[] {
  const inner = unwrapped(tokens);
  const alternatives = operands(inner, ['or']);
  if (alternatives.length > 1) return alternatives.flatMap((part) => read(part.tokens, source));
  const conditions = operands(inner, ['and', 'unless']);
  if (conditions.length > 1) {
    return conditions
      .filter(({ operator }) => operator !== 'unless')
      .flatMap((part) => read(part.tokens, source));
  }
  const threshold = thresholdOf(inner, source);
  return threshold === undefined ? [] : [threshold];
}

/**
 * What a rule compares with which number: the last comparison of each part that `and` and `or` join, in the order
 * of the expression. What `unless` excludes is no threshold. Empty where nothing is compared with a number.
 */
export function ruleThresholds(expression: string): Threshold[] {
  const tokens = promqlTokens(expression).filter(({ kind }) => kind !== 'space' && kind !== 'comment');
  return read(tokens, expression);
}
