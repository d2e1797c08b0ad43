import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { range } from '../shared/query.ts';
import { alertLine, linesOnly, timeseries } from '../shared/timeseries.ts';
import { CHOSEN } from './source.ts';

const NO_LOGS =
  'The exporter ships no logs: set VALTRONICS_ELASTICSEARCH_URL and a source of lines. Without them this stays empty.';
const NO_RECEIVERS =
  'The alert store has nobody to tell: configure receivers or VALTRONICS_ALERTMANAGER_URL. Without them this stays empty.';

function logQueue(): Builder<Panel> {
  return timeseries({
    id: 41,
    title: 'Log Queue',
    description:
      'Bytes on disk of the entries that wait for the log store. It empties within seconds; a climbing line is a store that does not take them, and at VALTRONICS_LOG_QUEUE_MAX_BYTES entries are dropped.',
    runbooks: ['LogShippingFailing'],
    noValue: NO_LOGS,
  })
    .withTarget(range(`max by (instance) (valtronics_log_queue_bytes{${CHOSEN}})`, '{{instance}}'))
    .unit('bytes')
    .min(0);
}

function logAge(): Builder<Panel> {
  const panel = timeseries({
    id: 42,
    title: 'Oldest Waiting Log Entry',
    description:
      'How long the oldest entry has waited. The line is where LogShippingFailing begins to count.',
    runbooks: ['LogShippingFailing'],
    noValue: 'No entry waits, or the exporter ships no logs.',
  })
    .withTarget(
      range(
        `time() - min by (instance) (valtronics_log_queue_oldest_timestamp_seconds{${CHOSEN}} > 0)`,
        '{{instance}}',
      ),
    )
    .unit('s')
    .min(0);
  return alertLine(panel, 'LogShippingFailing');
}

function lost(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 43,
      title: 'Lost on the Way',
      description:
        'Log entries and spans that were dropped, by reason, a second. Spans that were not chosen are no loss and left out. Anything here is gone: a queue was full, or its collector was away for too long.',
      noValue: 'Nothing was lost in this time.',
    }),
  )
    .withTarget(
      range(
        `sum by (reason) (rate(valtronics_log_dropped_total{${CHOSEN}}[$__rate_interval])) > 0`,
        'log entries: {{reason}}',
        'A',
      ),
    )
    .withTarget(
      range(
        `sum by (reason) (rate(valtronics_spans_dropped_total{reason!="sampled", ${CHOSEN}}[$__rate_interval])) > 0`,
        'spans: {{reason}}',
        'B',
      ),
    )
    .unit('suffix:/s')
    .min(0);
}

function shippingFailures(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 44,
      title: 'Shipping',
      description:
        'Entries that the log store took, and attempts that failed and are tried again, a second. Failures for minutes: the store is away or full, docs/log-shipping.md.',
      noValue: NO_LOGS,
    }),
  )
    .withTarget(
      range(`sum(rate(valtronics_log_shipped_total{${CHOSEN}}[$__rate_interval]))`, 'entries taken', 'A'),
    )
    .withTarget(
      range(
        `sum by (reason) (rate(valtronics_log_ship_failures_total{${CHOSEN}}[$__rate_interval])) > 0`,
        'failed: {{reason}}',
        'B',
      ),
    )
    .unit('suffix:/s')
    .min(0);
}

function notices(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 45,
      title: 'Alert Notices',
      description:
        'Notices of the alert store that wait for their receiver, are held by a maintenance window, or were given up (dead). Waiting for minutes or dead.',
      runbooks: ['NotificationsFailing'],
      noValue: NO_RECEIVERS,
    }),
  )
    .withTarget(
      range(
        `sum by (integration, state) (valtronics_alert_deliveries{${CHOSEN}})`,
        '{{integration}} {{state}}',
      ),
    )
    .unit('short')
    .decimals(0)
    .min(0);
}

function noticeAge(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 46,
      title: 'Oldest Waiting Notice',
      description:
        'How long the oldest notice has waited for its receiver; 0 when none does. Minutes mean that somebody is not told.',
      runbooks: ['NotificationsFailing'],
      noValue: NO_RECEIVERS,
    }),
  )
    .withTarget(
      range(`max by (integration) (valtronics_alert_delivery_oldest_seconds{${CHOSEN}})`, '{{integration}}'),
    )
    .unit('s')
    .min(0);
}

/** What waits, and what was lost or given up. */
export function queuePanels(): readonly Builder<Panel>[] {
  return [logQueue(), logAge(), shippingFailures(), lost(), notices(), noticeAge()];
}
