import {
  BigValueColorMode,
  BigValueGraphMode,
  ReduceDataOptionsBuilder,
  VizOrientation,
} from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PROMETHEUS } from './datasource.ts';
import { describedBy, type PanelText } from './panel-text.ts';

/** One big number, the last one that is known. */
export function stat(text: PanelText): PanelBuilder {
  const { id, title, noValue } = text;
  return new PanelBuilder()
    .id(id)
    .title(title)
    .description(describedBy(text))
    .noValue(noValue)
    .datasource(PROMETHEUS)
    .height(4)
    .span(4)
    .colorMode(BigValueColorMode.Value)
    .graphMode(BigValueGraphMode.Area)
    .orientation(VizOrientation.Auto)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).fields('').values(false));
}
