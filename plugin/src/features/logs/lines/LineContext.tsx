import { cx } from '@emotion/css';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { useCallback } from 'react';
import type { LogEntry } from '../../../domain/logs/logEntry';
import { useApp } from '../../../kit/app/appContext';
import { Known, useAnswer } from '../../../kit/answer';
import { preciseWords } from '../../../kit/time/timeWords';
import { LevelLabel } from '../LevelLabel';
import { getLineDetailStyles } from './lineStyles';

/** Lines before it, and as many after it. */
const AROUND = 10;

interface Props {
  readonly line: LogEntry;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What stands before and after a line in its file, whatever the filter, in the order in which it was written. */
export function LineContext({ line, now }: Props) {
  const styles = useStyles2(getLineDetailStyles);
  const { clients, timeZone } = useApp();
  const { id } = line;
  const load = useCallback((signal: AbortSignal) => clients.logs.context(id, AROUND, signal), [clients, id]);
  const answer = useAnswer(load, 0);
  return (
    <Known answer={answer} source="exporter" height={200} now={now} brief>
      {(context) =>
        context === null ? (
          <p className={styles.quiet}>
            {t('logs.context.gone', 'The exporter does not keep what stands around this line any more.')}
          </p>
        ) : (
          <ol className={styles.around} aria-label={t('logs.context.title', 'Lines around it')}>
            {[...context.before, context.line, ...context.after].map((one) => (
              <li
                key={one.id}
                className={cx(styles.neighbour, one.id === id && styles.itself)}
                aria-current={one.id === id}
              >
                <time dateTime={new Date(one.timestamp).toISOString()}>
                  {preciseWords(one.timestamp, now, timeZone)}
                </time>
                <LevelLabel level={one.level} />
                <code>
                  <bdi>{one.message}</bdi>
                </code>
              </li>
            ))}
          </ol>
        )
      }
    </Known>
  );
}
