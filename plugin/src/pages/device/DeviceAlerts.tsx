import { css } from '@emotion/css';
import type { GrafanaTheme2, TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Badge, useStyles2 } from '@grafana/ui';
import { deviceQueries } from '../../api/fleetQueries';
import { stepSeconds } from '../../api/prometheusClient';
import { clockWords, durationWords } from '../../components/timeWords';
import { useApp } from '../../hooks/appContext';
import { deviceAlerts } from './alerts';
import { useSeries } from './useSeries';

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', margin: 0, display: 'grid', gap: theme.spacing(0.5) }),
  row: css({ display: 'flex', gap: theme.spacing(2), alignItems: 'center', overflowWrap: 'anywhere' }),
});

interface Props {
  readonly deviceId: string;
  readonly range: TimeRange;
  readonly tick: number;
  readonly now: number;
}

/** Alerts that name this device; nothing at all where no rule does. */
export function DeviceAlerts({ deviceId, range, tick, now }: Props) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useApp();
  const { value } = useSeries(deviceQueries(deviceId).alerts, range, tick);
  const step = stepSeconds({ from: range.from.valueOf(), to: range.to.valueOf() }) * 1000;
  const alerts = deviceAlerts(value ?? [], range.to.valueOf(), step);
  if (alerts.length === 0) return null;
  const active = alerts.filter((alert) => alert.active).length;
  return (
    <section>
      <h2>
        {t('device.alerts.title', 'Alerts of this device ({{active}} active, {{total}} in range)', {
          active,
          total: alerts.length,
        })}
      </h2>
      <ul className={styles.list}>
        {alerts.map(({ name, severity, state, from, to, active: isActive }) => (
          <li key={`${name} ${severity} ${state} ${from}`} className={styles.row}>
            <Badge
              color={isActive ? 'red' : 'darkgrey'}
              text={isActive ? state : t('device.alerts.over', 'over')}
            />
            <span>{name}</span>
            <span>{severity}</span>
            <span>
              {durationWords((isActive ? now : to) - from)} · {clockWords(from, now, timeZone)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
