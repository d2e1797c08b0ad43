import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, useStyles2 } from '@grafana/ui';
import { useId, useState } from 'react';
import type { AlertRow } from '../../../domain/alerts/alert';
import { compareAlerts } from '../../../domain/alerts/severity';
import { SeverityLabel } from '../../../features/alerts/list/SeverityLabel';

/** More names than this help nobody; the tab Active has them all. */
const MOST_NAMES = 20;

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', margin: theme.spacing(0.5, 0, 0), overflowWrap: 'anywhere' }),
  quiet: css({ color: theme.colors.text.secondary }),
});

function alertWords({ name, labels }: AlertRow): string {
  const { device_id: device, instance } = labels;
  const where = device ?? instance;
  return where === undefined ? name : `${name} · ${where}`;
}

/** How many alerts are kept quiet, and which on demand. */
export function QuietAlerts({ alerts }: { readonly alerts: readonly AlertRow[] }) {
  const styles = useStyles2(getStyles);
  const [open, setOpen] = useState(false);
  const listId = useId();
  if (alerts.length === 0)
    return <span className={styles.quiet}>{t('alerts.silences.nothingQuiet', 'none')}</span>;
  const more = alerts.length - MOST_NAMES;
  return (
    <>
      <Button
        variant="secondary"
        fill="text"
        size="sm"
        icon={open ? 'angle-down' : 'angle-right'}
        aria-expanded={open}
        aria-controls={listId}
        onClick={() => setOpen(!open)}
      >
        {t('alerts.silences.quiet', '{{count}} alerts', { count: alerts.length })}
      </Button>
      <ul id={listId} hidden={!open} className={styles.list}>
        {open &&
          [...alerts]
            .sort(compareAlerts)
            .slice(0, MOST_NAMES)
            .map((alert) => (
              <li key={alert.fingerprint}>
                <SeverityLabel severity={alert.severity} /> <bdi>{alertWords(alert)}</bdi>
              </li>
            ))}
        {open && more > 0 && (
          <li className={styles.quiet}>
            {t('alerts.silences.moreQuiet', '{{count}} more', { count: more })}
          </li>
        )}
      </ul>
    </>
  );
}
