import fc from 'fast-check';

/** Expressions of Prometheus' language that our evaluation knows, over the series of `trialSeries`. */

const pick = (...words: string[]): fc.Arbitrary<string> => fc.constantFrom(...words);

const number = pick('0', '1', '2', '-1', '0.5', '3.25', '1e3', 'Inf', '-Inf', 'NaN');
const range = pick('30s', '1m', '5m', '17m', '1h');
const offset = pick('', '', '', ' offset 1m', ' offset 10m', ' offset -2m');

const labels = pick(
  ...['', '', '{job="api"}', '{job!="api"}', '{job=~"a.*"}', '{job!~"a.*"}', '{code=~"4..|5.."}'],
  ...['{device="d1"}', '{device=~"d[12]"}', '{type=""}', '{le=~".+", job="web"}', '{job="none"}'],
);
const metric = pick('requests_total', 'temperature', 'status', 'limit', 'odd', 'latency_bucket', 'missing');
const selector = fc.tuple(metric, labels).map((parts) => parts.join(''));
const instant = fc.tuple(selector, offset).map((parts) => parts.join(''));

const rangeFunction = pick(
  ...['rate', 'irate', 'increase', 'delta', 'idelta', 'changes', 'resets', 'deriv'],
  ...[
    'avg_over_time',
    'min_over_time',
    'max_over_time',
    'sum_over_time',
    'count_over_time',
    'last_over_time',
  ],
  ...['stddev_over_time', 'stdvar_over_time', 'present_over_time', 'absent_over_time'],
);
const valueFunction = pick(
  ...['abs', 'ceil', 'floor', 'exp', 'sqrt', 'ln', 'log2', 'log10', 'sgn', 'timestamp', 'sort', 'sort_desc'],
);
const dateFunction = pick('minute', 'hour', 'day_of_week', 'day_of_month', 'month', 'year');
const grouping = pick(
  '',
  ' by (job)',
  ' by (job, code)',
  ' without (instance)',
  ' without (device, type)',
  ' by ()',
);
/** Without atan2, after which Prometheus 2.42 forgets to take the metric's name away. */
const arithmetic = pick(' + ', ' - ', ' * ', ' / ', ' % ', ' ^ ');
const comparison = pick('==', '!=', '>', '<', '>=', '<=');
const bool = pick('', ' bool');
const matching = pick(
  ...['', '', ' on (job)', ' on (device)', ' ignoring (code, instance)', ' ignoring (type, job)'],
  ...[
    ' on (job) group_left ()',
    ' on (job) group_right ()',
    ' on (device) group_left (type)',
    ' on () group_left (job)',
  ],
);

export const expressions = fc.letrec<{ vector: string; scalar: string; ranged: string }>((tie) => {
  const vector = tie('vector');
  const scalar = tie('scalar');
  const side = vector.map((text) => `(${text})`);
  const sample = (arbitrary: fc.Arbitrary<string[]>): fc.Arbitrary<string> =>
    arbitrary.map((parts) => parts.join(''));
  return {
    scalar: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      number,
      pick('time()', 'pi()'),
      sample(fc.tuple(pick('scalar('), vector, pick(')'))),
      sample(fc.tuple(pick('('), scalar, arithmetic, pick(' '), scalar, pick(')'))),
    ),
    ranged: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      sample(fc.tuple(selector, pick('['), range, pick(']'), offset)),
      sample(fc.tuple(selector, pick('['), range, pick(']'), offset)),
      sample(fc.tuple(side, pick('['), range, pick(':1m', ':30s', ':17s'), pick(']'), offset)),
    ),
    vector: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      instant,
      sample(fc.tuple(rangeFunction, pick('('), tie('ranged'), pick(')'))),
      sample(fc.tuple(pick('quantile_over_time('), number, pick(', '), tie('ranged'), pick(')'))),
      sample(fc.tuple(pick('predict_linear('), tie('ranged'), pick(', 600)'))),
      sample(fc.tuple(valueFunction, pick('('), vector, pick(')'))),
      // The date of no number is whatever the processor makes of it: real moments only.
      sample(
        fc.tuple(
          dateFunction,
          pick('()', '(timestamp(temperature))', '(vector(time() - 5e6))', '(vector(1.7e9))'),
        ),
      ),
      sample(fc.tuple(pick('round('), vector, pick(', '), pick('0.1', '5', '1'), pick(')'))),
      sample(fc.tuple(pick('clamp_min(', 'clamp_max('), vector, pick(', '), number, pick(')'))),
      sample(fc.tuple(pick('clamp('), vector, pick(', 1, 20)', ', 5, 2)'))),
      sample(fc.tuple(pick('absent('), vector, pick(')'))),
      sample(fc.tuple(pick('vector('), scalar, pick(')'))),
      sample(fc.tuple(pick('-'), side)),
      sample(
        fc.tuple(
          pick('sum', 'min', 'max', 'avg', 'count', 'group', 'stddev', 'stdvar'),
          grouping,
          pick('('),
          vector,
          pick(')'),
        ),
      ),
      sample(fc.tuple(pick('quantile'), grouping, pick('('), number, pick(', '), vector, pick(')'))),
      // Which of several equal values is chosen is nobody's promise: only wandering values here.
      sample(
        fc.tuple(
          pick('topk', 'bottomk'),
          pick('', ' by (job)'),
          pick('(0, ', '(1, ', '(2, '),
          pick('temperature', 'limit'),
          pick(')'),
        ),
      ),
      sample(
        fc.tuple(
          pick('histogram_quantile(0.9, ', 'histogram_quantile(0.5, '),
          pick(
            'rate(latency_bucket[5m])',
            'sum by (le) (rate(latency_bucket[5m]))',
            'latency_bucket',
            'latency_bucket{le!="+Inf"}',
          ),
          pick(')'),
        ),
      ),
      sample(
        fc.tuple(
          pick('label_replace('),
          vector,
          pick(
            ', "new", "$1-x", "job", "(a.*)")',
            ', "job", "", "", "")',
            ', "to", "${1}", "device", "d([0-9])")',
          ),
        ),
      ),
      sample(fc.tuple(pick('label_join('), vector, pick(', "both", "-", "job", "device")'))),
      sample(fc.tuple(side, pick(' '), arithmetic, matching, pick(' '), side)),
      sample(fc.tuple(side, pick(' '), comparison, bool, matching, pick(' '), side)),
      sample(fc.tuple(side, pick(' '), arithmetic, pick(' '), scalar)),
      sample(fc.tuple(side, pick(' '), comparison, bool, pick(' '), scalar)),
      sample(fc.tuple(scalar, pick(' '), comparison, bool, pick(' '), side)),
      sample(
        fc.tuple(
          side,
          pick(' and', ' or', ' unless'),
          pick('', ' on (job)', ' ignoring (code, instance)'),
          pick(' '),
          side,
        ),
      ),
    ),
  };
});

/** Operations without parentheses, over series that match one to one. */
export const operations = fc
  .tuple(
    pick('limit', '-limit', 'limit offset 5m', '-2'),
    fc.array(
      fc.tuple(
        pick('+', '-', '*', '/', '%', '^', '== bool', '> bool', '<', '>=', 'and', 'or', 'unless'),
        pick('limit', '-limit', 'limit offset 5m', '-limit offset 1m', 'rate(limit[5m])', '2', '-2', '0.5'),
      ),
      { minLength: 1, maxLength: 5 },
    ),
  )
  .map(([first, rest]) => [first, ...rest.flat()].join(' '));
