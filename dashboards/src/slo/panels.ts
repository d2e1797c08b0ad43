import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { BigValueGraphMode } from '@grafana/grafana-foundation-sdk/common';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { ALERTS_PAGE } from '../shared/dashboard.ts';
import { explainedBy, TIME } from '../shared/links.ts';
import { range } from '../shared/query.ts';
import { stat } from '../shared/stat.ts';
import { budgetSteps, neutral, upTo } from '../shared/thresholds.ts';
import { limitLine, linesOnly, timeseries } from '../shared/timeseries.ts';
import type { Objective } from './objectives.ts';

/** What the panels of an objective say besides what its rules say. */
export interface ObjectiveText {
  /** The objective in words, without its share: "answers that are no 5xx". */
  readonly good: string;
  /** Where there is nothing to show. */
  readonly noValue: string;
}

/** Days of the objectives; the recorded budget is over as many. */
const DAYS = 30;

/** The share of the budget that is left; negative when more failed than was allowed. */
export function budgetLeft({ burn }: Objective): string {
  return `1 - max(${burn}30d)`;
}

/** Objective, share now, how fast the budget burns and how long it lasts: the numbers of an objective. */
export function numbers(objective: Objective, first: number, text: ObjectiveText): readonly Builder<Panel>[] {
  const { alert, burn, budget, windows } = objective;
  const { noValue, good } = text;
  const [page] = windows;
  const runbooks = [alert];
  const rule = explainedBy('Show the rule', `${ALERTS_PAGE}?${TIME}&tab=rules&rule=${alert}`);
  const number = (id: number, title: string, description: string) =>
    stat({ id, title, description, noValue, runbooks }).span(6).dataLinks([rule]);
  return [
    number(first, 'Objective', `The share of ${good} over ${DAYS} days that is promised.`)
      .withTarget(range(`1 - max(${budget})`, 'objective'))
      .unit('percentunit')
      .decimals(1)
      .graphMode(BigValueGraphMode.None)
      .thresholds(neutral()),
    number(
      first + 1,
      'Now',
      `The share of ${good} in the last 5 minutes. Below the objective the budget burns too fast.`,
    )
      .withTarget(range(`1 - max(${burn}5m) * max(${budget})`, 'now'))
      .unit('percentunit')
      .decimals(2)
      .thresholds(neutral()),
    number(
      first + 2,
      'Burn Rate',
      `How many times too fast the budget burned in the last hour: at 1 it is gone in exactly ${DAYS} days, from ${page?.limit ?? 0} on somebody is paged.`,
    )
      .withTarget(range(`max(${burn}1h)`, 'burn rate'))
      .unit('suffix: ×')
      .decimals(1)
      .min(0)
      .thresholds(upTo(page?.limit ?? 0)),
    number(
      first + 3,
      'Lasts',
      'How long the budget that is left lasts if it goes on burning as in the last 6 hours. Nothing: at that rate it never ends, or it is gone.',
    )
      .withTarget(range(`(${budgetLeft(objective)} > 0) * ${DAYS * 86_400} / (max(${burn}6h) > 0)`, 'lasts'))
      .noValue('for ever, or gone')
      .unit('s')
      .decimals(0)
      .graphMode(BigValueGraphMode.None)
      .thresholds(neutral()),
  ];
}

/** Burn rates over windows of all lengths. */
export function burnRates({ alert, burn, windows }: Objective, id: number, noValue: string): Builder<Panel> {
  const limits = [
    ...new Set(windows.filter(({ severity }) => severity === 'critical').map(({ limit }) => limit)),
  ];
  const panel = linesOnly(
    timeseries({
      id,
      title: 'Burn Rates',
      description: `How many times too fast the budget burns, over windows of several lengths; a window begins to count with one request a minute. A page is due above ${limits.join(' or ')}, the line is at the former; a ticket is due above 1 for 3 days.`,
      noValue,
      runbooks: [alert],
    }),
  )
    .unit('suffix: ×')
    .min(0);
  const shown = ['1h', '6h', '1d', '3d'].filter((window) => windows.some((one) => one.window === window));
  shown.forEach((window, index) => {
    panel.withTarget(range(`max(${burn}${window})`, window, 'ABCD'[index]));
  });
  return limitLine(panel, limits[0] ?? 1);
}

/** The budget over time. */
export function budgetOverTime(objective: Objective, id: number, noValue: string): Builder<Panel> {
  return timeseries({
    id,
    title: 'Budget Left',
    description: `What is left of the budget of ${DAYS} days, or of as long as Prometheus keeps its data. Below 0 % the promise is broken: nothing risky is rolled out until it has recovered.`,
    noValue,
    runbooks: [objective.alert],
  })
    .withTarget(range(budgetLeft(objective), 'left'))
    .unit('percentunit')
    .max(1)
    .thresholds(budgetSteps());
}
