import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { together, type Trouble } from '../../domain/fleet/availability';
import { useApp } from '../../kit/app/appContext';
import { DeviceLink } from '../../kit/links/DeviceLink';
import { StatusLabel } from '../../kit/status/StatusLabel';
import { durationWords, fullTime } from '../../kit/time/timeWords';
import { HeadFigures } from './HeadFigures';
import type { Report } from './loadReport';
import { getReportStyles } from './reportStyles';

/** More of them on paper are a list that nobody reads: the newest are shown. */
const MOST_TROUBLES = 100;

function TroubleTable({ troubles }: { readonly troubles: readonly Trouble[] }) {
  const styles = useStyles2(getReportStyles);
  const { timeZone } = useApp();
  const newest = troubles.slice(-MOST_TROUBLES).reverse();
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption>{t('report.troubleList', 'Troubles, the newest first')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('report.began', 'Began')}</th>
            <th scope="col">{t('report.ended', 'Ended')}</th>
            <th scope="col" className={styles.number}>
              {t('report.lasted', 'Lasted')}
            </th>
            <th scope="col">{t('report.status', 'Status')}</th>
          </tr>
        </thead>
        <tbody>
          {newest.map(({ from, to, statuses, goesOn }) => (
            <tr key={from}>
              <td>{fullTime(from, timeZone)}</td>
              <td>{goesOn ? t('report.goesOn', 'goes on') : fullTime(to, timeZone)}</td>
              <td className={styles.number}>{durationWords(to - from)}</td>
              <td>
                {statuses.map((status, index) => (
                  <span key={index}>
                    <StatusLabel status={status} />{' '}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** How one device did, and each time it was in trouble. */
export function DeviceReport({ report }: { readonly report: Report }) {
  const styles = useStyles2(getReportStyles);
  const { devices, troubles, step } = report;
  return (
    <>
      {devices.map(({ deviceId, name, deviceType, location }) => (
        <div key={deviceId}>
          <DeviceLink deviceId={deviceId} name={name} />
          <p className={styles.note}>{[deviceType, location].filter((word) => word !== '').join(' · ')}</p>
        </div>
      ))}
      <HeadFigures all={together(devices)} step={step} />
      <section className={styles.section}>
        {troubles.length === 0 ? (
          <p>{t('report.deviceWell', 'The device was never in error or offline in this range.')}</p>
        ) : (
          <TroubleTable troubles={troubles} />
        )}
        {troubles.length > MOST_TROUBLES && (
          <p className={styles.note}>
            {t('report.moreTroubles', 'The newest {{shown}} of {{count}}.', {
              shown: MOST_TROUBLES,
              count: troubles.length,
            })}
          </p>
        )}
      </section>
    </>
  );
}
