import { cx } from '@emotion/css';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { useCallback } from 'react';
import { NO_TRACE_FILTER } from '../../../domain/traces/traceFilter';
import type { TraceSummary } from '../../../domain/traces/traceSummary';
import type { TraceFacts } from '../../../domain/traces/traceFindings';
import { newest, useAnswer } from '../../../kit/answer';
import { useApp } from '../../../kit/app/appContext';
import { PageButton, PageLink } from '../../../kit/links/PageLink';
import { StatusSign } from '../../../kit/status/StatusSign';
import { preciseWords } from '../../../kit/time/timeWords';
import { numberWords } from '../../../kit/words/numbers';
import { tracePath, tracesPath } from '../tracesAddress';
import { latencyWords } from '../traceWords';
import { neighboursOf, type Neighbours } from './neighbours';
import { getOpenedStyles } from './openedStyles';

/** Time around a trace in which its neighbours are looked for, milliseconds. */
const AROUND = 30 * 60_000;
/** Neighbours that it is compared with. */
const MOST = 200;

interface Props {
  readonly traceId: string;
  readonly facts: TraceFacts;
  readonly tick: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

function rankWords({ count, slower, median }: Neighbours): string {
  const values = { formatted: numberWords(count), median: latencyWords(median) };
  if (slower === 0)
    return t(
      'traces.opened.slowest',
      'The slowest of {{formatted}} that were kept; half of them took {{median}} or less.',
      { count, ...values },
    );
  return t(
    'traces.opened.rank',
    '{{slower}} of {{formatted}} that were kept were slower; half of them took {{median}} or less.',
    { count, slower: numberWords(slower), ...values },
  );
}

function Row({
  trace,
  isItself,
  now,
}: {
  readonly trace: TraceSummary;
  readonly isItself: boolean;
  readonly now: number;
}) {
  const styles = useStyles2(getOpenedStyles);
  const { timeZone } = useApp();
  const { traceId, start, duration, isFailed, httpStatus, deviceId } = trace;
  const time = preciseWords(start, now, timeZone);
  return (
    <li
      className={cx(styles.neighbour, isItself && styles.itself)}
      aria-current={isItself ? 'page' : undefined}
    >
      {isItself ? <span>{time}</span> : <PageLink to={tracePath(traceId)}>{time}</PageLink>}
      <span>{latencyWords(duration)}</span>
      <StatusSign status={isFailed ? 'error' : 'online'}>
        {httpStatus ?? (isFailed ? t('traces.opened.failed', 'failed') : t('traces.opened.ok', 'ok'))}
      </StatusSign>
      <bdi>{deviceId}</bdi>
    </li>
  );
}

/** The same operation around a trace: is it unusual, and what was before and after it. Nothing where it was alone. */
export function NeighboursPart({ traceId, facts, tick, now }: Props) {
  const styles = useStyles2(getOpenedStyles);
  const { clients } = useApp();
  const { first, start, duration } = facts;
  const { service, operation } = first;
  const load = useCallback(
    (signal: AbortSignal) => {
      const filter = { ...NO_TRACE_FILTER, service, operation };
      const span = { from: start - AROUND, to: start + duration + AROUND };
      return clients.traces.search({ filter, span, order: 'newest' }, MOST, signal);
    },
    [clients, service, operation, start, duration],
  );
  const page = newest(useAnswer(load, tick)).value;
  const found = page && neighboursOf(page.items, traceId);
  if (found === undefined) return null;
  return (
    <section>
      <div className={styles.links}>
        <h3 className={styles.part}>{t('traces.opened.neighbours', 'The same around it')}</h3>
        <PageLink
          to={tracesPath({
            ...{ filter: { service, operation }, view: 'all' },
            span: { from: start - AROUND, to: start + duration + AROUND },
          })}
        >
          {t('traces.opened.allNeighbours', 'All of them')}
        </PageLink>
      </div>
      <p className={styles.quiet}>{rankWords(found)}</p>
      <ol className={styles.list} aria-label={t('traces.opened.neighbours', 'The same around it')}>
        {found.around.map((trace) => (
          <Row key={trace.traceId} trace={trace} isItself={trace.traceId === traceId} now={now} />
        ))}
      </ol>
      <nav className={styles.links} aria-label={t('traces.opened.steps', 'Before and after it')}>
        {found.before !== null && (
          <PageButton size="sm" icon="angle-left" to={tracePath(found.before.traceId)}>
            {t('traces.opened.before', 'The one before')}
          </PageButton>
        )}
        {found.after !== null && (
          <PageButton size="sm" icon="angle-right" to={tracePath(found.after.traceId)}>
            {t('traces.opened.after', 'The one after')}
          </PageButton>
        )}
      </nav>
    </section>
  );
}
