/** Types of PromQL: `range` is what `[5m]` makes. */
export type ValueType = 'scalar' | 'vector' | 'range' | 'string';

export interface Signature {
  readonly args: readonly ValueType[];
  /** How many of the last arguments may be left out; Infinity: the last one may be repeated. */
  readonly optional: number;
  readonly returns: ValueType;
}

function signature(args: readonly ValueType[], returns: ValueType = 'vector', optional = 0): Signature {
  return { args, returns, optional };
}

function each(names: readonly string[], of: Signature): Record<string, Signature> {
  return Object.fromEntries(names.map((name) => [name, of]));
}

/** Every function that is known here, as in Prometheus' documentation. */
export const FUNCTIONS: ReadonlyMap<string, Signature> = new Map(
  Object.entries({
    ...each(
      [
        ...['rate', 'irate', 'increase', 'delta', 'idelta', 'changes', 'resets', 'deriv'],
        ...['avg', 'min', 'max', 'sum', 'count', 'stddev', 'stdvar', 'last', 'present', 'absent'].map(
          (name) => `${name}_over_time`,
        ),
      ],
      signature(['range']),
    ),
    quantile_over_time: signature(['scalar', 'range']),
    predict_linear: signature(['range', 'scalar']),
    ...each(
      [
        'abs',
        'ceil',
        'floor',
        'exp',
        'sqrt',
        'ln',
        'log2',
        'log10',
        'sgn',
        'absent',
        'timestamp',
        'sort',
        'sort_desc',
      ],
      signature(['vector']),
    ),
    ...each(
      ['minute', 'hour', 'day_of_week', 'day_of_month', 'month', 'year'],
      signature(['vector'], 'vector', 1),
    ),
    round: signature(['vector', 'scalar'], 'vector', 1),
    clamp: signature(['vector', 'scalar', 'scalar']),
    clamp_min: signature(['vector', 'scalar']),
    clamp_max: signature(['vector', 'scalar']),
    histogram_quantile: signature(['scalar', 'vector']),
    label_replace: signature(['vector', 'string', 'string', 'string', 'string']),
    label_join: signature(['vector', 'string', 'string', 'string'], 'vector', Infinity),
    scalar: signature(['vector'], 'scalar'),
    vector: signature(['scalar']),
    time: signature([], 'scalar'),
    pi: signature([], 'scalar'),
  }),
);

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
