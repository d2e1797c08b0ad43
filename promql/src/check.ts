import { ExpressionError } from './errors.ts';
import {
  type Aggregation,
  type Binary,
  type Call,
  type Expression,
  isComparison,
  isSetOperator,
  type Selector,
} from './expression.ts';
import { compilePattern } from './matcher.ts';
import { AGGREGATIONS, FUNCTIONS, unknownFunction, type ValueType } from './signatures.ts';

const WORDS: Readonly<Record<ValueType, string>> = {
  scalar: 'a number',
  vector: 'an instant vector',
  range: 'a range such as [5m]',
  string: 'a text',
};

/** Checks types, and that a selector names its metric where it has to. */
class Check {
  readonly #anyMetric: boolean;

  constructor(anyMetric: boolean) {
    this.#anyMetric = anyMetric;
  }

  #want(expression: Expression, wanted: ValueType, what: string): void {
    const given = this.typeOf(expression);
    if (given !== wanted)
      throw new ExpressionError(`${what} must be ${WORDS[wanted]}, not ${WORDS[given]}`, expression.at);
  }

  #selector({ metric, at }: Selector): ValueType {
    if (metric === undefined && !this.#anyMetric)
      throw new ExpressionError('a selector must name its metric here, e.g. up{job="valtronics-api"}', at);
    return 'vector';
  }

  #call({ name, args, at }: Call): ValueType {
    const known = FUNCTIONS.get(name);
    if (known === undefined) throw new ExpressionError(unknownFunction(name), at);
    const { args: wanted, optional, returns } = known;
    const least = wanted.length - Math.min(optional, 1);
    const most = optional === Infinity ? Infinity : wanted.length;
    if (args.length < least || args.length > most)
      throw new ExpressionError(`${name} takes ${least === most ? '' : 'at least '}${least} arguments`, at);
    for (const [index, arg] of args.entries())
      this.#want(
        arg,
        wanted[Math.min(index, wanted.length - 1)] ?? 'vector',
        `argument ${index + 1} of ${name}`,
      );
    const pattern = args[4];
    if (name === 'label_replace' && pattern?.kind === 'string') compilePattern(pattern.value, pattern.at);
    return returns;
  }

  #aggregation({ operator, parameter, of }: Aggregation): ValueType {
    if (parameter !== undefined)
      this.#want(parameter, AGGREGATIONS.get(operator) ?? 'scalar', `the parameter of ${operator}`);
    this.#want(of, 'vector', `what ${operator} takes`);
    return 'vector';
  }

  #binary({ operator, left, right, bool, matching, at }: Binary): ValueType {
    const types = [left, right].map((side) => {
      const type = this.typeOf(side);
      if (type === 'vector' || type === 'scalar') return type;
      throw new ExpressionError(`${operator} takes numbers and instant vectors, not ${WORDS[type]}`, side.at);
    });
    const vectors = types.filter((type) => type === 'vector').length;
    const refuse = (why: string): never => {
      throw new ExpressionError(why, at);
    };
    if (bool && !isComparison(operator)) refuse('bool goes with comparisons only');
    if (isSetOperator(operator)) {
      if (vectors < 2) refuse(`${operator} takes two instant vectors`);
      if (matching.many !== undefined) refuse(`group_left and group_right do not go with ${operator}`);
    } else if (vectors < 2 && matching.labels.length > 0) {
      refuse('on and ignoring go between two instant vectors only');
    }
    if (vectors === 0 && isComparison(operator) && !bool) refuse('a comparison of two numbers needs bool');
    const twice = matching.include.find((label) => matching.on && matching.labels.includes(label));
    if (twice !== undefined) refuse(`label ${twice} must not stand in both on and group`);
    return vectors === 0 ? 'scalar' : 'vector';
  }

  typeOf(expression: Expression): ValueType {
    switch (expression.kind) {
      case 'number':
        return 'scalar';
      case 'string':
        return 'string';
      case 'selector':
        return this.#selector(expression);
      case 'range':
        this.#selector(expression.selector);
        return 'range';
      case 'subquery':
        this.#want(expression.of, 'vector', 'what a subquery repeats');
        return 'range';
      case 'call':
        return this.#call(expression);
      case 'aggregation':
        return this.#aggregation(expression);
      case 'binary':
        return this.#binary(expression);
      case 'negation': {
        const type = this.typeOf(expression.of);
        if (type !== 'scalar' && type !== 'vector')
          throw new ExpressionError(
            `a sign takes a number or an instant vector, not ${WORDS[type]}`,
            expression.at,
          );
        return type;
      }
    }
  }
}

/**
 * The type of the expression. Throws an ExpressionError where types do not fit, or where a selector names no metric
 * and `anyMetric` is not set.
 */
export function checkExpression(expression: Expression, anyMetric = true): ValueType {
  return new Check(anyMetric).typeOf(expression);
}
