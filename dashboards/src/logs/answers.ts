import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { LOGS_PAGE } from '../shared/dashboard.ts';
import { thresholdOf } from '../shared/rules.ts';
import { instant, range } from '../shared/query.ts';
import { stat } from '../shared/stat.ts';
import { healthSteps, neutral, upTo } from '../shared/thresholds.ts';

const NO_LOGS = 'no logs';

/** A click on the number shows the lines that it counts. */
function linked(panel: PanelBuilder, filter = ''): PanelBuilder {
  const url = `${LOGS_PAGE}?from=\${__from}&to=\${__to}${filter}`;
  return panel.overrideByRegexp('/.*/', [{ id: 'links', value: [{ title: 'Show the lines', url }] }]);
}

function errors(): Builder<Panel> {
  const panel = stat({
    id: 1,
    title: 'Errors',
    description: 'Log entries of level ERROR or CRITICAL in the time range.',
    noValue: NO_LOGS,
    runbooks: ['LogErrorSpike'],
  })
    .withTarget(
      range('sum(increase(valtronics_log_entries_total{level=~"ERROR|CRITICAL"}[$__range]))', 'errors'),
    )
    .unit('short')
    .decimals(0)
    .thresholds(upTo(1));
  return linked(panel, '&level=ERROR,CRITICAL');
}

function worstService(): Builder<Panel> {
  const panel = stat({
    id: 2,
    // Six of these share a line: longer titles are cut at 1280 pixels.
    title: 'Worst',
    description:
      'Health of the service whose log has the largest share of errors in the last 15 minutes: 100 is none, unhealthy begins at 60.',
    noValue: NO_LOGS,
    runbooks: ['LogErrorSpike'],
  })
    .withTarget(instant('bottomk(1, min by (service) (valtronics_log_service_health_score))', '{{service}}'))
    .unit('suffix: of 100')
    .decimals(0)
    .min(0)
    .max(100)
    .thresholds(healthSteps());
  return linked(panel);
}

function lines(): Builder<Panel> {
  return stat({
    id: 3,
    title: 'Lines',
    description: 'Log entries of all services a second.',
    noValue: NO_LOGS,
  })
    .withTarget(range('sum(rate(valtronics_log_entries_total[$__rate_interval]))', 'lines'))
    .unit('suffix:lines/s')
    .decimals(1)
    .thresholds(neutral());
}

function newPatterns(): Builder<Panel> {
  const panel = stat({
    id: 4,
    title: 'New Kinds',
    description:
      'Kinds of messages that were never seen before, in the time range. Many after a release are normal, some out of nowhere are worth a look.',
    noValue: NO_LOGS,
    runbooks: ['LogErrorSpike'],
  })
    .withTarget(range('sum(increase(valtronics_log_new_patterns_total[$__range]))', 'new patterns'))
    .unit('short')
    .decimals(0)
    .thresholds(neutral());
  return linked(panel);
}

function unread(): Builder<Panel> {
  return stat({
    id: 5,
    title: 'Unread',
    description:
      'Share of the entries whose format is not known: they are kept as they are, without level and time. Name their format in the source’s setting.',
    noValue: NO_LOGS,
  })
    .withTarget(
      range(
        'sum(increase(valtronics_log_unparsed_total[$__range])) / (sum(increase(valtronics_log_entries_total[$__range])) > 0)',
        'unread',
      ),
    )
    .unit('percentunit')
    .decimals(1)
    .min(0)
    .thresholds(upTo(0.05));
}

function waiting(): Builder<Panel> {
  return stat({
    id: 6,
    title: 'Waiting',
    description:
      'Age of the oldest entry that waits for the log store. It is red where alert LogShippingFailing begins to count.',
    noValue: 'no log store',
    runbooks: ['LogShippingFailing'],
  })
    .withTarget(
      range(
        'max(time() - (valtronics_log_queue_oldest_timestamp_seconds > 0)) or 0 * max(valtronics_log_queue_bytes)',
        'oldest',
      ),
    )
    .unit('s')
    .decimals(0)
    .min(0)
    .thresholds(upTo(thresholdOf('LogShippingFailing')));
}

/** The first line: do I need to look? */
export function answerPanels(): readonly Builder<Panel>[] {
  return [errors(), worstService(), lines(), newPatterns(), unread(), waiting()];
}
