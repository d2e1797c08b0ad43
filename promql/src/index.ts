export { checkExpression } from './check.ts';
export { EvaluationError, ExpressionError } from './errors.ts';
export { evaluate } from './evaluate.ts';
export {
  childrenOf,
  type Expression,
  isComparison,
  isSetOperator,
  type RangeSelector,
  type Selector,
} from './expression.ts';
export {
  type Labels,
  labelOf,
  labelsFrom,
  labelsKey,
  type Named,
  NO_LABELS,
  showLabels,
  withLabels,
} from './labels.ts';
export { formatSample, parsePromDuration } from './literals.ts';
export type { Matcher, MatchOperator } from './matcher.ts';
export { type Needs, needsOf } from './needs.ts';
export { expandGroups } from './label-functions.ts';
export { parseExpression, type ParseOptions } from './parse.ts';
export type { ValueType } from './signatures.ts';
export { type Context, DEFAULT_MAX_SAMPLES, type SampleSource, type Series } from './source.ts';
export {
  endWhen,
  PAUSE_EVERY,
  run,
  type Sample,
  type Value,
  type Vector,
  vectorOf,
  type Work,
} from './value.ts';
