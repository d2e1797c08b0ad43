import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { useCallback, useState } from 'react';
import type { LogSpan } from '../../../api/logsClient';
import { problemOf, WITHOUT_LOGS } from '../../../domain/problem';
import { Known, lastKnown, useAnswer } from '../../../kit/answer';
import { useApp } from '../../../kit/app/appContext';
import { PageLink } from '../../../kit/links/PageLink';
import { clockWords } from '../../../kit/time/timeWords';
import { LineDetails } from '../../logs/lines/LineDetails';
import { LineList } from '../../logs/lines/LineList';
import { logsPath } from '../../logs/logsAddress';
import { loadTraceLines, type TraceIds } from './loadTraceLines';
import { getOpenedStyles } from './openedStyles';

const MAX_HEIGHT = '44em';

interface Props extends TraceIds {
  /** When it was, with some time around it; undefined where nobody knows. The same object as long as it says the same. */
  readonly span: LogSpan | undefined;
  readonly tick: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What was written during a trace, whoever wrote it, in its order. */
export function TraceLinesPart({ traceId, correlationId, span, tick, now }: Props) {
  const styles = useStyles2(getOpenedStyles);
  const { clients, timeZone } = useApp();
  const [open, setOpen] = useState<string | null>(null);
  const load = useCallback(
    (signal: AbortSignal) => loadTraceLines(clients.logs, { traceId, correlationId }, span, signal),
    [clients, traceId, correlationId, span],
  );
  const answer = useAnswer(load, tick);
  const { error } = lastKnown(answer);
  const isOff = error !== undefined && WITHOUT_LOGS.has(problemOf(error, 'exporter').kind);
  const to = span?.to === undefined ? undefined : { from: span.from, to: span.to };
  return (
    <section>
      <div className={styles.links}>
        <h3 className={styles.part}>{t('traces.opened.lines', 'Log lines')}</h3>
        {!isOff && (
          <PageLink to={logsPath({ trace: traceId }, to)}>
            {t('traces.opened.onLogs', 'On the page of the logs')}
          </PageLink>
        )}
      </div>
      {isOff ? (
        <p className={styles.quiet}>
          {t('traces.opened.noLogs', 'The exporter reads no logs: the page Logs says how it does.')}
        </p>
      ) : (
        <Known answer={answer} source="exporter" height={160} now={now} brief>
          {({ items, oldest, complete }) =>
            items.length === 0 ? (
              <p className={styles.quiet}>
                {oldest === null
                  ? t('traces.opened.noLine', 'No line names this trace.')
                  : t(
                      'traces.opened.noLineSince',
                      'No line names this trace. Lines are kept back to {{time}}.',
                      {
                        time: clockWords(oldest, now, timeZone),
                      },
                    )}
              </p>
            ) : (
              <>
                <LineList
                  name={t('traces.opened.lines', 'Log lines')}
                  lines={items}
                  openId={open}
                  onOpen={setOpen}
                  wrap={false}
                  details={(line) => <LineDetails line={line} now={now} />}
                  maxHeight={MAX_HEIGHT}
                  now={now}
                />
                {!complete && (
                  <p className={styles.quiet}>
                    {t('traces.opened.moreLines', 'There are more: the page of the logs has them all.')}
                  </p>
                )}
              </>
            )
          }
        </Known>
      )}
    </section>
  );
}
