import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { DURATIONS, REQUESTS } from '../shared/api-requests.ts';
import { TRACES_PAGE } from '../shared/dashboard.ts';
import { thresholdOf } from '../shared/rules.ts';
import { quantile, range } from '../shared/query.ts';
import { stat } from '../shared/stat.ts';
import { neutral, upTo } from '../shared/thresholds.ts';

const NO_REQUESTS = 'no requests';

/** A click on the number shows the traces behind it. */
function linked(panel: PanelBuilder, view: 'slowest' | 'failing' | 'all'): PanelBuilder {
  const url = `${TRACES_PAGE}?view=${view}&from=\${__from}&to=\${__to}`;
  return panel.overrideByRegexp('/.*/', [{ id: 'links', value: [{ title: 'Show the traces', url }] }]);
}

function requests(): Builder<Panel> {
  const panel = stat({
    id: 1,
    title: 'Requests',
    description: 'Requests to the platform’s API a second.',
    noValue: NO_REQUESTS,
  })
    .withTarget(range(`sum(rate(${REQUESTS}[$__rate_interval]))`, 'requests'))
    .unit('reqps')
    .decimals(1)
    .thresholds(neutral());
  return linked(panel, 'all');
}

function errors(): Builder<Panel> {
  const panel = stat({
    id: 2,
    title: 'Errors',
    description: 'Share of the answers that are 5xx. It is red where HighErrorRate begins to count.',
    noValue: NO_REQUESTS,
    runbooks: ['HighErrorRate'],
  })
    .withTarget(
      range(
        `(sum(rate(${REQUESTS}{status=~"5.."}[$__rate_interval])) or vector(0))
          / (sum(rate(${REQUESTS}[$__rate_interval])) > 0)`,
        'errors',
      ),
    )
    .unit('percentunit')
    .decimals(1)
    .min(0)
    .thresholds(upTo(thresholdOf('HighErrorRate')));
  return linked(panel, 'failing');
}

function duration(): Builder<Panel> {
  const panel = stat({
    id: 3,
    title: 'Duration',
    description: '95 of 100 requests are answered faster. It is red where HighResponseTime begins to count.',
    noValue: 'not measured',
    runbooks: ['HighResponseTime'],
  })
    .withTarget(range(quantile('0.95', DURATIONS), '95th percentile'))
    .unit('s')
    .min(0)
    .thresholds(upTo(thresholdOf('HighResponseTime')));
  return linked(panel, 'slowest');
}

function inFlight(): Builder<Panel> {
  return stat({
    id: 4,
    title: 'In Flight',
    description: 'Requests that are in the gateway now. A number that only rises: the API does not answer.',
    noValue: 'no gateway',
    runbooks: ['ApiDown'],
  })
    .withTarget(range('sum(valtronics_gateway_in_flight)', 'requests'))
    .unit('short')
    .decimals(0)
    .min(0)
    .thresholds(neutral());
}

function overhead(): Builder<Panel> {
  return stat({
    id: 5,
    title: 'Overhead',
    description: 'What the gateway itself adds to a request: 99 of 100 lose less than this.',
    noValue: 'no gateway',
  })
    .withTarget(range(quantile('0.99', 'valtronics_gateway_overhead_seconds_bucket'), '99th percentile'))
    .unit('s')
    .min(0)
    .thresholds(upTo(0.01));
}

function lost(): Builder<Panel> {
  return stat({
    id: 6,
    title: 'Lost Spans',
    description:
      'Spans in the time range that were chosen and reached nobody: the collector of traces was away, full or refused them. Those that were not chosen are no loss.',
    noValue: 'tracing is off',
  })
    .withTarget(
      range(
        `sum(increase(valtronics_spans_dropped_total{reason!="sampled"}[$__range]))
          or 0 * sum(valtronics_spans_exported_total)`,
        'spans',
      ),
    )
    .unit('short')
    .decimals(0)
    .min(0)
    .thresholds(upTo(1));
}

/** The first line: do I need to look? */
export function answerPanels(): readonly Builder<Panel>[] {
  return [requests(), errors(), duration(), inFlight(), overhead(), lost()];
}
