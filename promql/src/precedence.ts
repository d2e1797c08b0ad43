import type { SyntaxNode } from '@lezer/common';
import { ExpressionError } from './errors.ts';
import type { BinaryOperator, Expression } from './expression.ts';

const OPERATORS: Readonly<Record<string, BinaryOperator>> = {
  Add: '+',
  Sub: '-',
  Mul: '*',
  Div: '/',
  Mod: '%',
  Pow: '^',
  Atan2: 'atan2',
  Eql: '==',
  EqlC: '==',
  Neq: '!=',
  Gtr: '>',
  Lss: '<',
  Gte: '>=',
  Lte: '<=',
  And: 'and',
  Or: 'or',
  Unless: 'unless',
};

/** How close operators bind; equal ones from left to right, but for the power. */
const BINDING: Readonly<Record<BinaryOperator, number>> = {
  or: 1,
  and: 2,
  unless: 2,
  '==': 3,
  '!=': 3,
  '>': 3,
  '<': 3,
  '>=': 3,
  '<=': 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '%': 5,
  atan2: 5,
  '^': 6,
};

const SUFFIXES: ReadonlySet<string> = new Set([
  'MatrixSelector',
  'SubqueryExpr',
  'OffsetExpr',
  'StepInvariantExpr',
]);

/** A part of an expression without parentheses, in the order of the text. */
type Item =
  | { readonly kind: 'operand'; readonly node: SyntaxNode }
  | { readonly kind: 'sign'; readonly node: SyntaxNode; readonly negative: boolean }
  /** The node is the whole operation, which holds the modifiers. */
  | { readonly kind: 'operator'; readonly node: SyntaxNode; readonly operator: BinaryOperator }
  | { readonly kind: 'suffix'; readonly node: SyntaxNode };

/** Makes expressions of what was put in order. */
export interface Builder {
  textOf(node: SyntaxNode): string;
  /** What is no operation; a number without its sign. */
  operand(node: SyntaxNode): Expression;
  /** A range, subquery or offset behind its expression. */
  suffix(node: SyntaxNode, of: Expression): Expression;
  binary(node: SyntaxNode, operator: BinaryOperator, left: Expression, right: Expression): Expression;
}

function isOperation({ name }: SyntaxNode): boolean {
  return name === 'BinaryExpr' || name === 'UnaryExpr' || SUFFIXES.has(name);
}

/** The nodes directly inside, without comments. */
export function childNodes(node: SyntaxNode): SyntaxNode[] {
  const nodes: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling)
    if (child.name !== 'LineComment') nodes.push(child);
  return nodes;
}

function flatten(node: SyntaxNode, textOf: Builder['textOf']): Item[] {
  const nodes = childNodes(node);
  const [first] = nodes;
  const last = nodes.at(-1);
  if (node.name === 'NumberDurationLiteral' && /^[-+]/.test(textOf(node)))
    return [
      { kind: 'sign', node, negative: textOf(node).startsWith('-') },
      { kind: 'operand', node },
    ];
  if (!isOperation(node) || first === undefined || last === undefined) return [{ kind: 'operand', node }];
  if (SUFFIXES.has(node.name)) return [...flatten(first, textOf), { kind: 'suffix', node }];
  if (node.name === 'UnaryExpr')
    return [{ kind: 'sign', node, negative: textOf(first) === '-' }, ...flatten(last, textOf)];
  const sign = nodes.find(({ name }) => name in OPERATORS);
  const operator = OPERATORS[sign?.name ?? ''];
  if (operator === undefined) throw new ExpressionError('this operator is not supported here', node.from);
  return [...flatten(first, textOf), { kind: 'operator', node, operator }, ...flatten(last, textOf)];
}

/**
 * Reads an expression with Prometheus' precedence. The grammar is made for highlighting: it puts ranges and
 * offsets behind the whole operation to their left, and a number's sign into the number.
 */
export function readExpression(node: SyntaxNode, builder: Builder): Expression {
  const items = flatten(node, builder.textOf);
  let next = 0;

  function readOperand(): Expression {
    const item = items[next++];
    if (item?.kind === 'sign') {
      // A sign binds less than a power and more than all else.
      const of = readFrom(BINDING['^']);
      return item.negative ? { kind: 'negation', at: item.node.from, of } : of;
    }
    if (item?.kind !== 'operand') throw new ExpressionError('the expression is not complete', node.from);
    let expression = builder.operand(item.node);
    for (let suffix = items[next]; suffix?.kind === 'suffix'; suffix = items[++next])
      expression = builder.suffix(suffix.node, expression);
    return expression;
  }

  function readFrom(binding: number): Expression {
    let left = readOperand();
    for (let item = items[next]; item?.kind === 'operator'; item = items[next]) {
      const own = BINDING[item.operator];
      if (own < binding) break;
      next += 1;
      left = builder.binary(item.node, item.operator, left, readFrom(item.operator === '^' ? own : own + 1));
    }
    return left;
  }

  return readFrom(0);
}
