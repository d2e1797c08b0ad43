import { parseExpression } from '@valtronics/promql';
import { readRules } from '../../../scripts/generate/prometheus-rules.ts';
import { selectorsOf } from '../../../scripts/queries/selectors.ts';
import { alertRules, limitsOf } from '../shared/rules.ts';

/** A window of a burn rate with the rate from which on its alert counts. */
export interface BurnWindow {
  /** As the recorded series ends, e.g. `1h`. */
  readonly window: string;
  readonly limit: number;
  readonly severity: string;
}

/** An objective as the rules of its alert define it. */
export interface Objective {
  readonly alert: string;
  /** What the recorded burn rates begin with: `job:valtronics_api_errors:burnrate`. */
  readonly burn: string;
  /** The recorded share that may fail. */
  readonly budget: string;
  readonly windows: readonly BurnWindow[];
}

/** The budget that the recorded burn rate is divided by. */
function budgetOf(burn: string): string {
  const rule = readRules().records.find(({ record }) => record === burn);
  const budget = selectorsOf(parseExpression(rule?.expr ?? '0')).find(({ metric }) =>
    metric?.startsWith('slo:'),
  );
  if (budget?.metric === undefined) throw new Error(`no rule records ${burn} of a budget`);
  return budget.metric;
}

/** Reads an objective from the rules of its alert: names, windows and limits are theirs. */
export function objectiveOf(alert: string): Objective {
  const windows = alertRules(alert).flatMap((rule) =>
    limitsOf(rule).map(({ metric = '', value }) => {
      const [, burn = '', window = ''] = /^(.+:burnrate)(\w+)$/.exec(metric) ?? [];
      return { burn, window, limit: value, severity: rule.labels.severity };
    }),
  );
  const burn = windows[0]?.burn ?? '';
  if (burn === '' || windows.some((one) => one.burn !== burn))
    throw new Error(`${alert} compares something else than the burn rates of one objective`);
  return {
    alert,
    burn,
    budget: budgetOf(`${burn}5m`),
    windows: windows.map(({ window, limit, severity }) => ({ window, limit, severity })),
  };
}

/** The upper bound of the buckets that count as fast enough, as the rule of slow requests has it. */
export function slowBound(): string {
  const rule = readRules().records.find(({ record }) => record === 'job_source:valtronics_api_slow:rate5m');
  const bounds = selectorsOf(parseExpression(rule?.expr ?? '0')).flatMap(({ matchers }) =>
    matchers.flatMap(({ label, value }) => (label === 'le' ? [value] : [])),
  );
  if (bounds[0] === undefined) throw new Error('the rule of slow requests names no bucket');
  return bounds[0];
}
