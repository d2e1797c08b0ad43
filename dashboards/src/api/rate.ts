import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { REQUESTS } from '../shared/api-requests.ts';
import { range } from '../shared/query.ts';
import { neutral } from '../shared/thresholds.ts';
import { alertLine, manyLines, stacked, timeseries } from '../shared/timeseries.ts';
import { CHOSEN, NO_REQUESTS } from './source.ts';

/** Lines with a name of their own in a chart; more of them nobody tells apart. */
const MOST = 8;

/** Kinds of answers, good ones first, in colours that say so. */
const KINDS = [
  { status: '2..', name: '2xx good', colour: 'green' },
  { status: '3..', name: '3xx elsewhere', colour: 'blue' },
  { status: '4..', name: '4xx refused', colour: 'orange' },
  { status: '5..', name: '5xx failed', colour: 'red' },
] as const;
const REF_IDS = ['A', 'B', 'C', 'D'] as const;

function byRoute(): Builder<Panel> {
  return stacked(
    timeseries({
      id: 11,
      title: 'Requests by Route',
      description: `Requests a second, the ${MOST} busiest of the chosen routes. The exporter’s own polls are among them.`,
      noValue: NO_REQUESTS,
    }),
  )
    .withTarget(
      range(
        `topk(${MOST}, sum by (method, endpoint) (rate(${REQUESTS}{${CHOSEN}}[$__rate_interval])))`,
        '{{method}} {{endpoint}}',
      ),
    )
    .unit('reqps')
    .thresholds(neutral())
    .min(0);
}

function byKind(): Builder<Panel> {
  const panel = stacked(
    timeseries({
      id: 12,
      title: 'Answers by Kind',
      description:
        'Answers a second by the class of their status. Red that grows while green stays: single routes fail; red in place of green: the whole API.',
      runbooks: ['HighErrorRate'],
      noValue: NO_REQUESTS,
    }),
  )
    .unit('reqps')
    .thresholds(neutral())
    .min(0);
  KINDS.forEach(({ status, name, colour }, index) => {
    panel
      .withTarget(
        range(
          `sum(rate(${REQUESTS}{status=~"${status}", ${CHOSEN}}[$__rate_interval]))`,
          name,
          REF_IDS[index],
        ),
      )
      .overrideByName(name, [{ id: 'color', value: { mode: 'fixed', fixedColor: colour } }]);
  });
  return panel;
}

function errorShare(): Builder<Panel> {
  const panel = timeseries({
    id: 13,
    title: 'Error Share',
    description:
      'Share of the answers of the chosen routes that are 5xx. The line is where HighErrorRate begins to count, over all routes.',
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
    .min(0);
  return alertLine(panel, 'HighErrorRate');
}

function failing(): Builder<Panel> {
  return manyLines(
    timeseries({
      id: 14,
      title: 'Failing Routes',
      description:
        'Answers of 5xx a second by route. 502 and 504 are the gateway’s: the API did not answer it at all.',
      runbooks: ['HighErrorRate', 'ApiDown'],
      noValue: 'No request failed in this time.',
    }),
  )
    .withTarget(
      range(
        `topk(${MOST}, sum by (method, endpoint, status)
          (rate(${REQUESTS}{status=~"5..", ${CHOSEN}}[$__rate_interval])) > 0)`,
        '{{status}} {{method}} {{endpoint}}',
      ),
    )
    .unit('reqps')
    .thresholds(neutral())
    .min(0);
}

/** How much is asked, and how much of it fails. */
export function ratePanels(): readonly Builder<Panel>[] {
  return [byRoute(), byKind(), errorShare(), failing()];
}
