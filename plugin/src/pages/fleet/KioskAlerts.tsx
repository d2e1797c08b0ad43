import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { type AlertRow, alertKind } from '../../domain/alerts/alert';
import { severityColor, severityGlyph } from '../../features/alerts/list/severityLook';
import { FittingList } from '../../kit/list/FittingList';
import { Since } from '../../kit/time/Since';

const getStyles = (theme: GrafanaTheme2) => ({
  // Nothing is cut: nobody can point at a wall to read the rest.
  row: css({ display: 'flex', flexWrap: 'wrap', columnGap: theme.spacing(2), alignItems: 'baseline' }),
  name: css({ fontWeight: theme.typography.fontWeightMedium }),
  text: css({ color: theme.colors.text.secondary, overflowWrap: 'anywhere' }),
});

interface Props {
  /** Critical ones that nobody has taken on, the newest first. */
  readonly alerts: readonly AlertRow[];
  readonly now: number;
}

/** The critical alerts that wait for somebody, with their words. */
export function KioskAlerts({ alerts, now }: Props) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  if (alerts.length === 0) return null;
  return (
    <FittingList
      label={t('kiosk.alerts', 'Critical alerts that nobody has taken on')}
      more={(count) => t('kiosk.moreAlerts', '{{count}} more critical alerts', { count })}
    >
      {alerts.map(({ fingerprint, severity, name, labels, summary, startsAt }) => (
        <li key={fingerprint} className={styles.row}>
          <span className={styles.name} style={{ color: severityColor(theme, severity) }}>
            <span aria-hidden="true">{severityGlyph(severity)}</span> <bdi>{alertKind({ name, labels })}</bdi>
          </span>
          {labels.device_id !== undefined && <bdi>{labels.device_id}</bdi>}
          <Since at={startsAt} now={now} missing="" />
          <bdi className={styles.text}>{summary}</bdi>
        </li>
      ))}
    </FittingList>
  );
}
