import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';

/** The severities of the app, with names of Grafana's palette; words in any case, as senders write them. */
const SEVERITIES = [
  { words: 'critical', colour: 'red' },
  { words: 'warning', colour: 'orange' },
  { words: 'info', colour: 'blue' },
] as const;

/** Colours the series that are named after severities as the app does; a word that is none of them is neutral. */
export function bySeverity(panel: PanelBuilder): PanelBuilder {
  panel.overrideByRegexp('/.*/', [{ id: 'color', value: { mode: 'fixed', fixedColor: 'text' } }]);
  for (const { words, colour } of SEVERITIES) {
    panel.overrideByRegexp(`/^(?:${words})$/i`, [
      { id: 'color', value: { mode: 'fixed', fixedColor: colour } },
    ]);
  }
  return panel;
}
