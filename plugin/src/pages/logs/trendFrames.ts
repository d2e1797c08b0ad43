import type { GrafanaTheme2, PanelData, TimeRange } from '@grafana/data';
import { LOG_LEVELS, type LogTrends } from '../../domain/logs/logEntry';
import { LEVEL_GLYPHS, levelBarColor, levelWord } from '../../features/logs/levelLook';
import { stackedBarData } from '../../kit/charts/stackedBars';

/** The counts as bars that stand on each other, the worst level at the bottom. */
export function trendData({ step, buckets }: LogTrends, range: TimeRange, theme: GrafanaTheme2): PanelData {
  const levels = LOG_LEVELS.filter((level) => buckets.some((bucket) => (bucket.levels[level] ?? 0) > 0));
  const parts = levels.map((level) => ({
    name: `${LEVEL_GLYPHS[level]} ${levelWord(level)}`,
    color: levelBarColor(theme, level),
    counts: buckets.map((bucket) => bucket.levels[level] ?? 0),
  }));
  return stackedBarData({ times: buckets.map(({ at }) => at), length: step, parts }, range);
}
