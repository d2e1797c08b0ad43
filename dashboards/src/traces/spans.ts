import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { quantile, range } from '../shared/query.ts';
import { neutral } from '../shared/thresholds.ts';
import { linesOnly, manyLines, timeseries } from '../shared/timeseries.ts';

const NO_SPANS =
  'No span in this time: tracing is on with VALTRONICS_TRACES_BUFFER or OTEL_EXPORTER_OTLP_ENDPOINT.';
const MOST = 8;

function slowest(): Builder<Panel> {
  return manyLines(
    timeseries({
      id: 41,
      title: 'Slowest Work',
      description: `Scrapes, collectors, queries, deliveries and batches of messages: 95 of 100 are faster; the ${MOST} slowest.`,
      noValue: NO_SPANS,
    }),
  )
    .withTarget(
      range(
        `topk(${MOST}, ${quantile('0.95', 'traces_span_metrics_duration_milliseconds_bucket', 'service_name', 'span_name')})`,
        '{{service_name}}: {{span_name}}',
      ),
    )
    .unit('ms')
    .thresholds(neutral())
    .min(0);
}

function failing(): Builder<Panel> {
  return manyLines(
    timeseries({
      id: 42,
      title: 'Failing Work',
      description: 'Work that ended with an error, a second. Its traces are always kept.',
      noValue: 'Nothing failed in this time.',
      runbooks: ['CollectorFailing'],
    }),
  )
    .withTarget(
      range(
        'sum by (service_name, span_name) (rate(traces_span_metrics_calls_total{status_code="STATUS_CODE_ERROR"}[$__rate_interval])) > 0',
        '{{service_name}}: {{span_name}}',
      ),
    )
    .unit('suffix:/s')
    .thresholds(neutral())
    .min(0);
}

function exported(): Builder<Panel> {
  return timeseries({
    id: 43,
    title: 'Spans Sent',
    description:
      'Spans that the collector of traces took, and requests to it that failed, a second. Failures for minutes: it is away or full (then 8 MiB of spans wait, and the oldest go), or refuses them; the exporter’s landing page says why.',
    noValue: 'No collector is set (OTEL_EXPORTER_OTLP_ENDPOINT): traces are kept in memory.',
  })
    .withTarget(
      range(
        'sum by (instance) (rate(valtronics_spans_exported_total[$__rate_interval]))',
        '{{instance}}',
        'A',
      ),
    )
    .withTarget(
      range(
        'sum by (instance, reason) (rate(valtronics_spans_export_failures_total[$__rate_interval])) > 0',
        'failed: {{reason}} {{instance}}',
        'B',
      ),
    )
    .unit('suffix:/s')
    .thresholds(neutral())
    .min(0);
}

function dropped(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 44,
      title: 'Spans Dropped',
      description:
        'Spans that went nowhere, by reason. “sampled” were not chosen, which is as it should be; anything else is a loss.',
      noValue: 'No span was dropped.',
    }),
  )
    .withTarget(
      range('sum by (reason) (rate(valtronics_spans_dropped_total[$__rate_interval])) > 0', '{{reason}}'),
    )
    .unit('suffix:spans/s')
    .thresholds(neutral())
    .min(0);
}

/** What exporter and gateway do themselves, and whether it reaches the collector of traces. */
export function spanPanels(): readonly Builder<Panel>[] {
  return [slowest(), failing(), exported(), dropped()];
}
