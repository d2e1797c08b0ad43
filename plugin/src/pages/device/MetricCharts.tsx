import { css } from '@emotion/css';
import type { GrafanaTheme2, TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { useMemo } from 'react';
import type { RangeSeries } from '../../api/prometheusShapes';
import { deviceQueries, metricQuery } from '../../features/fleet/fleetQueries';
import { Known } from '../../kit/answer';
import { GrafanaPanel } from '../../kit/charts/GrafanaPanel';
import { PartBoundary } from '../../kit/states/PartBoundary';
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
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(26em, 100%), 1fr))',
  });

interface Props {
  readonly deviceId: string;
  readonly range: TimeRange;
  readonly tick: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly onRange: (range: { readonly from: number; readonly to: number }) => void;
}

/** One chart for every metric of the device, each with its own unit. */
export function MetricCharts({ deviceId, range, tick, now, onRange }: Props) {
  const answer = useSeries(deviceQueries(deviceId).telemetry, range, tick);
  return (
    <Known answer={answer} source="prometheus" height={HEIGHT} now={now} brief>
      {(series) => <Charts deviceId={deviceId} series={series} range={range} onRange={onRange} />}
    </Known>
  );
}

type ChartsProps = Pick<Props, 'deviceId' | 'range' | 'onRange'> & {
  readonly series: readonly RangeSeries[];
};

function Charts({ deviceId, series, range, onRange }: ChartsProps) {
  const style = useStyles2(getStyles);
  const { timeZone } = useApp();
  const charts = useMemo(() => metricCharts(series, range), [series, range]);
  if (charts.length === 0)
    return <p>{t('device.metrics.none', 'No numeric telemetry was recorded in this time range.')}</p>;
  return (
    <div className={style}>
      {charts.map(({ key, title, metric, data }) => (
        <PartBoundary key={key} name={title}>
          <GrafanaPanel
            pluginId="timeseries"
            title={title}
            data={data}
            expressions={[metricQuery(deviceId, metric)]}
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
