import { TableSortByFieldStateBuilder } from '@grafana/grafana-foundation-sdk/common';
import type { DataTransformerConfig } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import { PROMETHEUS } from './datasource.ts';
import { describedBy, type PanelText } from './panel-text.ts';

/** Columns share the width and get no narrower than this many pixels; Grafana's own 150 hides the last of many. */
const LEAST_WIDTH = 90;

/** A column of a table, in the order of the table. */
export interface Column {
  /** The field as the queries give it: a label, or `Value #A`. */
  readonly field: string;
  readonly header: string;
  readonly width?: number;
}

/** Rows of several table queries brought together by a label. */
export function joinedBy(label: string): DataTransformerConfig {
  return { id: 'joinByField', options: { byField: label, mode: 'outer' } };
}

/** Keeps these columns and nothing else, in this order, under these headers. */
export function columns(list: readonly Column[]): DataTransformerConfig[] {
  return [
    {
      id: 'filterFieldsByName',
      options: { include: { names: list.map(({ field }) => field) } },
    },
    {
      id: 'organize',
      options: {
        indexByName: Object.fromEntries(list.map(({ field }, index) => [field, index])),
        renameByName: Object.fromEntries(list.map(({ field, header }) => [field, header])),
      },
    },
  ];
}

/** A table sorted by the column with this header. */
export function tablePanel(
  text: PanelText,
  list: readonly Column[],
  sortBy: { header: string; descending: boolean },
): PanelBuilder {
  const { id, title, noValue } = text;
  const panel = new PanelBuilder()
    .id(id)
    .title(title)
    .description(describedBy(text))
    .noValue(noValue)
    .datasource(PROMETHEUS)
    .height(9)
    .span(12)
    .minWidth(LEAST_WIDTH)
    .sortBy([new TableSortByFieldStateBuilder().displayName(sortBy.header).desc(sortBy.descending)]);
  for (const { header, width } of list) {
    panel.overrideByName(header, [
      // The panel's words are for a table without rows; a cell alone has no room for them.
      { id: 'noValue', value: '–' },
      ...(width === undefined ? [] : [{ id: 'custom.width', value: width }]),
    ]);
  }
  return panel;
}
