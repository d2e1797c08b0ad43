import { t } from '@grafana/i18n';
import { Button, useStyles2 } from '@grafana/ui';
import type { LogPattern } from '../../domain/logs/logEntry';
import { LevelLabel } from '../../features/logs/LevelLabel';
import { Sparkline } from '../../kit/charts/Sparkline';
import { useApp } from '../../kit/app/appContext';
import { StatusSign } from '../../kit/status/StatusSign';
import { clockWords, fullTime } from '../../kit/time/timeWords';
import { numberWords, shareWords } from '../../kit/words/numbers';
import { getPatternStyles } from './patternStyles';

/** The classes of the platform's monitoring guide, in words. */
function classWord(name: string): string {
  switch (name) {
    case 'connection_error':
      return t('logs.class.connection', 'connection error');
    case 'database_error':
      return t('logs.class.database', 'database error');
    case 'timeout_error':
      return t('logs.class.timeout', 'timeout error');
    case 'memory_error':
      return t('logs.class.memory', 'memory error');
    case 'file_error':
      return t('logs.class.file', 'file error');
    case 'other':
      return t('logs.class.other', 'other error');
    default:
      return name;
  }
}

interface Props {
  readonly pattern: LogPattern;
  /** True when it is the only one that is looked at. */
  readonly isOnly: boolean;
  readonly onOnly: () => void;
  readonly onHide: () => void;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** A pattern: how bad, what, how often, since when, of whom. */
export function PatternRow({ pattern, isOnly, onOnly, onHide, now }: Props) {
  const styles = useStyles2(getPatternStyles);
  const { timeZone } = useApp();
  const { template, count, share, level, errorClass, isNew, firstSeen, services, course, example } = pattern;
  const time = clockWords(firstSeen, now, timeZone);
  return (
    <div role="row" className={styles.row}>
      <span role="cell">
        <LevelLabel level={level} />
      </span>
      <span role="cell" className={styles.template} title={example ?? template}>
        <bdi>{template}</bdi>
      </span>
      <span role="cell" className={styles.number}>
        {numberWords(count)} <span className={styles.quiet}>{shareWords(share, 0)}</span>
      </span>
      <span role="cell">
        <Sparkline values={course} />
      </span>
      <span role="cell" title={fullTime(firstSeen, timeZone)}>
        {isNew ? (
          <StatusSign status="maintenance">
            {t('logs.patterns.new', 'new since {{time}}', { time })}
          </StatusSign>
        ) : (
          <span className={styles.quiet}>{t('logs.patterns.known', 'since {{time}}', { time })}</span>
        )}
      </span>
      <span role="cell" className={styles.quiet}>
        <bdi>
          {[services.join(', '), errorClass === null ? '' : classWord(errorClass)]
            .filter(Boolean)
            .join(' · ')}
        </bdi>
      </span>
      <span role="cell" className={styles.actions}>
        <Button
          size="sm"
          variant={isOnly ? 'primary' : 'secondary'}
          aria-pressed={isOnly}
          aria-label={t('logs.patterns.onlyThis', 'Only {{template}}', {
            template,
            interpolation: { escapeValue: false },
          })}
          onClick={onOnly}
        >
          {t('logs.patterns.only', 'only')}
        </Button>
        <Button
          size="sm"
          variant="secondary"
          aria-label={t('logs.patterns.hideThis', 'Hide {{template}}', {
            template,
            interpolation: { escapeValue: false },
          })}
          onClick={onHide}
        >
          {t('logs.patterns.hide', 'hide')}
        </Button>
      </span>
    </div>
  );
}
