import type { TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useCallback, useMemo } from 'react';
import { TIMELINE_PANEL_ID } from '../../api/pluginId';
import { historyQueries } from '../../features/fleet/fleetQueries';
import { compareSeverity, type FleetDevice } from '../../features/fleet/fleetPicture';
import { HISTORY_OPTIONS, historyData, type FleetHistory } from '../../features/fleet/historyFrame';
import { loadHistory } from '../../features/fleet/loadHistory';
import { Known, useAnswer } from '../../kit/answer';
import { useApp } from '../../kit/app/appContext';
import { GrafanaPanel } from '../../kit/charts/GrafanaPanel';
import { numberWords } from '../../kit/words/numbers';

/** Height of the panel, pixels. */
const HEIGHT = 640;
/** More devices are not asked for at once: their answer would be too long. */
const MOST_DEVICES = 5000;
/** What the panel's menu opens in Explore. */
const STATUS = [historyQueries(undefined).status];
const OPTIONS = { ...HISTORY_OPTIONS, groupBy: 'device_type', showSearch: false };

interface Props {
  /** Filtered, in any order. */
  readonly devices: readonly FleetDevice[];
  /** Whether these are all devices that there are. */
  readonly isAll: boolean;
  readonly range: TimeRange;
  readonly tick: number;
  readonly now: number;
  readonly onRange: (range: { readonly from: number; readonly to: number }) => void;
}

function Timeline({
  history,
  devices,
  range,
  onRange,
}: Pick<Props, 'devices' | 'range' | 'onRange'> & { readonly history: FleetHistory }) {
  const { timeZone } = useApp();
  const data = useMemo(() => historyData(history, devices, range), [history, devices, range]);
  return (
    <GrafanaPanel
      pluginId={TIMELINE_PANEL_ID}
      title={t('fleet.timeline.title', 'Status over time')}
      data={data}
      expressions={STATUS}
      options={OPTIONS}
      height={HEIGHT}
      timeZone={timeZone}
      onRange={onRange}
    />
  );
}

/** The devices over time in the timeline panel: the same panel that dashboards use. */
export function TimelinePart({ devices, isAll, range, tick, now, onRange }: Props) {
  const { clients } = useApp();
  const asked = useMemo(
    () =>
      devices.length <= MOST_DEVICES ? devices : [...devices].sort(compareSeverity).slice(0, MOST_DEVICES),
    [devices],
  );
  const isWhole = isAll && asked.length === devices.length;
  // The same devices in a newer picture are no other question.
  const ids = isWhole ? '' : JSON.stringify(asked.map(({ deviceId }) => deviceId).sort());
  const wanted = asked.length;
  const load = useCallback(
    (signal: AbortSignal) => {
      const named: unknown = ids === '' ? undefined : JSON.parse(ids);
      const list = Array.isArray(named) ? named.map(String) : undefined;
      const span = { from: range.from.valueOf(), to: range.to.valueOf() };
      return loadHistory(clients.prometheus, { ids: list, count: wanted }, span, signal);
    },
    [clients, ids, wanted, range],
  );
  const answer = useAnswer(load, tick);
  return (
    <>
      {wanted < devices.length && (
        <p>
          {t('fleet.timeline.most', 'The worst {{shown}} of {{total}} devices: filter to see others.', {
            shown: numberWords(wanted),
            total: numberWords(devices.length),
          })}
        </p>
      )}
      <Known answer={answer} source="prometheus" height={HEIGHT} now={now}>
        {(history) => <Timeline history={history} devices={asked} range={range} onRange={onRange} />}
      </Known>
    </>
  );
}
