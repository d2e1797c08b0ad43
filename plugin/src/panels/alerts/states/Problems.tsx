import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import { t } from '@grafana/i18n';
import { useApp } from '../../../kit/app/appContext';
import { clockWords } from '../../../kit/time/timeWords';
import type { Picture } from '../data/picture';
import { problemWords } from '../../../kit/states/problemWords';

/** Lower panels have no room for more than the list. */
const LEAST_HEIGHT = 80;

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({ listStyle: 'none', margin: 0, flex: 'none' }),
  line: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    padding: theme.spacing(0.25, 1),
    borderRadius: theme.shape.radius.default,
    background: theme.colors.warning.transparent,
    color: theme.colors.warning.text,
    '& > span': { minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  }),
});

interface Props {
  readonly problems: Picture['problems'];
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Without rows the words stand in the middle instead. */
  readonly isEmpty: boolean;
  readonly height: number;
}

/** Which sources are missing from the list below, and what to do about it. */
export function Problems({ problems, isEmpty, height, now }: Props) {
  const { timeZone } = useApp();
  const styles = useStyles2(getStyles);
  if (problems.length === 0 || isEmpty || height < LEAST_HEIGHT) return null;
  return (
    <ul className={styles.list} role="alert">
      {problems.map((problem) => {
        const { title, nextStep } = problemWords(problem);
        return (
          <li
            key={`${problem.source} ${problem.kind}`}
            className={styles.line}
            title={`${nextStep} ${problem.detail}`}
          >
            <Icon name="exclamation-triangle" size="sm" />
            <span>
              {title}.{' '}
              {problem.knownAt !== undefined &&
                t('alerts.panel.old', 'Its alerts are those of {{time}}.', {
                  time: clockWords(problem.knownAt, now, timeZone),
                })}{' '}
              {nextStep}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
