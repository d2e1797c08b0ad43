import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { clockWords, durationWords, fullTime } from '../../../kit/time/timeWords';
import { useApp } from '../../../kit/app/appContext';

const getStyles = (theme: GrafanaTheme2) => ({
  clock: css({ color: theme.colors.text.secondary, whiteSpace: 'nowrap' }),
  words: css({ whiteSpace: 'nowrap' }),
});

interface Props {
  /** Milliseconds since the epoch. */
  readonly startsAt: number;
  readonly endsAt: number;
  readonly now: number;
}

/** When it ends and, before it begins, from when on; what is over has its end alone. */
function clockOf(startsAt: number, endsAt: number, now: number, clock: (at: number) => string): string {
  if (endsAt <= now) return `· ${clock(endsAt)}`;
  return startsAt > now
    ? t('alerts.silences.fromTo', '{{from}} to {{to}}', { from: clock(startsAt), to: clock(endsAt) })
    : t('alerts.silences.until', 'until {{time}}', { time: clock(endsAt) });
}

/** How long it will last, or when it begins, or since when it is over; always with the time of day. */
export function EndWords({ startsAt, endsAt, now }: Props) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useApp();
  const clock = (at: number): string => clockWords(at, now, timeZone);
  const span = `${fullTime(startsAt, timeZone)} – ${fullTime(endsAt, timeZone)}`;
  const words =
    endsAt <= now
      ? t('alerts.silences.over', 'over for {{duration}}', { duration: durationWords(now - endsAt) })
      : startsAt > now
        ? t('alerts.silences.begins', 'begins in {{duration}}', { duration: durationWords(startsAt - now) })
        : t('alerts.silences.left', '{{duration}} left', { duration: durationWords(endsAt - now) });
  return (
    <span title={span}>
      <span className={styles.words}>{words}</span>{' '}
      <span className={styles.clock}>{clockOf(startsAt, endsAt, now, clock)}</span>
    </span>
  );
}
