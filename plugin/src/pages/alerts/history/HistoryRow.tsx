import { cx } from '@emotion/css';
import { t } from '@grafana/i18n';
import { Icon, useStyles2 } from '@grafana/ui';
import { useId } from 'react';
import type { PastAlert } from '../../../domain/alerts/pastAlert';
import { SeverityLabel } from '../../../features/alerts/list/SeverityLabel';
import { DeviceLink } from '../../../kit/links/DeviceLink';
import { clockWords, fullTime } from '../../../kit/time/timeWords';
import { useApp } from '../../../kit/app/appContext';
import { HistoryDetails } from './HistoryDetails';
import { getHistoryStyles, HISTORY_COLUMNS } from './historyLayout';
import { lastedWords, pastOriginWord } from '../../../features/alerts/history/historyWords';
import { alertKind, isByPlatform } from '../../../domain/alerts/alert';
import { acknowledgedWords } from '../../../features/alerts/list/alertWords';

interface Props {
  readonly alert: PastAlert;
  readonly open: boolean;
  readonly onToggle: () => void;
  /** Place in the whole list, the heading being 1. */
  readonly index: number;
  readonly tick: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly rangeEnd: number;
}

function Began({ alert, now }: Pick<Props, 'alert' | 'now'>) {
  const { timeZone } = useApp();
  const { startsAt, beganBefore } = alert;
  if (beganBefore) {
    return (
      <span title={t('alerts.history.beganBefore', 'It fired already when this range began')}>
        {t('alerts.history.before', 'before {{time}}', { time: clockWords(startsAt, now, timeZone) })}
      </span>
    );
  }
  return (
    <time dateTime={new Date(startsAt).toISOString()} title={fullTime(startsAt, timeZone)}>
      {clockWords(startsAt, now, timeZone)}
    </time>
  );
}

function Acknowledged({ alert: { acknowledgement, origins } }: Pick<Props, 'alert'>) {
  const styles = useStyles2(getHistoryStyles);
  if (acknowledgement === null) {
    return (
      <span className={styles.quiet}>
        {origins.includes('store') ? t('alerts.history.nobody', 'nobody') : t('alerts.history.notKnown', '–')}
      </span>
    );
  }
  if (isByPlatform(acknowledgement)) return <>{acknowledgedWords(acknowledgement)}</>;
  const { by, comment } = acknowledgement;
  return (
    <span className={styles.lines} title={comment}>
      <bdi>{by}</bdi>
      <bdi className={styles.second}>{comment}</bdi>
    </span>
  );
}

/** An alert of the past as a line; open, with its life below. */
export function HistoryRow({ alert, open, onToggle, index, tick, now, rangeEnd }: Props) {
  const styles = useStyles2(getHistoryStyles);
  const detailsId = useId();
  const { name, summary, severity, labels, origins } = alert;
  const device = labels.device_id;
  return (
    <>
      <div role="row" aria-rowindex={index} className={cx(styles.row, styles.line)}>
        <div role="cell">
          <SeverityLabel severity={severity} />
        </div>
        <div role="cell">
          <button
            type="button"
            className={styles.open}
            aria-expanded={open}
            aria-controls={detailsId}
            title={summary === '' ? name : `${name}: ${summary}`}
            onClick={onToggle}
          >
            <Icon name={open ? 'angle-down' : 'angle-right'} />
            <span className={styles.lines}>
              <bdi>{alertKind(alert)}</bdi>
              <bdi className={cx(styles.second, styles.summary)}>{summary}</bdi>
            </span>
          </button>
        </div>
        <div role="cell">{device !== undefined && <DeviceLink deviceId={device} name="" />}</div>
        <div role="cell" className={cx(styles.number, styles.lines)}>
          <Began alert={alert} now={now} />
          <span className={styles.second}>{lastedWords(alert, now, rangeEnd)}</span>
        </div>
        <div role="cell">
          <Acknowledged alert={alert} />
        </div>
        <div role="cell" className={styles.quiet}>
          {origins.map(pastOriginWord).join(', ')}
        </div>
      </div>
      {open && (
        <div role="row" id={detailsId}>
          <div
            role="cell"
            aria-colspan={HISTORY_COLUMNS}
            className={styles.details}
            tabIndex={0}
            aria-label={name}
          >
            <HistoryDetails alert={alert} tick={tick} />
          </div>
        </div>
      )}
    </>
  );
}
