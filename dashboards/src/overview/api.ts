import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { REQUESTS } from '../shared/api-requests.ts';
import { range } from '../shared/query.ts';
import { alertLine, linesOnly, manyLines, timeseries } from '../shared/timeseries.ts';

function errorRatio(): Builder<Panel> {
  const panel = timeseries({
    id: 11,
    title: 'API Error Ratio',
    description: 'Share of the API’s answers that are 5xx. The line is where HighErrorRate begins to count.',
    noValue: 'Needs the access log of the platform API: set VALTRONICS_LOG_PATHS on the exporter.',
    runbooks: ['HighErrorRate', 'ApiErrorBudgetBurn'],
  })
    .withTarget(
      range(
        `(sum(rate(${REQUESTS}{status=~"5.."}[$__rate_interval])) or vector(0))
          / sum(rate(${REQUESTS}[$__rate_interval]))`,
        'errors',
      ),
    )
    .unit('percentunit')
    .min(0);
  return alertLine(panel, 'HighErrorRate');
}

function clients(): Builder<Panel> {
  return timeseries({
    id: 12,
    title: 'API Clients',
    description: 'Distinct addresses in the access log of the last 5 minutes. The platform knows no users.',
    noValue: 'Needs the access log of the platform API: set VALTRONICS_LOG_PATHS on the exporter.',
    runbooks: ['ApiDown'],
  })
    .withTarget(range('max(valtronics_api_clients)', 'addresses'))
    .unit('short')
    .decimals(0)
    .min(0);
}

function endpoints(): Builder<Panel> {
  return manyLines(
    timeseries({
      id: 13,
      title: 'Routes that Answer',
      description: 'The routes that the exporter asks: 100 % while every request to them gave usable data.',
      noValue: 'Needs the platform API: set VALTRONICS_API_URL on the exporter.',
      runbooks: ['ApiDown', 'CollectorFailing'],
    })
      .withTarget(
        range(
          'avg by (endpoint) (avg_over_time(valtronics_api_endpoint_success[$__rate_interval]))',
          '{{endpoint}}',
        ),
      )
      .unit('percentunit')
      .min(0)
      .max(1),
  );
}

function healthDocument(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 14,
      title: 'What the Platform Says of Itself',
      description: 'The services of the platform’s own health document: 100 % while it calls them healthy.',
      noValue: 'Needs the platform API: set VALTRONICS_API_URL on the exporter.',
      runbooks: ['ApiDown', 'DatabaseDown'],
    })
      .withTarget(
        range('min by (service) (avg_over_time(valtronics_api_healthy[$__rate_interval]))', '{{service}}'),
      )
      .unit('percentunit')
      .min(0)
      .max(1),
  );
}

/** The platform's API beyond rate and duration. */
export function apiPanels(): readonly Builder<Panel>[] {
  return [errorRatio(), clients(), endpoints(), healthDocument()];
}
