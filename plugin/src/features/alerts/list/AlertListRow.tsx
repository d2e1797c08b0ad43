import { css, cx } from '@emotion/css';
import { t } from '@grafana/i18n';
import { Checkbox, Icon, useStyles2 } from '@grafana/ui';
import { memo, type ReactNode } from 'react';
import { alertKind, isMuted, type AlertRow } from '../../../domain/alerts/alert';
import { whereOf } from '../../../domain/alerts/alertName';
import { useApp } from '../../../kit/app/appContext';
import { Since } from '../../../kit/time/Since';
import { clockWords } from '../../../kit/time/timeWords';
import { acknowledgedWords, alertStateWord, mutedWords, noticeSign, noticeWord } from './alertWords';
import { getListStyles } from './listStyles';
import { refusalWords, sendingWords } from './refusalWords';
import type { RowMark } from './rowMark';
import { SeverityLabel } from './SeverityLabel';
import { alertValueWords } from './alertValueWords';

const select = css({ display: 'flex' });

export interface AlertListRowProps {
  readonly alert: AlertRow;
  readonly mark: RowMark | undefined;
  readonly open: boolean;
  readonly selected: boolean;
  /** Undefined: rows cannot be selected. */
  readonly onSelect: ((fingerprint: string, checked: boolean, range: boolean) => void) | undefined;
  /** With null: close it. */
  readonly onOpen: (fingerprint: string | null) => void;
  readonly actions: (alert: AlertRow) => ReactNode;
  /** Place in the whole list, from 1. */
  readonly index: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly detailsId: string;
}

type PartProps = Pick<AlertListRowProps, 'alert' | 'mark' | 'now'>;

/** State and value on one line, since when on the other. */
function StateCell({ alert, mark, now }: PartProps) {
  const styles = useStyles2(getListStyles);
  const value = alertValueWords(alert.value, alert.valueUnit);
  const state = mark?.kind === 'sending' ? sendingWords(mark.action) : alertStateWord(alert.state);
  const words = [state, ...mutedWords(alert)].join(', ');
  return (
    <div role="cell" className={styles.lines}>
      <span className={styles.line} title={words}>
        {words}
        {value !== undefined && <span className={styles.number}>{` · ${value}`}</span>}
      </span>
      <span className={cx(styles.line, styles.number)}>
        <Since at={alert.startsAt} now={now} missing="" />
      </span>
    </div>
  );
}

/** Who was told, and who has taken it on or why that was refused. */
function PeopleCell({ alert, mark, now }: PartProps) {
  const styles = useStyles2(getListStyles);
  const { timeZone } = useApp();
  const { acknowledgement, receivers, notified } = alert;
  // Whom it was told to says more than whom Alertmanager tells by itself.
  const known = new Map(notified.map((notice) => [notice.receiver, notice]));
  const ordered = [...receivers].sort((a, b) => Number(known.has(b)) - Number(known.has(a)));
  const told = ordered.map((receiver) => {
    const notice = known.get(receiver);
    if (notice === undefined) return receiver;
    return `${receiver} ${noticeSign(notice.state)} ${clockWords(notice.at, now, timeZone)}`;
  });
  const toldTitle = ordered
    .map((receiver) => {
      const notice = known.get(receiver);
      return notice === undefined ? receiver : `${receiver}: ${noticeWord(notice.state)}`;
    })
    .join('\n');
  const taken = acknowledgement === null ? undefined : acknowledgedWords(acknowledgement);
  const refused = mark?.kind === 'refused' ? refusalWords(mark.action, mark.refusal) : undefined;
  return (
    <div role="cell" className={styles.lines}>
      {refused !== undefined && (
        <span className={cx(styles.line, styles.refused)} title={refused}>
          {refused}
        </span>
      )}
      {taken !== undefined && (
        <span className={styles.line} title={taken}>
          <bdi>{taken}</bdi>
        </span>
      )}
      {told.length > 0 && (refused === undefined || taken === undefined) && (
        <span className={cx(styles.line, styles.quiet)} title={toldTitle}>
          → <bdi>{told.join(', ')}</bdi>
        </span>
      )}
    </div>
  );
}

function NameCell({ alert, open, onOpen, detailsId }: AlertListRowProps) {
  const styles = useStyles2(getListStyles);
  const { name, summary } = alert;
  const where = whereOf(alert);
  return (
    <div role="cell">
      <button
        type="button"
        className={styles.open}
        aria-expanded={open}
        aria-controls={open ? detailsId : undefined}
        data-alert={alert.fingerprint}
        onClick={() => onOpen(open ? null : alert.fingerprint)}
      >
        <Icon name={open ? 'angle-down' : 'angle-right'} />
        <span className={styles.lines}>
          <span className={styles.nameLine} title={name}>
            <bdi className={cx(styles.line, styles.name)}>{alertKind(alert)}</bdi>
            {where !== undefined && (
              <span className={cx(styles.line, styles.where)}>
                {/* A space that begins a line of its own would be taken away. */}
                {'\u00a0· '}
                <bdi>{where}</bdi>
              </span>
            )}
          </span>
          <span className={cx(styles.line, styles.quiet)} title={summary}>
            <bdi>{summary === '' ? t('alerts.active.noSummary', 'no summary') : summary}</bdi>
          </span>
        </span>
      </button>
    </div>
  );
}

/** An alert as a line of the list; one that is as it was is not drawn again. */
export const AlertListRow = memo(function AlertListRow(props: AlertListRowProps) {
  const styles = useStyles2(getListStyles);
  const { alert, mark, selected, onSelect, actions, index, now } = props;
  const faded = isMuted(alert) || alert.state === 'resolved' || mark?.kind === 'sending';
  return (
    <div
      role="row"
      aria-rowindex={index}
      aria-busy={mark?.kind === 'sending'}
      className={cx(styles.row, selected && styles.selected)}
    >
      <div role="cell" className={select}>
        {onSelect !== undefined && (
          <Checkbox
            aria-label={t('alerts.active.select', 'Select {{name}}', {
              name: alert.name,
              interpolation: { escapeValue: false },
            })}
            value={selected}
            onChange={({ currentTarget, nativeEvent }) =>
              onSelect(
                alert.fingerprint,
                currentTarget.checked,
                'shiftKey' in nativeEvent && nativeEvent.shiftKey === true,
              )
            }
          />
        )}
      </div>
      <div role="cell" className={cx(styles.line, faded && styles.faded)}>
        <SeverityLabel severity={alert.severity} />
      </div>
      <NameCell {...props} />
      <StateCell alert={alert} mark={mark} now={now} />
      <PeopleCell alert={alert} mark={mark} now={now} />
      <div role="cell" className={styles.actions}>
        {actions(alert)}
      </div>
    </div>
  );
});
