import type { TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useTheme2 } from '@grafana/ui';
import { useMemo } from 'react';
import { deviceQueries } from '../../features/fleet/fleetQueries';
import { problemOf } from '../../domain/problem';
import { GrafanaPanel } from '../../kit/charts/GrafanaPanel';
import { ProblemNotice } from '../../kit/states/ProblemNotice';
import { Skeleton } from '../../kit/states/Skeleton';
import { useApp } from '../../kit/app/appContext';
import { statusData, statusFieldConfig } from './frames';
import { historyFacts } from './history';
import { useSeries } from './useSeries';

/** Height of the timeline, pixels. */
const HEIGHT = 140;
const OPTIONS = {
  mergeValues: true,
  showValue: 'auto',
  rowHeight: 0.9,
  legend: { showLegend: true, displayMode: 'list', placement: 'bottom' },
  tooltip: { mode: 'single', sort: 'none' },
};

function percentWords(share: number): string {
  return share.toLocaleString(undefined, { style: 'percent', maximumFractionDigits: 1 });
}

interface Props {
  readonly deviceId: string;
  readonly range: TimeRange;
  readonly tick: number;
}

/** The status of the device over the range, with the share of time online. */
export function StatusHistory({ deviceId, range, tick }: Props) {
  const theme = useTheme2();
  const { timeZone } = useApp();
  const { value, error } = useSeries(deviceQueries(deviceId).status, range, tick);
  const series = value?.[0];
  const name = t('device.history.status', 'Status');
  const data = useMemo(() => statusData(series, range, name), [series, range, name]);
  const fieldConfig = useMemo(() => statusFieldConfig(theme), [theme]);
  if (value === undefined) {
    return error === undefined ? (
      <Skeleton height={HEIGHT} />
    ) : (
      <ProblemNotice problem={problemOf(error, 'prometheus')} />
    );
  }
  const { online, changes } = historyFacts(series ?? { values: [] });
  return (
    <div>
      {series === undefined ? (
        <p>{t('device.history.none', 'No status was recorded in this time range.')}</p>
      ) : (
        <GrafanaPanel
          pluginId="state-timeline"
          title={t('device.history.title', 'Status over time')}
          data={data}
          options={OPTIONS}
          fieldConfig={fieldConfig}
          height={HEIGHT}
          timeZone={timeZone}
        />
      )}
      {online !== undefined && (
        <p>
          {t('device.history.online', '{{share}} online in this range', { share: percentWords(online) })}
          {' · '}
          {t('device.history.changes', '{{count}} changes', { count: changes })}
        </p>
      )}
    </div>
  );
}
