import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import type { DeviceStatus } from '../../domain/fleet/deviceStatus';
import type { LogServiceHealth } from '../../domain/logs/logEntry';
import { StatusSign } from '../../kit/status/StatusSign';
import { Missing } from '../../kit/states/Missing';
import { numberWords } from '../../kit/words/numbers';

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({
    listStyle: 'none',
    margin: 0,
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    '& > li': { maxWidth: '100%' },
  }),
  button: css({
    all: 'unset',
    boxSizing: 'border-box',
    maxWidth: '100%',
    cursor: 'pointer',
    display: 'flex',
    gap: theme.spacing(0.25, 1),
    alignItems: 'baseline',
    flexWrap: 'wrap',
    padding: theme.spacing(0.5, 1.5),
    background: theme.colors.background.secondary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
    overflowWrap: 'anywhere',
    '& > *': { minWidth: 0 },
    '&:hover': { borderColor: theme.colors.border.strong },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: 1 },
  }),
  chosen: css({ borderColor: theme.colors.primary.border, background: theme.colors.action.selected }),
  name: css({ fontWeight: theme.typography.fontWeightMedium }),
  why: css({ color: theme.colors.text.secondary }),
});

const SIGNS: Readonly<Record<LogServiceHealth['status'], DeviceStatus>> = {
  healthy: 'online',
  degraded: 'warning',
  unhealthy: 'error',
  unknown: 'unknown',
};

function healthWord(status: LogServiceHealth['status']): string {
  switch (status) {
    case 'healthy':
      return t('logs.health.healthy', 'healthy');
    case 'degraded':
      return t('logs.health.degraded', 'degraded');
    case 'unhealthy':
      return t('logs.health.unhealthy', 'unhealthy');
    case 'unknown':
      return t('logs.health.unknown', 'silent');
  }
}

/** Only of these the reason is in sight at once. */
function isInTrouble(status: LogServiceHealth['status']): boolean {
  return status === 'degraded' || status === 'unhealthy';
}

interface Props {
  /** The worst first. */
  readonly health: readonly LogServiceHealth[];
  /** Services of the filter. */
  readonly chosen: readonly string[];
  readonly onChoose: (services: string[]) => void;
}

/** How the services are by their own lines, and why; a service that is pressed is looked at alone. */
export function ServicesPart({ health, chosen, onChoose }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <ul className={styles.list} aria-label={t('logs.health.title', 'Services')}>
      {health.map(({ service, score, status, reason }) => {
        const isChosen = chosen.includes(service);
        return (
          <li key={service}>
            <button
              type="button"
              className={cx(styles.button, isChosen && styles.chosen)}
              aria-pressed={isChosen}
              title={reason}
              onClick={() =>
                onChoose(isChosen ? chosen.filter((name) => name !== service) : [...chosen, service])
              }
            >
              <bdi className={styles.name}>{service}</bdi>
              {score === null ? <Missing reason={reason} /> : <span>{numberWords(Math.floor(score))}</span>}
              <StatusSign status={SIGNS[status]}>{healthWord(status)}</StatusSign>
              {isInTrouble(status) && <bdi className={styles.why}>{reason}</bdi>}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
