import { AppEvents } from '@grafana/data';
import { t } from '@grafana/i18n';
import { getAppEvents } from '@grafana/runtime';
import { Button, Stack } from '@grafana/ui';
import { useDeferredValue, useMemo, useState } from 'react';
import type { FleetDevice, FleetPicture } from '../../features/fleet/fleetPicture';
import { ALL_TELEMETRY_QUERY, telemetryQuery } from '../../features/fleet/fleetQueries';
import type { PrometheusClient } from '../../api/prometheusClient';
import { useApp } from '../../kit/app/appContext';
import type { UrlQuery } from '../../kit/useUrlQuery';
import { ColumnChooser } from './ColumnChooser';
import { COLUMNS, FIXED_COLUMN, readColumns, readSort, sortDevices, writeSort, type Column } from './columns';
import { downloadCsv } from '../../kit/list/download';
import { joinList } from '../../kit/addressList';
import { FleetTable } from './FleetTable';
import { fleetCsv } from './tableExport';
import { valuesByDevice, type ShownValue } from '../../features/fleet/values';
import { numberWords } from '../../kit/words/numbers';

/** With more devices than this one question for all of them is shorter than one that names each. */
const MOST_NAMED = 500;

async function valuesOf(prometheus: PrometheusClient, devices: readonly FleetDevice[], at: number) {
  if (devices.length === 0) return new Map<string, ShownValue[]>();
  const query =
    devices.length > MOST_NAMED ? ALL_TELEMETRY_QUERY : telemetryQuery(devices.map((d) => d.deviceId));
  return valuesByDevice(await prometheus.instant(query, at));
}

function useExport(devices: readonly FleetDevice[], columns: readonly Column[], picture: FleetPicture) {
  const { at, values: known } = picture;
  const { clients } = useApp();
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    let values: ReadonlyMap<string, readonly ShownValue[]> = known ?? new Map();
    try {
      if (columns.includes('values') && known === undefined)
        values = await valuesOf(clients.prometheus, devices, at);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const title = t('fleet.csv.withoutValues', 'The file has no newest values');
      getAppEvents().publish({ type: AppEvents.alertWarning.name, payload: [title, reason] });
    } finally {
      setBusy(false);
    }
    downloadCsv('valtronics-fleet', at, fleetCsv(devices, columns, values, at));
  };
  return { busy, save };
}

interface Props {
  readonly picture: FleetPicture;
  /** Filtered, in any order. */
  readonly devices: readonly FleetDevice[];
  readonly url: UrlQuery;
  readonly tick: number;
  readonly now: number;
}

/** The table with its columns, its order, and the way out as a file. */
export function TablePart({ picture, devices, url, tick, now }: Props) {
  const alertsKnown = picture.devices.some(({ alerts }) => alerts !== null);
  const columns = readColumns(url.query.get('cols'), alertsKnown);
  const sortText = url.query.get('sort');
  const sort = useMemo(() => readSort(sortText), [sortText]);
  // The heading answers at once; thousands of rows follow when there is time.
  const followed = useDeferredValue(sort);
  const sorted = useMemo(() => sortDevices(devices, followed), [devices, followed]);
  const { busy, save } = useExport(sorted, columns, picture);
  const optional = COLUMNS.filter(
    (column) => column !== FIXED_COLUMN && (column !== 'alerts' || alertsKnown),
  );
  const setColumns = (chosen: readonly Column[]): void => {
    const all = optional.every((column) => chosen.includes(column));
    url.change({ cols: all ? null : joinList([FIXED_COLUMN, ...chosen]) });
  };
  return (
    <Stack direction="column" gap={1}>
      <Stack direction="row" gap={1} alignItems="center" justifyContent="space-between" wrap="wrap">
        <span role="status">
          {t('fleet.table.shown', '{{shown}} of {{total}} devices', {
            shown: numberWords(sorted.length),
            total: numberWords(picture.devices.length),
          })}
        </span>
        <Stack direction="row" gap={1} alignItems="center" wrap="wrap">
          <ColumnChooser
            columns={optional}
            chosen={columns.filter((column) => column !== FIXED_COLUMN)}
            onChange={setColumns}
          />
          <Button
            variant="secondary"
            icon="download-alt"
            disabled={busy || sorted.length === 0}
            onClick={() => void save()}
          >
            {t('fleet.csv.button', 'CSV')}
          </Button>
        </Stack>
      </Stack>
      <FleetTable
        devices={sorted}
        columns={columns}
        sort={sort}
        onSort={(next) => url.change({ sort: writeSort(next) }, { push: true })}
        at={picture.at}
        known={picture.values}
        tick={tick}
        now={now}
      />
    </Stack>
  );
}
