import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { REQUESTS } from '../shared/api-requests.ts';
import { LOGS_PAGE, TRACES_PAGE } from '../shared/dashboard.ts';
import { dashboardUrl, explainedBy, TIME } from '../shared/links.ts';
import { quantile, range } from '../shared/query.ts';
import { thresholdOf } from '../shared/rules.ts';
import { stat } from '../shared/stat.ts';
import { neutral, upTo } from '../shared/thresholds.ts';
import { CHOSEN, CHOSEN_DURATIONS } from './source.ts';

const NO_REQUESTS = 'no requests';

function requests(): Builder<Panel> {
  return stat({
    id: 1,
    title: 'Requests',
    description:
      'Requests of the chosen routes a second. A sudden fall at the same time as fewer clients: they do not get through.',
    runbooks: ['ApiDown'],
    noValue: NO_REQUESTS,
  })
    .withTarget(range(`sum(rate(${REQUESTS}{${CHOSEN}}[$__rate_interval]))`, 'requests'))
    .unit('reqps')
    .decimals(1)
    .thresholds(neutral())
    .dataLinks([explainedBy('Show the traces', `${TRACES_PAGE}?view=all&${TIME}`)]);
}

function errors(): Builder<Panel> {
  return stat({
    id: 2,
    title: 'Errors',
    description: 'Share of the answers that are 5xx; red from where HighErrorRate begins to count.',
    runbooks: ['HighErrorRate', 'ApiErrorBudgetBurn'],
    noValue: NO_REQUESTS,
  })
    .withTarget(
      range(
        `(sum(rate(${REQUESTS}{status=~"5..", ${CHOSEN}}[$__rate_interval])) or vector(0))
          / (sum(rate(${REQUESTS}{${CHOSEN}}[$__rate_interval])) > 0)`,
        'errors',
      ),
    )
    .unit('percentunit')
    .decimals(1)
    .min(0)
    .thresholds(upTo(thresholdOf('HighErrorRate')))
    .dataLinks([
      explainedBy('Show the traces that failed', `${TRACES_PAGE}?view=failing&${TIME}`),
      explainedBy('Show the log lines', `${LOGS_PAGE}?${TIME}`),
    ]);
}

function duration(): Builder<Panel> {
  return stat({
    id: 3,
    title: 'Duration',
    description:
      '95 of 100 requests of the chosen routes are answered faster; red from where HighResponseTime begins to count.',
    runbooks: ['HighResponseTime', 'ApiLatencyBudgetBurn'],
    noValue: 'not measured',
  })
    .withTarget(range(quantile('0.95', CHOSEN_DURATIONS), '95th percentile'))
    .unit('s')
    .min(0)
    .thresholds(upTo(thresholdOf('HighResponseTime')))
    .dataLinks([explainedBy('Show the slowest traces', `${TRACES_PAGE}?view=slowest&${TIME}`)]);
}

function refused(): Builder<Panel> {
  return stat({
    id: 4,
    title: 'Refused',
    description:
      'Share of the answers that are 4xx: what clients ask for wrongly, or what is not there. A rise after a release: client and API no longer agree.',
    noValue: NO_REQUESTS,
  })
    .withTarget(
      range(
        `(sum(rate(${REQUESTS}{status=~"4..", ${CHOSEN}}[$__rate_interval])) or vector(0))
          / (sum(rate(${REQUESTS}{${CHOSEN}}[$__rate_interval])) > 0)`,
        'refused',
      ),
    )
    .unit('percentunit')
    .decimals(1)
    .min(0)
    .thresholds(neutral())
    .dataLinks([explainedBy('Show the log lines', `${LOGS_PAGE}?${TIME}`)]);
}

function clients(): Builder<Panel> {
  return stat({
    id: 5,
    title: 'Clients',
    description: 'Distinct addresses of the last five minutes, of all routes. The platform knows no users.',
    noValue: 'no access log',
  })
    .withTarget(range('max(valtronics_api_clients)', 'addresses'))
    .unit('short')
    .decimals(0)
    .thresholds(neutral());
}

function burn(): Builder<Panel> {
  return stat({
    id: 6,
    title: 'Burn Rate',
    description:
      'How many times faster than allowed the error budget of all routes burned in the last hour: 1 uses it up exactly within 30 days.',
    runbooks: ['ApiErrorBudgetBurn'],
    noValue: 'few requests',
  })
    .withTarget(range('max(job:valtronics_api_errors:burnrate1h)', 'burn rate'))
    .unit('suffix:×')
    .decimals(1)
    .min(0)
    .thresholds(upTo(1))
    .dataLinks([explainedBy('Show the objectives', dashboardUrl('valtronics-slo'))]);
}

/** The first line: does the API do its work? */
export function answerPanels(): readonly Builder<Panel>[] {
  return [requests(), errors(), duration(), refused(), clients(), burn()];
}
