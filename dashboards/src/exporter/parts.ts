import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { MappingType, type Panel, type ValueMap } from '@grafana/grafana-foundation-sdk/dashboard';
import { quantile, range } from '../shared/query.ts';
import { stateTimeline } from '../shared/state-timeline.ts';
import { linesOnly, manyLines, timeseries } from '../shared/timeseries.ts';
import { CHOSEN, NO_EXPORTER } from './source.ts';

/** 1 and 0 of a part that works in the background. */
const WORKS: ValueMap = {
  type: MappingType.ValueToText,
  options: {
    '1': { text: '● works', color: 'green', index: 0 },
    '0': { text: '✕ fails', color: 'red', index: 1 },
  },
};

function parts(): Builder<Panel> {
  return stateTimeline(
    {
      id: 51,
      title: 'Parts of the Alert Manager',
      description:
        'The alert store and what works on it in the background. A red stretch: alerts are not kept, or nobody is told; the exporter’s log says why, a full disk for example.',
      noValue: 'Alerts are switched off in the exporter.',
    },
    [WORKS],
    [
      range(`min by (instance) (valtronics_alert_store_up{${CHOSEN}})`, 'store {{instance}}', 'A'),
      range(`min by (instance, loop) (valtronics_alert_loop_up{${CHOSEN}})`, '{{loop}} {{instance}}', 'B'),
    ],
  );
}

function requests(): Builder<Panel> {
  return manyLines(
    timeseries({
      id: 52,
      title: 'Requests to the Exporter',
      description:
        'What the exporter’s own API answers, by route, a second: Prometheus’ scrapes, the app, the log intake. A flood here is CPU that scrapes lack.',
      noValue: NO_EXPORTER,
    }),
  )
    .withTarget(
      range(
        `topk(8, sum by (path) (rate(valtronics_exporter_http_requests_total{${CHOSEN}}[$__rate_interval])))`,
        '{{path}}',
      ),
    )
    .unit('reqps')
    .min(0);
}

function failures(): Builder<Panel> {
  return manyLines(
    timeseries({
      id: 53,
      title: 'Refused and Failed Requests',
      description:
        'Answers of the exporter’s API that are 4xx or 5xx, a second. 401 and 403: a token that is wrong or missing; 429: a full queue; 5xx: its log says why.',
      noValue: 'No request failed in this time.',
    }),
  )
    .withTarget(
      range(
        `sum by (status, path) (rate(valtronics_exporter_http_requests_total{status=~"4..|5..", ${CHOSEN}}[$__rate_interval])) > 0`,
        '{{status}} {{path}}',
      ),
    )
    .unit('reqps')
    .min(0);
}

function durations(): Builder<Panel> {
  return manyLines(
    timeseries({
      id: 54,
      title: 'Answer Times of the Exporter',
      description:
        '95 of 100 answers of the route are faster, the client’s reading included; the eight slowest routes. /metrics with many devices takes the longest.',
      noValue: NO_EXPORTER,
    }),
  )
    .withTarget(
      range(
        `topk(8, ${quantile('0.95', `valtronics_exporter_http_request_duration_seconds_bucket{${CHOSEN}}`, 'path')})`,
        '{{path}}',
      ),
    )
    .unit('s')
    .min(0);
}

function inFlight(): Builder<Panel> {
  return timeseries({
    id: 55,
    title: 'In Flight',
    description:
      'Requests that the exporter is answering now. A number that only rises: it does not get to its work.',
    noValue: NO_EXPORTER,
  })
    .withTarget(
      range(`max by (instance) (valtronics_exporter_http_requests_in_flight{${CHOSEN}})`, '{{instance}}'),
    )
    .unit('short')
    .decimals(0)
    .min(0);
}

function ruleRounds(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 56,
      title: 'Its Own Rules',
      description:
        'Evaluations of rules by the exporter itself, failures, and rounds that were left out because the one before was still under way, a second. Failures or left-out rounds: alerts are late or blind; the app’s rules tab says which.',
      noValue: 'The exporter evaluates no rules: Prometheus or Grafana does.',
    }),
  )
    .withTarget(
      range(`sum(rate(valtronics_rules_evaluations_total{${CHOSEN}}[$__rate_interval]))`, 'evaluations', 'A'),
    )
    .withTarget(
      range(
        `sum(rate(valtronics_rules_evaluation_failures_total{${CHOSEN}}[$__rate_interval]))`,
        'failed',
        'B',
      ),
    )
    .withTarget(
      range(`sum(rate(valtronics_rules_overruns_total{${CHOSEN}}[$__rate_interval]))`, 'left out', 'C'),
    )
    .unit('suffix:/s')
    .min(0);
}

/** What else the exporter does: alerts, its API, rules. */
export function partPanels(): readonly Builder<Panel>[] {
  return [parts(), requests(), durations(), failures(), inFlight(), ruleRounds()];
}
