import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useApp } from '../app/appContext';
import { Missing } from '../states/Missing';
import { clockWords, durationWords, fullTime } from './timeWords';

const getStyles = (theme: GrafanaTheme2) => ({
  time: css({ whiteSpace: 'nowrap' }),
  clock: css({ color: theme.colors.text.secondary }),
});

interface Props {
  /** Milliseconds since the epoch; null when nobody knows. */
  readonly at: number | null;
  readonly now: number;
  /** Why it may be unknown. */
  readonly missing: string;
}

/** "12 min · 14:02", with the full time and its zone on hover. */
export function Since({ at, now, missing }: Props) {
  const styles = useStyles2(getStyles);
  const { timeZone } = useApp();
  if (at === null) return <Missing reason={missing} />;
  return (
    <time className={styles.time} dateTime={new Date(at).toISOString()} title={fullTime(at, timeZone)}>
      {durationWords(now - at)} <span className={styles.clock}>· {clockWords(at, now, timeZone)}</span>
    </time>
  );
}
