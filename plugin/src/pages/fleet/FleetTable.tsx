import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { useMemo, useState } from 'react';
import type { FleetDevice } from '../../features/fleet/fleetPicture';
import { problemOf } from '../../domain/problem';
import { problemWords } from '../../kit/states/problemWords';
import type { Column, Sort } from './columns';
import { FleetTableHead } from './FleetTableHead';
import { FleetTableRow } from './FleetTableRow';
import { getTableStyles, LIST_HEIGHT, ROW_HEIGHT, tableWidth } from './tableStyles';
import { useValues } from './useValues';
import type { ShownValue } from '../../features/fleet/values';
import { ScrollTable } from '../../kit/list/ScrollTable';
import { rowWindow } from '../../kit/list/window';

interface Props {
  /** Filtered and sorted. */
  readonly devices: readonly FleetDevice[];
  readonly columns: readonly Column[];
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  /** The moment of the picture, milliseconds since the epoch. */
  readonly at: number;
  /** Newest values that are known already; without them they are asked for. */
  readonly known?: ReadonlyMap<string, readonly ShownValue[]> | undefined;
  readonly tick: number;
  readonly now: number;
}

/** The devices as a table of which only the rows in sight are drawn; their newest values are read for them alone. */
export function FleetTable({ devices, columns, sort, onSort, at, known, tick, now }: Props) {
  const styles = useStyles2(getTableStyles);
  const [scrollTop, setScrollTop] = useState(0);
  const { first, end } = rowWindow(scrollTop, LIST_HEIGHT, ROW_HEIGHT, devices.length);
  const idLength = useMemo(
    () => devices.reduce((longest, { deviceId }) => Math.max(longest, deviceId.length), 0),
    [devices],
  );
  const rows = devices.slice(first, end);
  const values = useValues(
    columns.includes('values') && known === undefined ? rows.map(({ deviceId }) => deviceId) : [],
    at,
    tick,
  );
  const noValues =
    values.error === undefined
      ? t('fleet.noValues', 'No numeric value is known')
      : problemWords(problemOf(values.error, 'prometheus')).title;
  return (
    <ScrollTable
      label={t('fleet.table.title', 'Devices')}
      count={devices.length}
      head={<FleetTableHead columns={columns} sort={sort} onSort={onSort} idLength={idLength} />}
      above={first * ROW_HEIGHT}
      below={(devices.length - Math.max(end, first)) * ROW_HEIGHT}
      onScroll={setScrollTop}
      className={styles.scroll}
      tableStyle={{ minWidth: tableWidth(columns, idLength) }}
    >
      {rows.map((device, index) => (
        <FleetTableRow
          key={device.deviceId}
          device={device}
          values={(known ?? values.value)?.get(device.deviceId)}
          noValues={noValues}
          columns={columns}
          idLength={idLength}
          index={first + index + 2}
          now={now}
        />
      ))}
    </ScrollTable>
  );
}
