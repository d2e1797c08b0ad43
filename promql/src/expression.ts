import type { Matcher } from './matcher.ts';

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%' | '^' | 'atan2';
export type ComparisonOperator = '==' | '!=' | '>' | '<' | '>=' | '<=';
export type SetOperator = 'and' | 'or' | 'unless';
export type BinaryOperator = ArithmeticOperator | ComparisonOperator | SetOperator;

/** How the samples of two vectors find each other. */
export interface Matching {
  /** True for `on`, false for `ignoring` and for nothing at all. */
  readonly on: boolean;
  readonly labels: readonly string[];
  /** The side that may have several samples a match: `group_left` or `group_right`. */
  readonly many: 'left' | 'right' | undefined;
  /** Labels that come from the other side. */
  readonly include: readonly string[];
}

interface Node {
  /** Offset in the text, for messages. */
  readonly at: number;
}

export interface NumberLiteral extends Node {
  readonly kind: 'number';
  readonly value: number;
}
export interface StringLiteral extends Node {
  readonly kind: 'string';
  readonly value: string;
}
/** A fixed moment: milliseconds since the epoch, or the first or last one that was asked for. */
export type At = number | 'start' | 'end';

/** An instant selector. */
export interface Selector extends Node {
  readonly kind: 'selector';
  /** Undefined: every metric whose name fulfils `names`. */
  readonly metric: string | undefined;
  /** Further conditions on the name. */
  readonly names: readonly Matcher[];
  /** Those of labels. */
  readonly matchers: readonly Matcher[];
  /** Milliseconds back in time; negative is forward. */
  readonly offset: number;
  /** What `@` says; the offset counts from there. */
  readonly time: At | undefined;
}
/** A selector with a range, milliseconds; offset and moment are the selector's. */
export interface RangeSelector extends Node {
  readonly kind: 'range';
  readonly selector: Selector;
  readonly range: number;
}
/** An expression evaluated again and again over a range. All in milliseconds. */
export interface Subquery extends Node {
  readonly kind: 'subquery';
  readonly of: Expression;
  readonly range: number;
  /** Undefined: the interval of evaluation. */
  readonly step: number | undefined;
  readonly offset: number;
  readonly time: At | undefined;
}
export interface Call extends Node {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Expression[];
}
export interface Aggregation extends Node {
  readonly kind: 'aggregation';
  readonly operator: string;
  readonly without: boolean;
  readonly labels: readonly string[];
  /** k, the quantile or a label's name, where the operator takes one. */
  readonly parameter: Expression | undefined;
  readonly of: Expression;
}
export interface Binary extends Node {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
  /** Compares to 0 and 1 instead of filtering. */
  readonly bool: boolean;
  /** Undefined where a side is a number. */
  readonly matching: Matching;
}
/** A sign in front; `+` changes nothing, but is refused where `-` is. */
export interface Negation extends Node {
  readonly kind: 'negation';
  readonly isPlus: boolean;
  readonly of: Expression;
}

/** A PromQL expression; parentheses are gone. */
export type Expression =
  | NumberLiteral
  | StringLiteral
  | Selector
  | RangeSelector
  | Subquery
  | Call
  | Aggregation
  | Binary
  | Negation;

const SET_OPERATORS: ReadonlySet<string> = new Set(['and', 'or', 'unless']);
const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '>', '<', '>=', '<=']);

export function isSetOperator(operator: BinaryOperator): operator is SetOperator {
  return SET_OPERATORS.has(operator);
}

export function isComparison(operator: BinaryOperator): operator is ComparisonOperator {
  return COMPARISONS.has(operator);
}

/** The expressions directly inside. */
export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'number':
    case 'string':
    case 'selector':
      return [];
    case 'range':
      return [expression.selector];
    case 'subquery':
    case 'negation':
      return [expression.of];
    case 'call':
      return expression.args;
    case 'aggregation':
      return expression.parameter === undefined ? [expression.of] : [expression.parameter, expression.of];
    case 'binary':
      return [expression.left, expression.right];
  }
}
