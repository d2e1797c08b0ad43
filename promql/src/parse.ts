import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';
import { checkExpression } from './check.ts';
import { ExpressionError } from './errors.ts';
import type { Aggregation, BinaryOperator, Expression, Matching } from './expression.ts';
import { parseNumber, parsePromDuration, parseString } from './literals.ts';
import { parseSelector } from './parse-selector.ts';
import { childNodes, readExpression } from './precedence.ts';
import { unknownFunction } from './signatures.ts';

/** Aggregations whose first argument is a parameter. */
const WITH_PARAMETER: ReadonlySet<string> = new Set(['topk', 'bottomk', 'quantile', 'count_values']);

/** Turns the grammar's tree into our own; one for each text. */
class Reader {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  textOf({ from, to }: SyntaxNode): string {
    return this.#text.slice(from, to);
  }

  refuse(node: SyntaxNode, why: string): never {
    throw new ExpressionError(why, node.from);
  }

  #one(node: SyntaxNode, at: number): SyntaxNode {
    const found = childNodes(node).at(at);
    return found ?? this.refuse(node, `${this.textOf(node)} is not complete`);
  }

  /** A duration in milliseconds; with a sign where `offset` has one. */
  #duration(node: SyntaxNode): number {
    const text = this.textOf(node).replaceAll(/\s/g, '');
    const sign = text.startsWith('-') ? -1 : 1;
    const digits = text.replace(/^[+-]/, '');
    const value = parsePromDuration(digits) ?? (/^\d+$/.test(digits) ? Number(digits) * 1000 : undefined);
    return value === undefined
      ? this.refuse(node, `${text} is no duration such as 5m or 1h30m`)
      : sign * value;
  }

  #range(node: SyntaxNode): number {
    const value = this.#duration(node);
    return value > 0 ? value : this.refuse(node, 'a range must be longer than 0');
  }

  #names(node: SyntaxNode | null): string[] {
    return node === null
      ? []
      : childNodes(node).map((name) => this.textOf(name).replaceAll(/^["'`]|["'`]$/g, ''));
  }

  #matching(node: SyntaxNode | null): Matching {
    if (node === null) return { on: false, labels: [], many: undefined, include: [] };
    const [how, labels, group, include] = childNodes(node);
    const many = group === undefined ? undefined : group.name === 'GroupLeft' ? 'left' : 'right';
    return {
      on: how?.name === 'On',
      labels: this.#names(labels ?? null),
      many,
      include: this.#names(include ?? null),
    };
  }

  #binary(node: SyntaxNode, operator: BinaryOperator, left: Expression, right: Expression): Expression {
    const bool = node.getChild('BoolModifier') !== null;
    const matching = this.#matching(node.getChild('MatchingModifierClause'));
    return { kind: 'binary', at: left.at, operator, left, right, bool, matching };
  }

  #aggregation(node: SyntaxNode): Aggregation {
    const operator = this.textOf(this.#one(node, 0));
    const modifier = node.getChild('AggregateModifier');
    const body = node.getChild('FunctionCallBody');
    const args = body === null ? [] : childNodes(body).map((arg) => this.read(arg));
    const [first, second] = args;
    const wanted = WITH_PARAMETER.has(operator) ? 2 : 1;
    if (first === undefined || args.length !== wanted)
      this.refuse(node, `${operator} takes ${wanted === 1 ? 'one argument' : 'two arguments'}`);
    return {
      kind: 'aggregation',
      at: node.from,
      operator,
      without: modifier !== null && modifier.getChild('Without') !== null,
      labels: this.#names(modifier?.getChild('GroupingLabels') ?? null),
      parameter: second === undefined ? undefined : first,
      of: second ?? first,
    };
  }

  #offset(node: SyntaxNode, inner: Expression): Expression {
    const offset = this.#duration(this.#one(node, -1));
    if (inner.kind === 'selector' || inner.kind === 'subquery') return { ...inner, offset };
    if (inner.kind === 'range') return { ...inner, selector: { ...inner.selector, offset } };
    return this.refuse(node, 'offset stands after a selector or a subquery only');
  }

  #rangeSelector(node: SyntaxNode, selector: Expression): Expression {
    if (selector.kind !== 'selector' || selector.offset !== 0)
      return this.refuse(node, 'a range stands right after a selector; elsewhere write a subquery, [5m:1m]');
    return { kind: 'range', at: selector.at, selector, range: this.#range(this.#one(node, 1)) };
  }

  #subquery(node: SyntaxNode, of: Expression): Expression {
    const [, range, step] = childNodes(node);
    if (range === undefined) return this.refuse(node, 'the subquery is not complete');
    return {
      kind: 'subquery',
      at: of.at,
      of,
      range: this.#range(range),
      step: step === undefined ? undefined : this.#range(step),
      offset: 0,
    };
  }

  #suffix(node: SyntaxNode, of: Expression): Expression {
    switch (node.name) {
      case 'MatrixSelector':
        return this.#rangeSelector(node, of);
      case 'SubqueryExpr':
        return this.#subquery(node, of);
      case 'OffsetExpr':
        return this.#offset(node, of);
      default:
        throw new ExpressionError('the @ modifier is not supported here: use offset', of.at);
    }
  }

  read(node: SyntaxNode): Expression {
    return readExpression(node, {
      textOf: (inner) => this.textOf(inner),
      operand: (inner) => this.#operand(inner),
      suffix: (inner, of) => this.#suffix(inner, of),
      binary: (inner, operator, left, right) => this.#binary(inner, operator, left, right),
    });
  }

  #operand(node: SyntaxNode): Expression {
    const at = node.from;
    switch (node.name) {
      case 'ParenExpr':
        return this.read(this.#one(node, 0));
      case 'NumberDurationLiteral':
        return { kind: 'number', at, value: parseNumber(this.textOf(node).replace(/^[-+]/, ''), at) };
      case 'StringLiteral':
        return { kind: 'string', at, value: parseString(this.textOf(node), at) };
      case 'VectorSelector':
        return parseSelector(node, (inner) => this.textOf(inner));
      case 'AggregateExpr':
        return this.#aggregation(node);
      case 'FunctionCall': {
        const body = node.getChild('FunctionCallBody');
        const args = body === null ? [] : childNodes(body).map((arg) => this.read(arg));
        return { kind: 'call', at, name: this.textOf(this.#one(node, 0)), args };
      }
      default:
        return this.refuse(node, `${this.textOf(node)} is not supported here`);
    }
  }
}

/** The first place that the grammar does not understand. */
function firstFault(text: string): number | undefined {
  let fault: number | undefined;
  parser.parse(text).iterate({
    enter: (node) => {
      if (node.type.isError) fault ??= node.from;
    },
  });
  return fault;
}

/** What the grammar stumbled over, in words. */
function describeFault(text: string, at: number): string {
  const rest = (text.slice(at).split('\n')[0] ?? '').trim();
  if (rest === '') return 'the expression is not complete';
  const name = /([a-zA-Z_]\w*)\s*$/.exec(text.slice(0, at))?.[1];
  if (rest.startsWith('(') && name !== undefined) return unknownFunction(name);
  return `not understood: ${JSON.stringify(rest.slice(0, 40))}`;
}

/**
 * Parses and checks a PromQL expression. Throws an ExpressionError with the place of what is wrong or not
 * supported here; what is returned can be evaluated.
 */
export function parseExpression(text: string): Expression {
  const fault = firstFault(text);
  if (fault !== undefined) throw new ExpressionError(describeFault(text, fault), fault);
  const [top] = childNodes(parser.parse(text).topNode);
  if (top === undefined) throw new ExpressionError('the expression is empty', 0);
  const expression = new Reader(text).read(top);
  checkExpression(expression);
  return expression;
}
