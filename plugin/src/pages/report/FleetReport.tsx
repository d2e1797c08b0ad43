import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { useMemo } from 'react';
import { together } from '../../domain/fleet/availability';
import { DeviceLink } from '../../kit/links/DeviceLink';
import { numberWords } from '../../kit/words/numbers';
import { FigureTable, type FirstColumn } from './FigureTable';
import { HeadFigures } from './HeadFigures';
import type { Report } from './loadReport';
import { reportGroups, worstDevices, type ReportDevice, type ReportGroup } from './reportRows';
import { getReportStyles } from './reportStyles';

const valueWords = (value: string): string => (value === '' ? t('report.none', '(none)') : value);

const countColumn = (): FirstColumn<ReportGroup> => ({
  title: t('report.deviceCount', 'Devices'),
  cell: ({ devices }) => numberWords(devices),
  number: true,
});

function GroupTable({ title, column, groups }: GroupProps) {
  return (
    <FigureTable
      title={title}
      rows={groups}
      keyOf={({ value }) => value}
      columns={[{ title: column, cell: ({ value }) => <bdi>{valueWords(value)}</bdi> }, countColumn()]}
    />
  );
}

interface GroupProps {
  readonly title: string;
  readonly column: string;
  readonly groups: readonly ReportGroup[];
}

function WorstTable({ devices }: { readonly devices: readonly ReportDevice[] }) {
  return (
    <FigureTable
      title={t('report.worst', 'Most in trouble')}
      rows={devices}
      keyOf={({ deviceId }) => deviceId}
      columns={[
        {
          title: t('report.device', 'Device'),
          cell: ({ deviceId, name }) => <DeviceLink deviceId={deviceId} name={name} />,
        },
        {
          title: t('report.type', 'Type'),
          cell: ({ deviceType }) => <bdi>{valueWords(deviceType)}</bdi>,
        },
        {
          title: t('report.location', 'Location'),
          cell: ({ location }) => <bdi>{valueWords(location)}</bdi>,
        },
      ]}
    />
  );
}

/** How the fleet did: all of it, by type and place, and the devices that were worst. */
export function FleetReport({ report }: { readonly report: Report }) {
  const styles = useStyles2(getReportStyles);
  const { devices, step } = report;
  const worst = worstDevices(devices);
  const troubled = devices.filter(({ troubles }) => troubles > 0).length;
  const types = useMemo(() => reportGroups(devices, 'deviceType'), [devices]);
  const locations = useMemo(() => reportGroups(devices, 'location'), [devices]);
  return (
    <>
      <HeadFigures all={together(devices)} devices={{ total: devices.length, troubled }} step={step} />
      <section className={styles.section}>
        {worst.length === 0 ? (
          <p>{t('report.allWell', 'No device was in error or offline in this range.')}</p>
        ) : (
          <WorstTable devices={worst} />
        )}
        {devices.length > worst.length && (
          <p className={styles.note}>
            {t('report.more', 'The CSV file has all {{count}} devices.', { count: devices.length })}
          </p>
        )}
      </section>
      <section className={styles.section}>
        <GroupTable title={t('report.byType', 'By type')} column={t('report.type', 'Type')} groups={types} />
      </section>
      <section className={styles.section}>
        <GroupTable
          title={t('report.byLocation', 'By location')}
          column={t('report.location', 'Location')}
          groups={locations}
        />
      </section>
    </>
  );
}
