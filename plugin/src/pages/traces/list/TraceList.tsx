import { t } from '@grafana/i18n';
import { Button, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import { useId } from 'react';
import type { TracedService, TracePage } from '../../../api/traceShapes';
import type { TraceFilter } from '../../../domain/traces/traceFilter';
import { getTraceListStyles } from '../../../features/traces/list/traceListStyles';
import { TraceTable } from '../../../features/traces/list/TraceTable';
import { TRACE_VIEWS, type TraceView } from '../../../features/traces/tracesAddress';
import { useApp } from '../../../kit/app/appContext';
import { clockWords } from '../../../kit/time/timeWords';
import { numberWords } from '../../../kit/words/numbers';
import { NoTraceHere } from './EmptyTraces';
import { TraceFilters } from './TraceFilters';

function viewWord(view: TraceView): string {
  switch (view) {
    case 'slowest':
      return t('traces.view.slowest', 'Slowest');
    case 'failing':
      return t('traces.view.failing', 'Failing');
    case 'all':
      return t('traces.view.all', 'All');
  }
}

/** Where the traces come from, and how far back that reaches. */
function sourceWords({ source, oldest, kept }: TracePage, now: number, timeZone: string): string {
  if (source === 'jaeger') return t('traces.source.jaeger', 'source: Jaeger');
  const values = { kept: numberWords(kept) };
  return oldest === null
    ? t('traces.source.buffer', 'source: buffer of the exporter, {{kept}} kept', values)
    : t('traces.source.reach', 'source: buffer of the exporter, {{kept}} kept, back to {{time}}', {
        ...values,
        time: clockWords(oldest, now, timeZone),
      });
}

interface Props {
  readonly page: TracePage;
  readonly view: TraceView;
  readonly filter: TraceFilter;
  readonly services: readonly TracedService[];
  /** End of the range, milliseconds since the epoch. */
  readonly rangeEnd: number;
  readonly onView: (view: TraceView) => void;
  readonly onFilter: (change: Partial<TraceFilter>) => void;
  /** Looks at the last 24 hours. */
  readonly onLonger: () => void;
  /** Lists more; undefined when there are no more, or no room. */
  readonly onMore: (() => void) | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The slowest, the failing or all traces of the filter. */
export function TraceList(props: Props) {
  const { page, view, filter, services, rangeEnd, onView, onFilter, onLonger, onMore, now } = props;
  const styles = useStyles2(getTraceListStyles);
  const { timeZone } = useApp();
  const id = useId();
  return (
    <section className={styles.room}>
      <div className={styles.bar}>
        <h2 className={styles.title}>{t('traces.list.title', 'Traces')}</h2>
        <RadioButtonGroup<TraceView>
          id={id}
          size="sm"
          aria-label={t('traces.view.which', 'Which traces')}
          options={TRACE_VIEWS.map((value) => ({ value, label: viewWord(value) }))}
          value={view}
          onChange={onView}
        />
        <span className={styles.source}>{sourceWords(page, now, timeZone)}</span>
      </div>
      <TraceFilters filter={filter} services={services} onChange={onFilter} />
      {page.items.length === 0 ? (
        <NoTraceHere
          view={view}
          filter={filter}
          oldest={page.oldest}
          rangeEnd={rangeEnd}
          onChange={onFilter}
          onLonger={onLonger}
          now={now}
        />
      ) : (
        <TraceTable name={t('traces.list.title', 'Traces')} traces={page.items} now={now} />
      )}
      {onMore !== undefined && (
        <Button size="sm" variant="secondary" onClick={onMore}>
          {t('traces.list.more', 'More traces')}
        </Button>
      )}
    </section>
  );
}
