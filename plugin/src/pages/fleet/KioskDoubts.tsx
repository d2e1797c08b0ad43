import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { problemOf, type Problem } from '../../domain/problem';
import type { AlertPicture, SourceProblem } from '../../features/alerts/data/alertLoader';
import { useApp } from '../../kit/app/appContext';
import { problemWords } from '../../kit/states/problemWords';
import { clockWords, durationWords } from '../../kit/time/timeWords';
import { lastKnown, type Answer } from '../../kit/answer';

/** Nobody set it up, or somebody switched it off: there is nothing that a wall should know of it. */
const NO_DOUBT: ReadonlySet<Problem['kind']> = new Set(['not-configured', 'alerts-off']);

const getStyles = (theme: GrafanaTheme2) =>
  css({ listStyle: 'none', margin: 0, color: theme.colors.warning.text });

function doubtWords({ knownAt, ...problem }: SourceProblem, now: number, timeZone: string): string {
  const reason = problemWords(problem).title;
  if (knownAt === undefined)
    return t('kiosk.unknown', '{{reason}}: its alerts are not known', {
      reason,
      interpolation: { escapeValue: false },
    });
  return t('kiosk.old', '{{reason}}: its alerts are those of {{time}}, {{age}} ago', {
    reason,
    time: clockWords(knownAt, now, timeZone),
    age: durationWords(now - knownAt),
    interpolation: { escapeValue: false },
  });
}

interface Props {
  readonly answer: Answer<AlertPicture>;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Why the alerts on the wall are not those of now: a list that nobody can renew must not look like calm. */
export function KioskDoubts({ answer, now }: Props) {
  const style = useStyles2(getStyles);
  const { timeZone } = useApp();
  const { value, error, at } = lastKnown(answer);
  const failed: readonly SourceProblem[] =
    error === undefined ? [] : [{ ...problemOf(error, 'exporter'), knownAt: at }];
  const doubts = [...failed, ...(value?.problems ?? [])].filter(({ kind }) => !NO_DOUBT.has(kind));
  if (doubts.length === 0) return null;
  return (
    <ul className={style} role="status">
      {doubts.map((doubt) => (
        <li key={`${doubt.source} ${doubt.kind}`}>▲ {doubtWords(doubt, now, timeZone)}</li>
      ))}
    </ul>
  );
}
