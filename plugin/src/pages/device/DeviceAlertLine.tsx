import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import type { AlertRow } from '../../domain/alerts/alert';
import { alertStateWord, mutedWords } from '../../features/alerts/list/alertWords';
import { SeverityLabel } from '../../features/alerts/list/SeverityLabel';
import { PageLink } from '../../kit/links/PageLink';
import { Since } from '../../kit/time/Since';
import { deviceAlertsPath } from './DeviceActions';

/** The columns of an alert: severity, what, state, since when, who. */
export function deviceAlertRow(theme: GrafanaTheme2): string {
  return css({
    display: 'grid',
    gridTemplateColumns: '6.5em minmax(0, 3fr) 9em 12em minmax(0, 3fr)',
    gap: theme.spacing(2),
    alignItems: 'baseline',
    overflowWrap: 'anywhere',
    [theme.breakpoints.down('md')]: { gridTemplateColumns: '6.5em minmax(0, 1fr)' },
  });
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: deviceAlertRow(theme),
  quiet: css({ color: theme.colors.text.secondary }),
});

interface Props {
  readonly alert: AlertRow;
  readonly deviceId: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** An alert of a device: what, since when, and who has taken it on. */
export function DeviceAlertLine({ alert, deviceId, now }: Props) {
  const styles = useStyles2(getStyles);
  const { name, summary, state, startsAt, acknowledgement } = alert;
  const href = `${deviceAlertsPath(deviceId)}&${new URLSearchParams({ alert: alert.fingerprint }).toString()}`;
  return (
    <div role="row" className={styles.row}>
      <span role="cell">
        <SeverityLabel severity={alert.severity} />
      </span>
      <span role="cell">
        <PageLink to={href}>
          <bdi>{name}</bdi>
        </PageLink>{' '}
        <bdi className={styles.quiet}>{summary}</bdi>
      </span>
      <span role="cell">{[alertStateWord(state), ...mutedWords(alert)].join(', ')}</span>
      <span role="cell">
        <Since at={startsAt} now={now} missing="" />
      </span>
      <bdi role="cell" className={styles.quiet}>
        {acknowledgement !== null &&
          `${t('alerts.active.acknowledgedBy', 'acknowledged by {{by}}', {
            by: acknowledgement.by,
            interpolation: { escapeValue: false },
          })}${acknowledgement.comment === '' ? '' : `: "${acknowledgement.comment}"`}`}
      </bdi>
    </div>
  );
}
