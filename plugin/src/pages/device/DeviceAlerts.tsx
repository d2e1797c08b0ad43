import { css } from '@emotion/css';
import type { GrafanaTheme2, TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import type { AlertRow } from '../../domain/alerts/alert';
import { deviceQueries } from '../../features/fleet/fleetQueries';
import { stepSeconds } from '../../api/prometheusClient';
import { SeverityLabel } from '../../features/alerts/list/SeverityLabel';
import { clockWords, durationWords } from '../../kit/time/timeWords';
import { useApp } from '../../kit/app/appContext';
import { deviceAlerts, pastAlerts, type DeviceAlert } from './alerts';
import { DeviceAlertLine, deviceAlertRow } from './DeviceAlertLine';
import { useDeviceAlerts } from './useDeviceAlerts';
import { useSeries } from './useSeries';

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', margin: 0, display: 'grid', gap: theme.spacing(0.5) }),
  row: deviceAlertRow(theme),
  quiet: css({ color: theme.colors.text.secondary }),
});

interface Props {
  readonly deviceId: string;
  readonly range: TimeRange;
  readonly tick: number;
  readonly now: number;
}

/** What Prometheus saw active and no source lists now: a moment that is not the present, or a source that is down. */
function unlisted(seen: readonly DeviceAlert[], current: readonly AlertRow[]): DeviceAlert[] {
  return seen.filter(({ active, name }) => active && !current.some((alert) => alert.name === name));
}

/** Alerts that name this device: what is there now, and what was in the range; nothing where there is none. */
export function DeviceAlerts({ deviceId, range, tick, now }: Props) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useApp();
  const { value: series } = useSeries(deviceQueries(deviceId).alerts, range, tick);
  const { value } = useDeviceAlerts(deviceId, range, tick);
  const step = stepSeconds({ from: range.from.valueOf(), to: range.to.valueOf() }) * 1000;
  const seen = deviceAlerts(series ?? [], range.to.valueOf(), step);
  const current = value?.current ?? [];
  const more = unlisted(seen, current);
  const past = [...more, ...pastAlerts(value?.stored ?? [], seen)];
  const active = current.length + more.length;
  if (current.length + past.length === 0) return null;
  return (
    <section>
      <h2>
        {t('device.alerts.title', 'Alerts of this device ({{active}} active, {{total}} in range)', {
          active,
          total: current.length + past.length,
        })}
      </h2>
      <ul className={styles.list}>
        {current.map((alert) => (
          <DeviceAlertLine key={alert.fingerprint} alert={alert} deviceId={deviceId} now={now} />
        ))}
        {past.map(({ name, severity, state, from, to, active: isActive }) => (
          <li key={`${name} ${severity} ${state} ${from}`} className={styles.row}>
            <SeverityLabel severity={severity} />
            <bdi>{name}</bdi>
            <span className={isActive ? undefined : styles.quiet}>
              {isActive ? state : t('device.alerts.over', 'over')}
            </span>
            <span className={styles.quiet}>
              {durationWords((isActive ? now : to) - from)} · {clockWords(from, now, timeZone)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
