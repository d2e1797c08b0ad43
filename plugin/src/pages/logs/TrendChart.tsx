import { css } from '@emotion/css';
import type { GrafanaTheme2, TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { useMemo } from 'react';
import type { LogTrends } from '../../domain/logs/logEntry';
import { GrafanaPanel } from '../../kit/charts/GrafanaPanel';
import { STACKED_BAR_FIELDS, stackedBarOptions } from '../../kit/charts/stackedBars';
import { useApp } from '../../kit/app/appContext';
import { clockWords, durationWords } from '../../kit/time/timeWords';
import { trendData } from './trendFrames';

/** Height of the chart, pixels. */
export const CHART_HEIGHT = 220;
const OPTIONS = stackedBarOptions(['sum']);
/** What Prometheus knows of it: all lines, whatever the filter. */
const LINES = ['sum by (level) (rate(valtronics_log_entries_total[$__rate_interval]))'];

const getStyles = (theme: GrafanaTheme2) =>
  css({
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    margin: theme.spacing(0.5, 0, 0),
  });

interface Props {
  readonly trends: LogTrends;
  readonly range: TimeRange;
  readonly onRange: (range: { readonly from: number; readonly to: number }) => void;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** How many lines there were over the range, by level; a stretch that is marked becomes the range. */
export function TrendChart({ trends, range, onRange, now }: Props) {
  const theme = useTheme2();
  const style = useStyles2(getStyles);
  const { timeZone } = useApp();
  const data = useMemo(() => trendData(trends, range, theme), [trends, range, theme]);
  const { oldest, step } = trends;
  const help = t(
    'logs.trend.help',
    'How many lines there were in each {{length}}. Mark a stretch to look at it alone.',
    { length: durationWords(step) },
  );
  const reach =
    oldest === null || oldest <= range.from.valueOf()
      ? undefined
      : t('logs.trend.reach', 'Counts reach back to {{time}}.', { time: clockWords(oldest, now, timeZone) });
  return (
    <div>
      <GrafanaPanel
        pluginId="timeseries"
        title={t('logs.trend.title', 'Lines by level')}
        description={help}
        data={data}
        expressions={LINES}
        options={OPTIONS}
        fieldConfig={STACKED_BAR_FIELDS}
        height={CHART_HEIGHT}
        timeZone={timeZone}
        onRange={onRange}
      />
      {reach !== undefined && <p className={style}>{reach}</p>}
    </div>
  );
}
