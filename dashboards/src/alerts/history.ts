import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { MappingType, type Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { ALERTS_PAGE } from '../shared/dashboard.ts';
import { TIME } from '../shared/links.ts';
import { range, table } from '../shared/query.ts';
import { bySeverity } from '../shared/severity.ts';
import { stateTimeline } from '../shared/state-timeline.ts';
import { type Column, columns, tablePanel } from '../shared/table-panel.ts';
import { neutral } from '../shared/thresholds.ts';
import { stacked, timeseries } from '../shared/timeseries.ts';
import { FIRING, NONE_FIRED } from './queries.ts';

/** Alerts in lists: more of them nobody reads. */
const MOST = 20;

function firingOverTime(): Builder<Panel> {
  const panel = stacked(
    timeseries({
      id: 12,
      title: 'Firing by Severity',
      description: 'How many alerts fired at a time, by severity. A step up for many at once has one cause.',
      noValue: NONE_FIRED,
    }),
  )
    .withTarget(range(`count by (severity) (${FIRING})`, '{{severity}}'))
    .unit('short')
    .decimals(0)
    .thresholds(neutral())
    .min(0);
  return bySeverity(panel);
}

function whenFired(): Builder<Panel> {
  return stateTimeline(
    {
      id: 13,
      title: 'When They Fired',
      description: 'A row for each alert that fired in the time range; all of its instances are one.',
      noValue: NONE_FIRED,
    },
    [{ type: MappingType.ValueToText, options: { '1': { text: 'fires', color: 'red', index: 0 } } }],
    [range(`max by (alertname) (${FIRING})`, '{{alertname}}')],
  );
}

const COLUMNS: readonly Column[] = [
  { field: 'alertname', header: 'Alert' },
  { field: 'severity', header: 'Severity', width: 110 },
  { field: 'Value', header: 'Fired for', width: 120 },
];

function mostFired(): Builder<Panel> {
  const panel = tablePanel(
    {
      id: 14,
      title: 'Fired Longest',
      description: `How long each alert fired in the time range, the ${MOST} longest. What fires for days and is not mended teaches people to look away: mend it, or change its rule.`,
      noValue: NONE_FIRED,
    },
    COLUMNS,
    { header: 'Fired for', descending: true },
  ).withTarget(
    table(`topk(${MOST}, 60 * count_over_time((max by (alertname, severity) (${FIRING}))[$__range:1m]))`),
  );
  for (const transformation of columns(COLUMNS)) panel.withTransformation(transformation);
  const url = `${ALERTS_PAGE}?${TIME}&tab=rules&rule=\${__value.raw}`;
  return panel
    .span(24)
    .unit('s')
    .decimals(0)
    .overrideByName('Alert', [{ id: 'links', value: [{ title: 'Show the rule', url }] }]);
}

/** What fired, when and for how long. */
export function historyPanels(): readonly Builder<Panel>[] {
  return [firingOverTime(), whenFired(), mostFired()];
}
