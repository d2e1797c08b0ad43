import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { BigValueGraphMode } from '@grafana/grafana-foundation-sdk/common';
import { MappingType, type Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { range } from '../shared/query.ts';
import { explainedBy, TIME } from '../shared/links.ts';
import { stat } from '../shared/stat.ts';
import { ALERTS_PAGE, LOGS_PAGE, SYSTEM_PAGE } from '../shared/dashboard.ts';
import { neutral, upTo } from '../shared/thresholds.ts';
import { CHOSEN } from './source.ts';

const NO_EXPORTER = 'no exporter';
/** Half a second below the timeout of the job: the exporter answers then with whatever it has. */
const SCRAPE_BUDGET_SECONDS = 9.5;
/** From here on, people at the exporter's API and devices' messages wait noticeably. */
const NOTICEABLE_LAG_SECONDS = 0.1;

function running(): Builder<Panel> {
  return stat({
    id: 1,
    title: 'Exporter',
    description: 'Whether Prometheus reaches every exporter. If not, nothing that it measures is known.',
    runbooks: ['ExporterDown'],
    noValue: 'no target',
  })
    .withTarget(range(`min(up{job="valtronics-api", ${CHOSEN}})`, 'exporter'))
    .unit('none')
    .graphMode(BigValueGraphMode.None)
    .mappings([
      {
        type: MappingType.ValueToText,
        options: {
          '1': { text: '● up', color: 'green', index: 0 },
          '0': { text: '✕ down', color: 'red', index: 1 },
        },
      },
    ])
    .dataLinks([explainedBy('Show the rule', `${ALERTS_PAGE}?${TIME}&tab=rules&rule=ExporterDown`)]);
}

function failing(): Builder<Panel> {
  return stat({
    id: 2,
    title: 'Failing',
    description: 'Collectors whose last attempt failed. Their metrics are gone after two minutes.',
    runbooks: ['CollectorFailing'],
    noValue: NO_EXPORTER,
  })
    .withTarget(range(`sum(valtronics_collector_success{${CHOSEN}} == bool 0)`, 'collectors'))
    .unit('short')
    .decimals(0)
    .thresholds(upTo(1))
    .dataLinks([explainedBy('Show the collectors', SYSTEM_PAGE)]);
}

function scrape(): Builder<Panel> {
  return stat({
    id: 3,
    title: 'Scrape',
    description:
      'How long the last scrape took. At 9.5 s the exporter answers with what it has: a collector is too slow, see Collector Durations.',
    noValue: NO_EXPORTER,
  })
    .withTarget(range(`max(scrape_duration_seconds{job="valtronics-api", ${CHOSEN}})`, 'scrape'))
    .unit('s')
    .thresholds(upTo(SCRAPE_BUDGET_SECONDS))
    .dataLinks([explainedBy('Show the collectors', SYSTEM_PAGE)]);
}

function lag(): Builder<Panel> {
  return stat({
    id: 4,
    title: 'Event Loop',
    description:
      '99 of 100 pieces of work waited less than this for the exporter’s thread. Above 100 ms somebody notices: too many devices for one exporter, or a CPU that is taken.',
    noValue: NO_EXPORTER,
  })
    .withTarget(range(`max(nodejs_eventloop_lag_p99_seconds{${CHOSEN}})`, '99th percentile'))
    .unit('s')
    .thresholds(upTo(NOTICEABLE_LAG_SECONDS));
}

function series(): Builder<Panel> {
  return stat({
    id: 5,
    title: 'Series',
    description:
      'Samples of the last scrape. A device has up to 21; docs/performance.md says what they cost. Series over a cap are left out and counted under Series Left Out.',
    noValue: NO_EXPORTER,
  })
    .withTarget(range(`sum(scrape_samples_scraped{job="valtronics-api", ${CHOSEN}})`, 'samples'))
    .unit('short')
    .thresholds(neutral());
}

function deadLetters(): Builder<Panel> {
  return stat({
    id: 6,
    title: 'Given Up',
    description:
      'Log entries and alert notices that were refused for good: somebody has to look at them and retry.',
    runbooks: ['LogShippingFailing', 'NotificationsFailing'],
    noValue: 'nothing sent',
  })
    .withTarget(
      range(
        `(sum(valtronics_log_dead_letters{${CHOSEN}}) or vector(0))
          + (sum(valtronics_alert_deliveries{state="dead", ${CHOSEN}}) or vector(0))`,
        'dead letters',
      ),
    )
    .unit('short')
    .decimals(0)
    .thresholds(upTo(1))
    .dataLinks([explainedBy('Show what was refused', `${LOGS_PAGE}?${TIME}`)]);
}

/** The first line: does the exporter itself need somebody? */
export function answerPanels(): readonly Builder<Panel>[] {
  return [running(), failing(), scrape(), lag(), series(), deadLetters()];
}
