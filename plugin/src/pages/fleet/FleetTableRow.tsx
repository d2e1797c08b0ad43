import { cx } from '@emotion/css';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import type { FleetDevice } from '../../features/fleet/fleetPicture';
import { DeviceLink } from '../../kit/links/DeviceLink';
import { Missing } from '../../kit/states/Missing';
import { Since } from '../../kit/time/Since';
import { StatusLabel } from '../../kit/status/StatusLabel';
import type { Column } from './columns';
import { getTableStyles, gridColumns } from './tableStyles';
import { metricWords, type ShownValue } from '../../features/fleet/values';

interface Props {
  readonly device: FleetDevice;
  /** Undefined while they are read; why there are none is in `noValues`. */
  readonly values: readonly ShownValue[] | undefined;
  readonly noValues: string;
  readonly columns: readonly Column[];
  /** Characters of the longest id. */
  readonly idLength: number;
  /** Place in the whole table, the heading being 1. */
  readonly index: number;
  readonly now: number;
}

/** A device as a row. */
export function FleetTableRow(props: Props) {
  const styles = useStyles2(getTableStyles);
  const { columns, index, idLength } = props;
  return (
    <div
      role="row"
      aria-rowindex={index}
      className={cx(styles.row, styles.line)}
      style={{ gridTemplateColumns: gridColumns(columns, idLength) }}
    >
      {columns.map((column) => (
        <div key={column} role="cell" className={styles.number}>
          <Cell {...props} column={column} />
        </div>
      ))}
    </div>
  );
}

function Text({ text, missing }: { readonly text: string; readonly missing: string }) {
  return text === '' ? <Missing reason={missing} /> : <bdi title={text}>{text}</bdi>;
}

function Cell({ device, values, noValues, now, column }: Props & { readonly column: Column }) {
  switch (column) {
    case 'status':
      return <StatusLabel status={device.status} />;
    case 'name':
      return <DeviceLink deviceId={device.deviceId} name={device.name} />;
    case 'type':
      return <Text text={device.deviceType} missing={t('fleet.noType', 'The platform knows no type')} />;
    case 'location':
      return (
        <Text text={device.location} missing={t('fleet.noLocation', 'The platform knows no location')} />
      );
    case 'lastSeen':
      return <Since at={device.lastSeen} now={now} missing={t('fleet.neverSeen', 'Never heard from')} />;
    case 'since':
      return (
        <Since at={device.since} now={now} missing={t('fleet.sinceUnknown', 'Nobody knows since when')} />
      );
    case 'values':
      return <Text text={(values ?? []).map(metricWords).join(' · ')} missing={noValues} />;
    case 'alerts':
      return device.alerts;
  }
}
