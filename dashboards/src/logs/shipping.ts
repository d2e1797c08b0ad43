import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { range } from '../shared/query.ts';
import { neutral } from '../shared/thresholds.ts';
import { linesOnly, timeseries } from '../shared/timeseries.ts';

const NO_STORE =
  'No log store is set (VALTRONICS_ELASTICSEARCH_URL): the exporter keeps the newest lines itself.';

function shipped(): Builder<Panel> {
  return timeseries({
    id: 31,
    title: 'Shipped',
    description: 'Entries that the log store took, a second.',
    noValue: NO_STORE,
    runbooks: ['LogShippingFailing'],
  })
    .withTarget(range('sum(rate(valtronics_log_shipped_total[$__rate_interval]))', 'shipped'))
    .unit('suffix:lines/s')
    .thresholds(neutral())
    .min(0);
}

function queue(): Builder<Panel> {
  return timeseries({
    id: 32,
    title: 'Waiting on Disk',
    description:
      'Entries that wait for the log store. It grows while the store does not answer, up to VALTRONICS_LOG_QUEUE_MAX_BYTES; then reading stops or the oldest go.',
    noValue: NO_STORE,
    runbooks: ['LogShippingFailing'],
  })
    .withTarget(range('sum by (instance) (valtronics_log_queue_bytes)', '{{instance}}'))
    .unit('bytes')
    .thresholds(neutral())
    .min(0);
}

function failures(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 33,
      title: 'Failures',
      description:
        'Attempts to ship that failed and are tried again, by reason; the runbook of LogShippingFailing lists them.',
      noValue: 'No attempt has failed.',
      runbooks: ['LogShippingFailing'],
    }),
  )
    .withTarget(
      range('sum by (reason) (rate(valtronics_log_ship_failures_total[$__rate_interval]))', '{{reason}}'),
    )
    .unit('suffix:failures/s')
    .thresholds(neutral())
    .min(0);
}

function lost(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 34,
      title: 'Given Up',
      description:
        'Entries that were dropped, by reason, and dead letters: entries that the store refuses for good, with the reason in the list of the exporter.',
      noValue: 'Nothing was given up.',
      runbooks: ['LogShippingFailing'],
    }),
  )
    .withTarget(
      range('sum by (reason) (increase(valtronics_log_dropped_total[$__rate_interval])) > 0', '{{reason}}'),
    )
    .withTarget(range('sum(valtronics_log_dead_letters)', 'dead letters', 'B'))
    .unit('short')
    .decimals(0)
    .thresholds(neutral())
    .min(0);
}

/** The way of the lines into the log store. */
export function shippingPanels(): readonly Builder<Panel>[] {
  return [shipped(), queue(), failures(), lost()];
}
