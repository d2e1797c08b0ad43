import type { TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useTheme2 } from '@grafana/ui';
import { useMemo } from 'react';
import { FIRING } from '../../../features/alerts/history/historyQueries';
import { historyBuckets } from '../../../features/alerts/history/historyBuckets';
import type { PastAlert } from '../../../domain/alerts/pastAlert';
import { GrafanaPanel } from '../../../kit/charts/GrafanaPanel';
import { STACKED_BAR_FIELDS, stackedBarOptions } from '../../../kit/charts/stackedBars';
import { durationWords } from '../../../kit/time/timeWords';
import { useApp } from '../../../kit/app/appContext';
import { historyData } from './historyFrames';

/** Height of the chart, pixels. */
export const CHART_HEIGHT = 240;
const OPTIONS = stackedBarOptions([]);
/** What Prometheus knows of it: the store knows alerts of others too. */
const IN_PROMETHEUS = [`count by (severity) (${FIRING})`];

interface Props {
  /** Those that the filter lets through. */
  readonly alerts: readonly PastAlert[];
  readonly range: TimeRange;
  /** Nothing is known behind this moment, milliseconds since the epoch. */
  readonly at: number;
  readonly onRange: (range: { readonly from: number; readonly to: number }) => void;
}

/** How many alerts were there over the range, by severity; a stretch that is marked becomes the range. */
export function HistoryChart({ alerts, range, at, onRange }: Props) {
  const theme = useTheme2();
  const { timeZone } = useApp();
  const buckets = useMemo(() => {
    const from = range.from.valueOf();
    return historyBuckets(alerts, { from, to: Math.max(from, Math.min(range.to.valueOf(), at)) });
  }, [alerts, range, at]);
  const data = useMemo(() => historyData(buckets, range, theme), [buckets, range, theme]);
  return (
    <GrafanaPanel
      pluginId="timeseries"
      title={t('alerts.history.chart', 'Alerts by severity')}
      description={t(
        'alerts.history.chartHelp',
        'How many alerts were there in each {{length}}. Mark a stretch to look at it alone.',
        {
          length: durationWords(buckets.length),
        },
      )}
      data={data}
      expressions={IN_PROMETHEUS}
      options={OPTIONS}
      fieldConfig={STACKED_BAR_FIELDS}
      height={CHART_HEIGHT}
      timeZone={timeZone}
      onRange={onRange}
    />
  );
}
