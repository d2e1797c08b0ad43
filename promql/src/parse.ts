import { checkExpression } from './check.ts';
import { ExpressionError } from './errors.ts';
import {
  type Aggregation,
  type At,
  type Binary,
  type BinaryOperator,
  childrenOf,
  type Expression,
  type Matching,
  type Selector,
} from './expression.ts';
import { type Token, TokenReader } from './lexer.ts';
import { isLabelName } from './labels.ts';
import { parseNumber, parsePromDuration, parseString } from './literals.ts';
import { createMatcher, MATCH_OPERATORS, type Matcher } from './matcher.ts';
import { AGGREGATIONS, FUNCTIONS, unknownFunction } from './signatures.ts';

/** What expressions may contain. */
export interface ParseOptions {
  /**
   * Selectors that name no metric, such as `{job="api"}` or `{__name__=~"api_.+"}`. They need a source that knows its
   * metrics and are refused by default.
   */
  readonly anyMetric?: boolean;
}

/** How close operators bind; equal ones from left to right, but for the power. */
const BINDING: ReadonlyMap<string, readonly [BinaryOperator, number]> = new Map(
  (
    [
      ['or'],
      ['and', 'unless'],
      ['==', '!=', '>', '<', '>=', '<='],
      ['+', '-'],
      ['*', '/', '%', 'atan2'],
      ['^'],
    ] satisfies BinaryOperator[][]
  ).flatMap((operators, level) =>
    operators.map((operator): [string, [BinaryOperator, number]] => [operator, [operator, level]]),
  ),
);
const POWER = 5;

/** Keywords that cannot name a metric, and those that cannot name a label to group by. */
const NO_METRIC: ReadonlySet<string> = new Set([
  'on',
  'ignoring',
  'group_left',
  'group_right',
  'bool',
  'atan2',
]);
const NO_GROUPING: ReadonlySet<string> = new Set(['without', 'inf', 'nan']);
/** Keywords that are no function, whatever follows. */
const NO_FUNCTION: ReadonlySet<string> = new Set([
  ...['and', 'or', 'unless', 'offset', 'by', 'without', 'start', 'end', ...NO_METRIC],
]);

/** Deeper than any rule nests; what goes further would overflow the stack. */
const MAX_DEPTH = 400;

/** The largest moment that `@` takes, milliseconds. */
const MAX_TIME = 9_223_372_036_854_775;

/** Reads one expression. */
class Parser extends TokenReader {
  #depth = 0;

  /** Refuses what goes on and on before it is read to its end. */
  #limit(depth: number): void {
    if (depth > MAX_DEPTH) throw new ExpressionError('the expression is nested too deeply', this.token.at);
  }

  #duration(): number {
    const { text, at } = this.expectKind('duration');
    const value = parsePromDuration(text);
    if (value === undefined) throw new ExpressionError(`${text} is no duration such as 5m or 1h30m`, at);
    if (value === 0) throw new ExpressionError('a duration must be longer than 0', at);
    return value;
  }

  /** Items between brackets of that kind, with commas; one at the end may be allowed. */
  #list<T>(close: ')' | '}', trailing: boolean, item: () => T): T[] {
    const items: T[] = [];
    if (this.takes(close) !== undefined) return items;
    for (;;) {
      items.push(item());
      if (this.takes(close) !== undefined) return items;
      this.expect(',');
      if (trailing && this.takes(close) !== undefined) return items;
    }
  }

  #labels(): string[] {
    this.expect('(');
    return this.#list(')', true, () => {
      const token = this.expectKind('word');
      if (!isLabelName(token.text) || NO_GROUPING.has(token.text.toLowerCase())) this.refuse(token);
      return token.text;
    });
  }

  #args(): Expression[] {
    this.expect('(');
    return this.#list(')', false, () => this.#expression());
  }

  #matcher(): Matcher {
    const label = this.expectKind('word');
    const sign = this.take();
    const operator = MATCH_OPERATORS.find((known) => known === sign.text);
    if (operator === undefined) return this.refuse(sign);
    const value = this.expectKind('string');
    return createMatcher(label.text, operator, parseString(value.text, value.at), label.at);
  }

  #selector(at: number, name: string | undefined): Selector {
    const all = this.takes('{') === undefined ? [] : this.#list('}', true, () => this.#matcher());
    const matchers = all.filter(({ label }) => label !== '__name__');
    const names = all.filter(({ label }) => label === '__name__');
    const base: Omit<Selector, 'metric' | 'names'> = {
      kind: 'selector',
      at,
      matchers,
      offset: 0,
      time: undefined,
    };
    if (name !== undefined) {
      if (names.length > 0)
        throw new ExpressionError(`the metric is named twice: ${name} and in the braces`, at);
      return { ...base, metric: name, names };
    }
    if (all.every(({ matches }) => matches('')))
      throw new ExpressionError('a selector needs a condition that no empty label fulfils', at);
    const exact = names.find(({ operator }) => operator === '=');
    return { ...base, metric: exact?.value, names: names.filter((other) => other !== exact) };
  }

  #aggregation(at: number, operator: string): Aggregation {
    const modifier = (): { without: boolean; labels: string[] } | undefined => {
      const how = this.takes('by', 'without');
      return how === undefined ? undefined : { without: how === 'without', labels: this.#labels() };
    };
    const before = modifier();
    const args = this.#args();
    const grouping = before ?? modifier() ?? { without: false, labels: [] };
    const [first, second] = args;
    const wanted = AGGREGATIONS.get(operator) === undefined ? 1 : 2;
    if (first === undefined || args.length !== wanted)
      throw new ExpressionError(`${operator} takes ${wanted === 1 ? 'one argument' : 'two arguments'}`, at);
    const parameter = second === undefined ? undefined : first;
    return { kind: 'aggregation', at, operator, ...grouping, parameter, of: second ?? first };
  }

  /** What begins with a word: an aggregation, a function or a metric. */
  #named({ text, at }: Token): Expression {
    const word = text.toLowerCase();
    const follows = this.token;
    const isCall = follows.kind === 'sign' && follows.text === '(';
    if (AGGREGATIONS.has(word)) {
      const isGrouped = follows.kind === 'word' && /^(?:by|without)$/i.test(follows.text);
      if (isCall || isGrouped) return this.#aggregation(at, word);
    } else if (isCall) {
      if (NO_FUNCTION.has(word)) this.refuse(follows);
      if (!FUNCTIONS.has(text)) throw new ExpressionError(unknownFunction(text), at);
      return { kind: 'call', at, name: text, args: this.#args() };
    }
    if (NO_METRIC.has(word)) this.refuse({ kind: 'word', text, at });
    return this.#selector(at, text);
  }

  #primary(): Expression {
    const token = this.token;
    const { kind, text, at } = token;
    if (kind === 'sign' && text === '{') return this.#selector(at, undefined);
    this.take();
    if (kind === 'number') return { kind, at, value: parseNumber(text, at) };
    if (kind === 'string') return { kind, at, value: parseString(text, at) };
    if (kind === 'word') return this.#named(token);
    return this.refuse(token);
  }

  /** Ranges, offsets and moments, which belong to what stands right before them. */
  #suffixed(): Expression {
    const { at } = this.token;
    const isGroup = this.takes('(') !== undefined;
    let of = isGroup ? this.#expression() : this.#primary();
    if (isGroup) this.expect(')');
    let isPlain = !isGroup;
    for (let length = 0; ; length += 1) {
      this.#limit(length);
      const { at: here } = this.token;
      if (this.takes('[') !== undefined) of = this.#range(of, isPlain, at, here);
      else if (this.takes('offset') !== undefined) of = this.#offset(of, isPlain, here);
      else if (this.takes('@') !== undefined) of = this.#moment(of, isPlain, here);
      else return of;
      isPlain = true;
    }
  }

  #range(of: Expression, isPlain: boolean, at: number, here: number): Expression {
    const range = this.#duration();
    if (this.takes(':') !== undefined) {
      const step = this.token.kind === 'duration' ? this.#duration() : undefined;
      this.expect(']');
      return { kind: 'subquery', at, of, range, step, offset: 0, time: undefined };
    }
    this.expect(']');
    if (of.kind !== 'selector' || !isPlain || of.offset !== 0 || of.time !== undefined)
      throw new ExpressionError(
        'a range stands right after a selector; elsewhere write a subquery, [5m:1m]',
        here,
      );
    return { kind: 'range', at, selector: of, range };
  }

  /** The expression with its selector or subquery changed; refused where there is none. */
  #change(
    of: Expression,
    isPlain: boolean,
    refuse: () => never,
    change: { readonly offset: number } | { readonly time: At },
  ): Expression {
    const isTaken = (target: { readonly offset: number; readonly time: At | undefined }): boolean =>
      'offset' in change ? target.offset !== 0 : target.time !== undefined;
    if (isPlain && (of.kind === 'selector' || of.kind === 'subquery') && !isTaken(of))
      return { ...of, ...change };
    if (isPlain && of.kind === 'range' && !isTaken(of.selector))
      return { ...of, selector: { ...of.selector, ...change } };
    return refuse();
  }

  #offset(of: Expression, isPlain: boolean, here: number): Expression {
    const sign = this.takes('-') === undefined ? 1 : -1;
    const offset = sign * this.#duration();
    return this.#change(
      of,
      isPlain,
      () => {
        throw new ExpressionError('offset stands after a selector or a subquery only, once', here);
      },
      { offset },
    );
  }

  #at(here: number): At {
    const word = this.takes('start', 'end');
    if (word !== undefined) {
      this.expect('(');
      this.expect(')');
      return word === 'start' ? 'start' : 'end';
    }
    const sign = this.takes('-', '+') === '-' ? -1 : 1;
    const { text, at } = this.expectKind('number');
    const time = Math.round(sign * parseNumber(text, at) * 1000);
    if (!(Math.abs(time) < MAX_TIME)) throw new ExpressionError(`${text} is no moment for @`, here);
    return time;
  }

  #moment(of: Expression, isPlain: boolean, here: number): Expression {
    return this.#change(
      of,
      isPlain,
      () => {
        throw new ExpressionError('@ stands after a selector or a subquery only, once', here);
      },
      { time: this.#at(here) },
    );
  }

  #unary(): Expression {
    const { at } = this.token;
    const sign = this.takes('-', '+');
    if (sign === undefined) return this.#suffixed();
    // A sign binds less than a power and more than all else.
    const of = this.#expression(POWER);
    return { kind: 'negation', at, of, isPlus: sign === '+' };
  }

  #matching(): Pick<Binary, 'bool' | 'matching'> {
    const bool = this.takes('bool') !== undefined;
    const how = this.takes('on', 'ignoring');
    const none: Matching = { on: false, labels: [], many: undefined, include: [] };
    if (how === undefined) return { bool, matching: none };
    const labels = this.#labels();
    const group = this.takes('group_left', 'group_right');
    const many = group === undefined ? undefined : group === 'group_left' ? 'left' : 'right';
    const opens = this.token.kind === 'sign' && this.token.text === '(';
    const include = many !== undefined && opens ? this.#labels() : [];
    return { bool, matching: { on: how === 'on', labels, many, include } };
  }

  #expression(binding = 0): Expression {
    this.#limit(++this.#depth);
    let left = this.#unary();
    for (let length = 0; ; length += 1) {
      this.#limit(length);
      const { kind, text } = this.token;
      const [operator, own] = BINDING.get(kind === 'word' ? text.toLowerCase() : text) ?? [undefined, -1];
      if (operator === undefined || own < binding) break;
      this.take();
      const modifiers = this.#matching();
      const right = this.#expression(own === POWER ? own : own + 1);
      left = { kind: 'binary', at: left.at, operator, left, right, ...modifiers };
    }
    this.#depth -= 1;
    return left;
  }

  read(): Expression {
    const expression = this.#expression();
    if (this.token.kind !== 'end') this.refuse();
    return expression;
  }
}

/** Refuses what is nested so deeply that walking it would overflow the stack. */
function refuseDepth(expression: Expression): void {
  let level: readonly Expression[] = [expression];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH)
      throw new ExpressionError('the expression is nested too deeply', level[0]?.at ?? 0);
    level = level.flatMap(childrenOf);
  }
}

/**
 * Parses and checks a PromQL expression of Prometheus 2.42. Throws an ExpressionError with the place of what is wrong
 * or not supported here; what is returned can be evaluated.
 */
export function parseExpression(text: string, options: ParseOptions = {}): Expression {
  const expression = new Parser(text).read();
  refuseDepth(expression);
  checkExpression(expression, options.anyMetric ?? false);
  return expression;
}
