import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { useCallback, type ReactNode } from 'react';
import type { Span } from '../../api/prometheusClient';
import { problemOf, WITHOUT_TRACES } from '../../domain/problem';
import type { TraceFilter } from '../../domain/traces/traceFilter';
import { Known, lastKnown, useAnswer } from '../../kit/answer';
import { useApp } from '../../kit/app/appContext';
import { PageLink } from '../../kit/links/PageLink';
import { clockWords } from '../../kit/time/timeWords';
import { TraceTable } from './list/TraceTable';
import { getTraceListStyles } from './list/traceListStyles';

/** Traces that are shown; the page of the traces has the others. */
const SHOWN = 8;

interface Props {
  readonly title: ReactNode;
  /** What is listed, for those who hear it. */
  readonly name: string;
  /** The same object as long as it says the same. */
  readonly filter: TraceFilter;
  /** Of now; the same function as long as it means the same. Undefined: the newest of any time. */
  readonly span: (() => Span) | undefined;
  /** The page with all of them. */
  readonly allPath: string;
  readonly tick: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The newest traces about something, on the page of that thing; nothing where the exporter makes none. */
export function RecentTraces({ title, name, filter, span, allPath, tick, now }: Props) {
  const styles = useStyles2(getTraceListStyles);
  const { clients, timeZone } = useApp();
  const load = useCallback(
    (signal: AbortSignal) =>
      clients.traces.search({ filter, span: span?.(), order: 'newest' }, SHOWN, signal),
    [clients, filter, span],
  );
  const answer = useAnswer(load, tick);
  const { value, error } = lastKnown(answer);
  if (error !== undefined && WITHOUT_TRACES.has(problemOf(error, 'exporter').kind)) return null;
  if (value?.source === 'off') return null;
  return (
    <section className={styles.room}>
      <div className={styles.bar}>
        {title}
        <PageLink to={allPath}>{t('traces.recent.all', 'All of these traces')}</PageLink>
      </div>
      <Known answer={answer} source="exporter" height={120} now={now} brief>
        {({ items, oldest }) =>
          items.length === 0 ? (
            <p className={styles.source}>
              {oldest === null
                ? t('traces.recent.none', 'No trace yet.')
                : t('traces.recent.noneSince', 'No trace. They are kept back to {{time}}.', {
                    time: clockWords(oldest, now, timeZone),
                  })}
            </p>
          ) : (
            <TraceTable name={name} traces={items} now={now} />
          )
        }
      </Known>
    </section>
  );
}
