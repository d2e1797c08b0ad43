import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { range } from '../shared/query.ts';
import { linesOnly, timeseries } from '../shared/timeseries.ts';
import { CHOSEN, NO_EXPORTER } from './source.ts';

const JOB = `job="valtronics-api", ${CHOSEN}`;

function duration(): Builder<Panel> {
  return timeseries({
    id: 21,
    title: 'Scrape Duration',
    description:
      'How long Prometheus waited for the exporter. Up to 9.5 s; longer is a scrape that failed, and a gap in every chart.',
    noValue: NO_EXPORTER,
  })
    .withTarget(range(`max by (instance) (scrape_duration_seconds{${JOB}})`, '{{instance}}'))
    .unit('s')
    .min(0);
}

function samples(): Builder<Panel> {
  return timeseries({
    id: 22,
    title: 'Samples per Scrape',
    description:
      'Series that the exporter exposes. It grows with the devices; a step without new devices is a source with new names. The job’s sample_limit fails the whole scrape.',
    noValue: NO_EXPORTER,
  })
    .withTarget(range(`max by (instance) (scrape_samples_scraped{${JOB}})`, '{{instance}}'))
    .unit('short')
    .min(0);
}

function churn(): Builder<Panel> {
  return timeseries({
    id: 23,
    title: 'New Series',
    description:
      'Series that were not there in the scrape before, a scrape. About none once it runs; many for long are names that change all the time, which fill Prometheus’ memory.',
    noValue: NO_EXPORTER,
  })
    .withTarget(range(`max by (instance) (scrape_series_added{${JOB}})`, '{{instance}}'))
    .unit('short')
    .decimals(0)
    .min(0);
}

function leftOut(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 24,
      title: 'Series Left Out',
      description:
        'Series that a cap kept out or folded into “other”, and label values that were cut, by reason, a second. Nothing is the normal state; raise VALTRONICS_MAX_DEVICES when devices are left out.',
      noValue: 'No cap was reached in this time.',
    }),
  )
    .withTarget(
      range(
        `sum by (reason) (rate(valtronics_series_dropped_total{${CHOSEN}}[$__rate_interval])) > 0`,
        '{{reason}}',
      ),
    )
    .unit('suffix:/s')
    .min(0);
}

/** What a scrape costs, and what it brings. */
export function scrapePanels(): readonly Builder<Panel>[] {
  return [duration(), samples(), churn(), leftOut()];
}
