import type { PanelTypeChangedHandler } from '@grafana/data';
import { hasGrafanasThresholds } from '../../../kit/frames/thresholds';
import type { TimelineOptions } from './options';

/**
 * Another kind of panel leaves its thresholds behind. Those that Grafana gives to every new panel, green and red
 * from 80, nobody has chosen: with them every small number would look healthy. What is the same there keeps its
 * meaning: the row height of Grafana's own timeline is a share, and falls away.
 */
export const changePanelType: PanelTypeChangedHandler<TimelineOptions> = (panel) => {
  const { defaults } = panel.fieldConfig;
  if (hasGrafanasThresholds(defaults)) delete defaults.thresholds;
  const { rowHeight, ...options } = panel.options;
  return typeof rowHeight === 'number' && rowHeight > 1 ? panel.options : options;
};
