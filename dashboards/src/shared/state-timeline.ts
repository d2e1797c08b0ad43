import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { VisibilityMode } from '@grafana/grafana-foundation-sdk/common';
import type { Panel, ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/statetimeline';
import type { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PROMETHEUS } from './datasource.ts';
import { describedBy, type PanelText } from './panel-text.ts';

/** Without pages: the SDK's default puts a pager below five rows. */
function unpaged(panel: Panel): Panel {
  const options: unknown = panel.options;
  if (typeof options !== 'object') throw new Error('the state timeline has no options');
  return { ...panel, options: { ...options, perPage: undefined } };
}

/** A row for each series, coloured by what its values mean. */
export function stateTimeline(
  text: PanelText,
  mappings: ValueMapping[],
  queries: readonly DataqueryBuilder[],
  { width, height }: { readonly width: number; readonly height: number } = { width: 12, height: 8 },
): Builder<Panel> {
  const { id, title, noValue } = text;
  const panel = new PanelBuilder()
    .id(id)
    .title(title)
    .description(describedBy(text))
    .noValue(noValue)
    .datasource(PROMETHEUS)
    .height(height)
    .span(width)
    .unit('none')
    .mappings(mappings)
    .showValue(VisibilityMode.Never)
    .mergeValues(true)
    .rowHeight(0.8)
    .fillOpacity(80);
  for (const query of queries) panel.withTarget(query);
  return { build: () => unpaged(panel.build()) };
}
