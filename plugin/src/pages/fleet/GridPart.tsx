import type { TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useMemo } from 'react';
import type { FleetDevice } from '../../features/fleet/fleetPicture';
import { FLEET_QUERIES } from '../../features/fleet/fleetQueries';
import { STATUS_PANEL_ID } from '../../api/pluginId';
import { GrafanaPanel } from '../../kit/charts/GrafanaPanel';
import { useApp } from '../../kit/app/appContext';
import { gridData } from './gridFrame';

/** Which columns of `gridData` mean what; search and filters are the page's own. */
const OPTIONS = {
  groupBy: 'device_type',
  valueField: 'status',
  idField: 'device_id',
  sinceField: 'since',
  seenField: 'last_seen',
  statusCodes: 'always',
  showSearch: false,
};
const STATUS = [FLEET_QUERIES.status];
const WITHOUT_LEGEND = { ...OPTIONS, showLegend: false };

interface Props {
  readonly devices: readonly FleetDevice[];
  readonly range: TimeRange;
  /** Pixels. */
  readonly height: number;
  /** False where the page has a legend of its own. */
  readonly legend?: boolean;
}

/** The devices in the status panel, grouped by type: the same panel that dashboards use. */
export function GridPart({ devices, range, height, legend = true }: Props) {
  const { timeZone } = useApp();
  const data = useMemo(() => gridData(devices, range), [devices, range]);
  return (
    <GrafanaPanel
      pluginId={STATUS_PANEL_ID}
      title={t('fleet.grid.title', 'Status by type')}
      data={data}
      expressions={STATUS}
      options={legend ? OPTIONS : WITHOUT_LEGEND}
      height={height}
      timeZone={timeZone}
    />
  );
}
