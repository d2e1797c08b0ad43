/** Types of PromQL: `range` is what `[5m]` makes. */
export type ValueType = 'scalar' | 'vector' | 'range' | 'string';

export interface Signature {
  readonly args: readonly ValueType[];
  /** How many of the last arguments may be left out; Infinity: the last one may be left out or repeated. */
  readonly optional: number;
  readonly returns: ValueType;
}

function each(
  names: readonly string[],
  args: readonly ValueType[],
  returns: ValueType = 'vector',
  optional = 0,
): [string, Signature][] {
  return names.map((name) => [name, { args, returns, optional }]);
}

const OVER_TIME = ['avg', 'min', 'max', 'sum', 'count', 'stddev', 'stdvar', 'last', 'present', 'absent'];

/** Every function that is known here, as in Prometheus' documentation of 2.42. */
export const FUNCTIONS: ReadonlyMap<string, Signature> = new Map([
  ...each(['rate', 'irate', 'increase', 'delta', 'idelta', 'changes', 'resets', 'deriv'], ['range']),
  ...each(
    OVER_TIME.map((name) => `${name}_over_time`),
    ['range'],
  ),
  ...each(['quantile_over_time'], ['scalar', 'range']),
  ...each(['predict_linear'], ['range', 'scalar']),
  ...each(['holt_winters'], ['range', 'scalar', 'scalar']),
  ...each(['abs', 'ceil', 'floor', 'exp', 'sqrt', 'ln', 'log2', 'log10', 'sgn', 'deg', 'rad'], ['vector']),
  ...each(['sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh'], ['vector']),
  ...each(['asinh', 'acosh', 'atanh', 'absent', 'timestamp', 'sort', 'sort_desc'], ['vector']),
  ...each(['histogram_count', 'histogram_sum'], ['vector']),
  ...each(['histogram_fraction'], ['scalar', 'scalar', 'vector']),
  ...each(['minute', 'hour', 'day_of_week', 'day_of_month', 'day_of_year'], ['vector'], 'vector', 1),
  ...each(['days_in_month', 'month', 'year'], ['vector'], 'vector', 1),
  ...each(['round'], ['vector', 'scalar'], 'vector', 1),
  ...each(['clamp'], ['vector', 'scalar', 'scalar']),
  ...each(['clamp_min', 'clamp_max'], ['vector', 'scalar']),
  ...each(['histogram_quantile'], ['scalar', 'vector']),
  ...each(['label_replace'], ['vector', 'string', 'string', 'string', 'string']),
  ...each(['label_join'], ['vector', 'string', 'string', 'string'], 'vector', Infinity),
  ...each(['scalar'], ['vector'], 'scalar'),
  ...each(['vector'], ['scalar']),
  ...each(['time', 'pi'], [], 'scalar'),
]);

/** Aggregations, with the type of their parameter. */
export const AGGREGATIONS: ReadonlyMap<string, ValueType | undefined> = new Map<
  string,
  ValueType | undefined
>([
  ...['sum', 'min', 'max', 'avg', 'count', 'group', 'stddev', 'stdvar'].map((name): [string, undefined] => [
    name,
    undefined,
  ]),
  ['topk', 'scalar'],
  ['bottomk', 'scalar'],
  ['quantile', 'scalar'],
  ['count_values', 'string'],
]);

/** Says that a function is not known, and which are. */
export function unknownFunction(name: string): string {
  return `function ${name} is not supported here; supported are ${[...FUNCTIONS.keys()].sort().join(', ')}`;
}
