import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { LOGS_PAGE } from '../shared/dashboard.ts';
import { table } from '../shared/query.ts';
import { type Column, columns, joinedBy, tablePanel } from '../shared/table-panel.ts';

const COLUMNS: readonly Column[] = [
  { field: 'service', header: 'Service', width: 180 },
  { field: 'Value #A', header: 'Lines', width: 130 },
  { field: 'Value #B', header: 'Errors', width: 90 },
  { field: 'Value #C', header: 'Health', width: 110 },
  { field: 'Value #D', header: 'Unread', width: 90 },
  { field: 'template', header: 'Errors that rose most' },
];

/** Each service with what it logs; a service leads to its lines. */
export function serviceTable(): Builder<Panel> {
  const panel = tablePanel(
    {
      id: 15,
      title: 'Services',
      description:
        'Lines a second, errors and unread lines in the time range, health of the last 15 minutes, and the pattern of errors that rose most in the last 3 minutes.',
      noValue: 'No line was read yet: is a source set (VALTRONICS_LOG_SOURCES)?',
      runbooks: ['LogErrorSpike'],
    },
    COLUMNS,
    { header: 'Health', descending: false },
  )
    .withTarget(table('sum by (service) (rate(valtronics_log_entries_total[$__rate_interval]))', 'A'))
    .withTarget(
      table(
        'sum by (service) (increase(valtronics_log_entries_total{level=~"ERROR|CRITICAL"}[$__range]))',
        'B',
      ),
    )
    .withTarget(table('min by (service) (valtronics_log_service_health_score)', 'C'))
    .withTarget(table('sum by (service) (increase(valtronics_log_unparsed_total[$__range]))', 'D'))
    .withTarget(table('max by (service, template) (valtronics_log_top_error_pattern)', 'E'))
    .withTransformation(joinedBy('service'));
  for (const transformation of columns(COLUMNS)) panel.withTransformation(transformation);
  return panel
    .span(24)
    .height(8)
    .unit('short')
    .decimals(0)
    .overrideByName('Lines', [
      { id: 'unit', value: 'suffix:lines/s' },
      { id: 'decimals', value: 1 },
    ])
    .overrideByName('Health', [{ id: 'unit', value: 'suffix: of 100' }])
    .overrideByName('Service', [
      {
        id: 'links',
        value: [
          {
            title: 'Show its lines',
            url: `${LOGS_PAGE}?service=\${__value.raw}&from=\${__from}&to=\${__to}`,
          },
        ],
      },
    ]);
}
