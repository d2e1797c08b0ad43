import type { GrafanaTheme2, PanelData, TimeRange } from '@grafana/data';
import { compareSeverities } from '../../../domain/alerts/severity';
import type { HistoryBuckets } from '../../../features/alerts/history/historyBuckets';
import { severityColor, severityWord } from '../../../features/alerts/list/severityLook';
import { stackedBarData } from '../../../kit/charts/stackedBars';

/** The counts as bars that stand on each other, the worst severity at the bottom. */
export function historyData(
  { times, length, counts }: HistoryBuckets,
  range: TimeRange,
  theme: GrafanaTheme2,
): PanelData {
  const parts = [...counts.keys()].sort(compareSeverities).map((severity) => ({
    name: severityWord(severity),
    color: severityColor(theme, severity),
    counts: counts.get(severity) ?? [],
  }));
  return stackedBarData({ times, length, parts }, range);
}
