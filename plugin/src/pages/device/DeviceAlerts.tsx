import { css, cx } from '@emotion/css';
import type { GrafanaTheme2, TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import type { AlertRow } from '../../domain/alerts/alert';
import { deviceQueries } from '../../features/fleet/fleetQueries';
import { problemOf, type Problem } from '../../domain/problem';
import { newest } from '../../kit/answer';
import { problemWords } from '../../kit/states/problemWords';
import { StatusSign } from '../../kit/status/StatusSign';
import { numberWords } from '../../kit/words/numbers';
import { stepSeconds } from '../../api/prometheusClient';
import { SeverityLabel } from '../../features/alerts/list/SeverityLabel';
import { clockWords, durationWords } from '../../kit/time/timeWords';
import { useApp } from '../../kit/app/appContext';
import { deviceAlerts, pastAlerts, type DeviceAlert } from './alerts';
import { DeviceAlertLine, deviceAlertRow } from './DeviceAlertLine';
import { useDeviceAlerts } from './useDeviceAlerts';
import { useSeries } from './useSeries';

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ display: 'grid', gap: theme.spacing(0.5) }),
  head: css({
    color: theme.colors.text.secondary,
    fontWeight: theme.typography.fontWeightMedium,
    // Stacked rows have no columns that a head could stand over.
    [theme.breakpoints.down('md')]: { display: 'none' },
  }),
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

/** What keeps the list from being whole. */
function Unasked({ problems }: { readonly problems: readonly Problem[] }) {
  const titles = [...new Set(problems.map((problem) => problemWords(problem).title))];
  return (
    <p role="alert">
      <StatusSign status="warning">
        {t('device.alerts.incomplete', '{{reasons}}: alerts may be missing here', {
          reasons: titles.join(', '),
          interpolation: { escapeValue: false },
        })}
      </StatusSign>
    </p>
  );
}

function Head() {
  const styles = useStyles2(getStyles);
  return (
    <div role="row" className={cx(styles.row, styles.head)}>
      <span role="columnheader">{t('device.alerts.severity', 'Severity')}</span>
      <span role="columnheader">{t('device.alerts.name', 'Alerts')}</span>
      <span role="columnheader">{t('device.alerts.state', 'State')}</span>
      <span role="columnheader">{t('device.alerts.since', 'Since')}</span>
      <span role="columnheader">{t('device.alerts.who', 'Taken on by')}</span>
    </div>
  );
}

/** Alerts that name this device: what is there now, and what was in the range; nothing where there is none. */
export function DeviceAlerts({ deviceId, range, tick, now }: Props) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useApp();
  const series = newest(useSeries(deviceQueries(deviceId).alerts, range, tick));
  const listed = newest(useDeviceAlerts(deviceId, range, tick));
  const step = stepSeconds({ from: range.from.valueOf(), to: range.to.valueOf() }) * 1000;
  const seen = deviceAlerts(series.value ?? [], range.to.valueOf(), step);
  const current = listed.value?.current ?? [];
  const more = unlisted(seen, current);
  const past = [...more, ...pastAlerts(listed.value?.stored ?? [], seen)];
  const active = current.length + more.length;
  const problems = [
    ...(listed.value?.problems ?? []),
    ...(listed.error === undefined ? [] : [problemOf(listed.error, 'exporter')]),
    ...(series.error === undefined ? [] : [problemOf(series.error, 'prometheus')]),
  ].filter(({ kind }) => kind !== 'not-configured');
  if (current.length + past.length + problems.length === 0) return null;
  return (
    <section>
      <h2>
        {t('device.alerts.title', 'Alerts of this device ({{active}} active, {{total}} in range)', {
          active: numberWords(active),
          total: numberWords(current.length + past.length),
        })}
      </h2>
      {problems.length > 0 && <Unasked problems={problems} />}
      {current.length + past.length > 0 && (
        <div role="table" aria-label={t('device.alerts.name', 'Alerts')} className={styles.list}>
          <Head />
          {current.map((alert) => (
            <DeviceAlertLine key={alert.fingerprint} alert={alert} deviceId={deviceId} now={now} />
          ))}
          {past.map(({ name, severity, state, from, to, active: isActive }) => (
            <div role="row" key={`${name} ${severity} ${state} ${from}`} className={styles.row}>
              <span role="cell">
                <SeverityLabel severity={severity} />
              </span>
              <bdi role="cell">{name}</bdi>
              <span role="cell" className={isActive ? undefined : styles.quiet}>
                {isActive ? state : t('device.alerts.over', 'over')}
              </span>
              <span role="cell" className={styles.quiet}>
                {durationWords((isActive ? now : to) - from)} · {clockWords(from, now, timeZone)}
              </span>
            </div>
          ))}
        </div>
      )}
    </section>
  );
}
