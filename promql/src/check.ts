import { ExpressionError } from './errors.ts';
import {
  type Aggregation,
  type Binary,
  type Call,
  type Expression,
  isComparison,
  isSetOperator,
} from './expression.ts';
import { compilePattern } from './matcher.ts';
import { AGGREGATIONS, FUNCTIONS, unknownFunction, type ValueType } from './signatures.ts';

const WORDS: Readonly<Record<ValueType, string>> = {
  scalar: 'a number',
  vector: 'an instant vector',
  range: 'a range such as [5m]',
  string: 'a text',
};

function want(expression: Expression, wanted: ValueType, what: string): void {
  const given = checkExpression(expression);
  if (given !== wanted)
    throw new ExpressionError(`${what} must be ${WORDS[wanted]}, not ${WORDS[given]}`, expression.at);
}

/** Names of metrics are kept apart from labels here, so that they cannot be matched, grouped or made. */
function refuseName(labels: readonly string[], at: number): void {
  if (labels.includes('__name__')) throw new ExpressionError('label __name__ cannot be used so here', at);
}

function checkCall({ name, args, at }: Call): ValueType {
  const known = FUNCTIONS.get(name);
  if (known === undefined) throw new ExpressionError(unknownFunction(name), at);
  const { args: wanted, optional, returns } = known;
  const least = wanted.length - Math.min(optional, 1);
  const most = optional === Infinity ? Infinity : wanted.length;
  if (args.length < least || args.length > most)
    throw new ExpressionError(`${name} takes ${least === most ? '' : 'at least '}${least} arguments`, at);
  for (const [index, arg] of args.entries())
    want(arg, wanted[Math.min(index, wanted.length - 1)] ?? 'vector', `argument ${index + 1} of ${name}`);
  refuseName(
    args.map((arg) => (arg.kind === 'string' ? arg.value : '')),
    at,
  );
  const pattern = args[4];
  if (name === 'label_replace' && pattern?.kind === 'string') compilePattern(pattern.value, pattern.at);
  return returns;
}

function checkAggregation({ operator, parameter, of, at, labels }: Aggregation): ValueType {
  if (!AGGREGATIONS.has(operator))
    throw new ExpressionError(
      `aggregation ${operator} is not supported here; supported are ${[...AGGREGATIONS.keys()].join(', ')}`,
      at,
    );
  refuseName(labels, at);
  if (parameter !== undefined)
    want(parameter, AGGREGATIONS.get(operator) ?? 'scalar', `the parameter of ${operator}`);
  want(of, 'vector', `what ${operator} takes`);
  return 'vector';
}

function checkBinary({ operator, left, right, bool, matching, at }: Binary): ValueType {
  const types = [left, right].map((side) => {
    const type = checkExpression(side);
    if (type === 'vector' || type === 'scalar') return type;
    throw new ExpressionError(`${operator} takes numbers and instant vectors, not ${WORDS[type]}`, side.at);
  });
  refuseName([...matching.labels, ...matching.include], at);
  const vectors = types.filter((type) => type === 'vector').length;
  const refuse = (why: string): never => {
    throw new ExpressionError(why, at);
  };
  if (bool && !isComparison(operator)) refuse('bool goes with comparisons only');
  if (isSetOperator(operator)) {
    if (vectors < 2) refuse(`${operator} takes two instant vectors`);
    if (matching.many !== undefined) refuse(`group_left and group_right do not go with ${operator}`);
  } else if (vectors < 2 && (matching.on || matching.labels.length > 0)) {
    refuse('on and ignoring go between two instant vectors only');
  }
  if (vectors === 0 && isComparison(operator) && !bool) refuse('a comparison of two numbers needs bool');
  const twice = matching.include.find((label) => matching.on && matching.labels.includes(label));
  if (twice !== undefined) refuse(`label ${twice} must not stand in both on and group`);
  return vectors === 0 ? 'scalar' : 'vector';
}

/** The type of the expression. Throws an ExpressionError where types do not fit or something is not supported. */
export function checkExpression(expression: Expression): ValueType {
  switch (expression.kind) {
    case 'number':
      return 'scalar';
    case 'string':
      return 'string';
    case 'selector':
      return 'vector';
    case 'range':
      return 'range';
    case 'subquery':
      want(expression.of, 'vector', 'what a subquery repeats');
      return 'range';
    case 'call':
      return checkCall(expression);
    case 'aggregation':
      return checkAggregation(expression);
    case 'binary':
      return checkBinary(expression);
    case 'negation': {
      const type = checkExpression(expression.of);
      if (type !== 'scalar' && type !== 'vector')
        throw new ExpressionError(`- takes a number or an instant vector, not ${WORDS[type]}`, expression.at);
      return type;
    }
  }
}
