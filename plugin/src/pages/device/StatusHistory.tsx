import type { TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useCallback, useMemo } from 'react';
import { TIMELINE_PANEL_ID } from '../../api/pluginId';
import { historyQueries } from '../../features/fleet/fleetQueries';
import { HISTORY_OPTIONS, historyData, type FleetHistory } from '../../features/fleet/historyFrame';
import { loadHistory } from '../../features/fleet/loadHistory';
import { Known, useAnswer } from '../../kit/answer';
import { useApp } from '../../kit/app/appContext';
import { GrafanaPanel } from '../../kit/charts/GrafanaPanel';
import { shareWords } from '../../kit/words/numbers';
import { historyFacts } from './history';

/** Height of the panel, pixels: its legend, its axis and a row whose words can be read. */
const HEIGHT = 170;
const OPTIONS = { ...HISTORY_OPTIONS, rowHeight: 40, showSearch: false, linkToDevice: false };

interface Props {
  readonly deviceId: string;
  readonly range: TimeRange;
  readonly tick: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly onRange: (range: { readonly from: number; readonly to: number }) => void;
}

/** The status of the device over the range and the alerts that fired for it, with the share of time online. */
export function StatusHistory({ deviceId, range, tick, now, onRange }: Props) {
  const { clients } = useApp();
  const load = useCallback(
    (signal: AbortSignal) => {
      const span = { from: range.from.valueOf(), to: range.to.valueOf() };
      return loadHistory(clients.prometheus, { ids: [deviceId], count: 1 }, span, signal);
    },
    [clients, deviceId, range],
  );
  const answer = useAnswer(load, tick);
  return (
    <Known answer={answer} source="prometheus" height={HEIGHT} now={now}>
      {(history) => <Timeline deviceId={deviceId} history={history} range={range} onRange={onRange} />}
    </Known>
  );
}

function Timeline({
  deviceId,
  history,
  range,
  onRange,
}: Pick<Props, 'deviceId' | 'range' | 'onRange'> & { readonly history: FleetHistory }) {
  const { timeZone } = useApp();
  const data = useMemo(
    () => historyData(history, [{ deviceId, name: deviceId, deviceType: '', location: '' }], range),
    [history, deviceId, range],
  );
  const [series] = history.status;
  if (series === undefined)
    return <p>{t('device.history.none', 'No status was recorded in this time range.')}</p>;
  const { online, changes } = historyFacts(series);
  return (
    <div>
      <GrafanaPanel
        pluginId={TIMELINE_PANEL_ID}
        title={t('device.history.title', 'Status over time')}
        data={data}
        expressions={[historyQueries([deviceId]).status]}
        options={OPTIONS}
        height={HEIGHT}
        timeZone={timeZone}
        onRange={onRange}
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
