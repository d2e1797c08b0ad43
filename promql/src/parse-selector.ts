import type { SyntaxNode } from '@lezer/common';
import { ExpressionError } from './errors.ts';
import type { Selector } from './expression.ts';
import { parseString } from './literals.ts';
import { createMatcher, MATCH_OPERATORS, type Matcher } from './matcher.ts';

/** Label that holds a metric's name. */
const NAME = '__name__';

function parseMatcher(node: SyntaxNode, textOf: (node: SyntaxNode) => string): Matcher {
  const label = node.getChild('LabelName') ?? node.getChild('QuotedLabelName');
  const value = node.getChild('StringLiteral');
  const sign = node.getChild('MatchOp');
  const operator = MATCH_OPERATORS.find((known) => sign !== null && known === textOf(sign));
  if (label === null || value === null || operator === undefined)
    throw new ExpressionError(`${textOf(node)} is no condition on a label`, node.from);
  const name = label.name === 'LabelName' ? textOf(label) : parseString(textOf(label), label.from);
  return createMatcher(name, operator, parseString(textOf(value), value.from), node.from);
}

/** An instant selector. Throws an ExpressionError when it does not name its metric. */
export function parseSelector(node: SyntaxNode, textOf: (node: SyntaxNode) => string): Selector {
  const identifier = node.getChild('Identifier');
  const list = node.getChild('LabelMatchers');
  const quoted = list?.getChild('QuotedLabelName') ?? null;
  const matchers = [
    ...(list?.getChildren('UnquotedLabelMatcher') ?? []),
    ...(list?.getChildren('QuotedLabelMatcher') ?? []),
  ].map((matcher) => parseMatcher(matcher, textOf));
  const names = [
    ...(identifier === null ? [] : [textOf(identifier)]),
    ...(quoted === null ? [] : [parseString(textOf(quoted), quoted.from)]),
    ...matchers.filter(({ label, operator }) => label === NAME && operator === '=').map(({ value }) => value),
  ];
  const [metric] = names;
  const plain = matchers.filter(({ label }) => label !== NAME);
  const isPlain = matchers.every(({ label, operator }) => label !== NAME || operator === '=');
  if (metric === undefined || names.length > 1 || !isPlain)
    throw new ExpressionError(
      'a selector must name one metric here, e.g. up{job="valtronics-api"}',
      node.from,
    );
  return { kind: 'selector', at: node.from, metric, matchers: plain, offset: 0 };
}
