import { css } from '@emotion/css';
import type { GrafanaTheme2, TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { useMemo } from 'react';
import { deviceQueries } from '../../features/fleet/fleetQueries';
import { problemOf } from '../../domain/problem';
import { GrafanaPanel } from '../../kit/charts/GrafanaPanel';
import { PartBoundary } from '../../kit/states/PartBoundary';
import { problemWords } from '../../kit/states/problemWords';
import { Skeleton } from '../../kit/states/Skeleton';
import { useApp } from '../../kit/app/appContext';
import { metricCharts } from './frames';
import { useSeries } from './useSeries';

/** Height of a chart, pixels. */
const HEIGHT = 220;
const OPTIONS = {
  legend: { showLegend: false, displayMode: 'list', placement: 'bottom', calcs: [] },
  tooltip: { mode: 'single', sort: 'none' },
};

const getStyles = (theme: GrafanaTheme2) =>
  css({
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(26em, 100%), 1fr))',
  });

interface Props {
  readonly deviceId: string;
  readonly range: TimeRange;
  readonly tick: number;
  readonly onRange: (range: { readonly from: number; readonly to: number }) => void;
}

/** One chart for every metric of the device, each with its own unit. */
export function MetricCharts({ deviceId, range, tick, onRange }: Props) {
  const style = useStyles2(getStyles);
  const { timeZone } = useApp();
  const { value, error } = useSeries(deviceQueries(deviceId).telemetry, range, tick);
  const charts = useMemo(
    () => (value === undefined ? undefined : metricCharts(value, range)),
    [value, range],
  );
  if (charts === undefined) {
    return error === undefined ? (
      <Skeleton height={HEIGHT} />
    ) : (
      <p>{`${t('device.metrics.title', 'Telemetry')}: – ${problemWords(problemOf(error, 'prometheus')).title}`}</p>
    );
  }
  if (charts.length === 0)
    return <p>{t('device.metrics.none', 'No numeric telemetry was recorded in this time range.')}</p>;
  return (
    <div className={style}>
      {charts.map(({ key, title, data }) => (
        <PartBoundary key={key} name={title}>
          <GrafanaPanel
            pluginId="timeseries"
            title={title}
            data={data}
            options={OPTIONS}
            height={HEIGHT}
            timeZone={timeZone}
            onRange={onRange}
          />
        </PartBoundary>
      ))}
    </div>
  );
}
