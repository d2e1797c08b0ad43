import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Marks } from '../shared/annotations.ts';
import { ALERTS_PAGE, type ClassicDashboard, dashboard, type Group } from '../shared/dashboard.ts';
import { explainedBy, TIME } from '../shared/links.ts';
import { range } from '../shared/query.ts';
import { stat } from '../shared/stat.ts';
import { budgetSteps } from '../shared/thresholds.ts';
import { failedRoutes, silentTypes, slowRoutes } from './burned.ts';
import { objectiveOf, slowBound } from './objectives.ts';
import { budgetLeft, budgetOverTime, burnRates, numbers, type ObjectiveText } from './panels.ts';

/** An objective of the dashboard. Its panels have ids from `id` on. */
interface Part extends ObjectiveText {
  readonly id: number;
  readonly alert: string;
  readonly title: string;
  readonly burned: (id: number) => Builder<Panel>;
}

const PARTS: readonly Part[] = [
  {
    id: 10,
    alert: 'ApiErrorBudgetBurn',
    title: 'API Errors',
    good: 'the API’s answers that are no 5xx',
    noValue: 'too few requests yet',
    burned: failedRoutes,
  },
  {
    id: 20,
    alert: 'ApiLatencyBudgetBurn',
    title: 'API Latency',
    good: `the API’s answers that come within ${slowBound()} s`,
    noValue: 'too few durations yet',
    burned: slowRoutes,
  },
  {
    id: 30,
    alert: 'TelemetryFreshnessBudgetBurn',
    title: 'Telemetry Freshness',
    good: 'the devices that are not offline',
    noValue: 'no devices',
    burned: silentTypes,
  },
];

function left({ alert, title, noValue, id }: Part): Builder<Panel> {
  return stat({
    // 1, 2, 3 for the parts from 10, 20 and 30 on.
    id: id / 10,
    title,
    description:
      'What is left of the error budget of 30 days, or of as long as Prometheus keeps its data. Below 0 % the promise is broken.',
    noValue,
    runbooks: [alert],
  })
    .withTarget(range(budgetLeft(objectiveOf(alert)), 'left'))
    .unit('percentunit')
    .decimals(1)
    .span(8)
    .thresholds(budgetSteps())
    .dataLinks([explainedBy('Show the rule', `${ALERTS_PAGE}?${TIME}&tab=rules&rule=${alert}`)]);
}

function group(part: Part): Group {
  const { id, alert, title, noValue, burned } = part;
  const objective = objectiveOf(alert);
  return {
    id,
    heading: title,
    panels: [
      ...numbers(objective, id + 1, part),
      burnRates(objective, id + 5, noValue),
      budgetOverTime(objective, id + 6, noValue),
      burned(id + 7),
    ],
  };
}

/** An alert is marked on the burn rates and the budget of its objective. */
const MARKS: readonly Marks[] = PARTS.map(({ id, alert, title }) => ({
  name: `${title} alerts`,
  alerts: [alert],
  panels: [id + 5, id + 6],
  severity: 'critical',
}));

/** `valtronics-slo`: is what was promised kept, how fast is the rest used up, and by what? */
export function sloDashboard(): ClassicDashboard {
  return dashboard(
    {
      uid: 'valtronics-slo',
      title: 'Valtronics Service Levels',
      description:
        'The objectives behind the alerts of error budgets: what is promised, what is left of the budget, how fast it burns and what burned it.',
      tags: ['valtronics', 'slo'],
    },
    MARKS,
    [{ panels: PARTS.map(left) }, ...PARTS.map(group)],
    { page: { title: 'Alerts', url: ALERTS_PAGE } },
  );
}
