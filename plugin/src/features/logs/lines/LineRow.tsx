import { cx } from '@emotion/css';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { useLocation } from 'react-router-dom';
import type { LogEntry } from '../../../domain/logs/logEntry';
import { useApp } from '../../../kit/app/appContext';
import { deviceHref } from '../../../kit/links/DeviceLink';
import { PageLink } from '../../../kit/links/PageLink';
import { fullTime, preciseWords } from '../../../kit/time/timeWords';
import { LevelLabel } from '../LevelLabel';
import { tracePath } from '../../traces/tracesAddress';
import { logsPath } from '../logsAddress';
import { getLineStyles } from './lineStyles';

/** So much of a trace's id tells it from the others on the screen. */
const SHOWN_OF_TRACE = 8;

interface Props {
  readonly line: LogEntry;
  readonly open: boolean;
  readonly wrap: boolean;
  readonly onToggle: () => void;
  readonly detailsId: string;
  /** Place in the whole list, the heading being 1. */
  readonly index: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What a line is about, as links. */
function About({ line: { deviceId, traceId, correlationId } }: Pick<Props, 'line'>) {
  const styles = useStyles2(getLineStyles);
  const { search } = useLocation();
  const id = traceId ?? correlationId;
  return (
    <>
      {deviceId !== null && (
        <PageLink to={deviceHref(deviceId, search)}>
          <bdi title={deviceId}>{deviceId}</bdi>
        </PageLink>
      )}
      {id !== null && (
        <span className={styles.trace} title={id}>
          <PageLink to={traceId === null ? logsPath({ correlation: id }) : tracePath(id)}>
            {traceId === null
              ? t('logs.line.correlation', 'request {{id}}', {
                  id: id.slice(0, SHOWN_OF_TRACE),
                  interpolation: { escapeValue: false },
                })
              : t('logs.line.trace', 'trace {{id}}', { id: id.slice(0, SHOWN_OF_TRACE) })}
          </PageLink>
        </span>
      )}
    </>
  );
}

/** A line of the list: when, how bad, who, what, and about which device. */
export function LineRow({ line, open, wrap, onToggle, detailsId, index, now }: Props) {
  const styles = useStyles2(getLineStyles);
  const { timeZone } = useApp();
  const { id, timestamp, level, service, message, exception } = line;
  return (
    <div role="row" aria-rowindex={index} data-row={id} className={cx(styles.row, open && styles.opened)}>
      <span role="cell">
        <time
          className={styles.time}
          dateTime={new Date(timestamp).toISOString()}
          title={fullTime(timestamp, timeZone)}
        >
          {preciseWords(timestamp, now, timeZone)}
        </time>
      </span>
      <span role="cell">
        <LevelLabel level={level} />
      </span>
      <span role="cell" className={styles.service} title={service}>
        <bdi>{service}</bdi>
      </span>
      <span role="cell">
        <button
          type="button"
          className={cx(styles.message, wrap && styles.wrapped)}
          aria-expanded={open}
          aria-controls={detailsId}
          data-line={id}
          onClick={onToggle}
        >
          <bdi>{message === '' ? t('logs.line.empty', '(no text)') : message}</bdi>
          {exception !== null && !message.includes(exception) && (
            <bdi className={styles.exception}>{exception}</bdi>
          )}
        </button>
      </span>
      <span role="cell" className={styles.about}>
        <About line={line} />
      </span>
    </div>
  );
}
