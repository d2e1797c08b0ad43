import type { TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useMemo } from 'react';
import type { FleetDevice } from '../../api/fleetPicture';
import { STATUS_PANEL_ID } from '../../api/pluginId';
import { GrafanaPanel } from '../../components/GrafanaPanel';
import { useApp } from '../../hooks/appContext';
import { gridData } from './gridFrame';

interface Props {
  readonly devices: readonly FleetDevice[];
  readonly range: TimeRange;
  /** Pixels. */
  readonly height: number;
}

/** The devices in the status panel, grouped by type: the same panel that dashboards use. */
export function GridPart({ devices, range, height }: Props) {
  const { timeZone } = useApp();
  const data = useMemo(() => gridData(devices, range), [devices, range]);
  const options = useMemo(() => ({ groupBy: 'device_type' }), []);
  return (
    <GrafanaPanel
      pluginId={STATUS_PANEL_ID}
      title={t('fleet.grid.title', 'Status by type')}
      data={data}
      options={options}
      height={height}
      timeZone={timeZone}
    />
  );
}
