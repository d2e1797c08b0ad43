import type { TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useTheme2 } from '@grafana/ui';
import { useMemo } from 'react';
import type { RangeSeries } from '../../api/prometheusShapes';
import { deviceQueries } from '../../features/fleet/fleetQueries';
import { Known } from '../../kit/answer';
import { useApp } from '../../kit/app/appContext';
import { GrafanaPanel } from '../../kit/charts/GrafanaPanel';
import { shareWords } from '../../kit/words/numbers';
import { statusData, statusFieldConfig } from './frames';
import { historyFacts } from './history';
import { useSeries } from './useSeries';

/** Height of the timeline, pixels: a line whose words can be read, its axis and its legend. */
const HEIGHT = 190;
const OPTIONS = {
  mergeValues: true,
  showValue: 'auto',
  rowHeight: 0.9,
  legend: { showLegend: true, displayMode: 'list', placement: 'bottom' },
  tooltip: { mode: 'single', sort: 'none' },
};

interface Props {
  readonly deviceId: string;
  readonly range: TimeRange;
  readonly tick: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The status of the device over the range, with the share of time online. */
export function StatusHistory({ deviceId, range, tick, now }: Props) {
  const answer = useSeries(deviceQueries(deviceId).status, range, tick);
  return (
    <Known answer={answer} source="prometheus" height={HEIGHT} now={now}>
      {([series]) => <Timeline deviceId={deviceId} series={series} range={range} />}
    </Known>
  );
}

function Timeline({
  deviceId,
  series,
  range,
}: {
  readonly deviceId: string;
  readonly series: RangeSeries | undefined;
  readonly range: TimeRange;
}) {
  const theme = useTheme2();
  const { timeZone } = useApp();
  const name = t('device.history.status', 'Status');
  const data = useMemo(() => statusData(series, range, name), [series, range, name]);
  const fieldConfig = useMemo(() => statusFieldConfig(theme), [theme]);
  if (series === undefined)
    return <p>{t('device.history.none', 'No status was recorded in this time range.')}</p>;
  const { online, changes } = historyFacts(series);
  return (
    <div>
      <GrafanaPanel
        pluginId="state-timeline"
        title={t('device.history.title', 'Status over time')}
        data={data}
        expressions={[deviceQueries(deviceId).status]}
        options={OPTIONS}
        fieldConfig={fieldConfig}
        height={HEIGHT}
        timeZone={timeZone}
      />
      {online !== undefined && (
        <p>
          {t('device.history.online', '{{share}} online in this range', { share: shareWords(online) })}
          {' · '}
          {t('device.history.changes', '{{count}} changes', { count: changes })}
        </p>
      )}
    </div>
  );
}
