import { css } from '@emotion/css';
import { dateTime } from '@grafana/data';
import { t } from '@grafana/i18n';
import { PluginPage } from '@grafana/runtime';
import { Button, Stack } from '@grafana/ui';
import { useCallback, useState } from 'react';
import { countOf } from '../../domain/logs/logEntry';
import type { LogFilter } from '../../domain/logs/logFilter';
import { problemOf, type ProblemKind } from '../../domain/problem';
import { MOST_LINES } from '../../features/logs/lineLoader';
import { writeLogFilter } from '../../features/logs/logsAddress';
import { useLines } from '../../features/logs/useLines';
import { useApp } from '../../kit/app/appContext';
import { Known, newest } from '../../kit/answer';
import { PartBoundary } from '../../kit/states/PartBoundary';
import { ProblemNotice } from '../../kit/states/ProblemNotice';
import { Welcome } from '../../kit/states/Welcome';
import { PageToolbar } from '../../kit/time/PageToolbar';
import { readTimeRange } from '../../kit/time/timeRange';
import { useNow } from '../../kit/time/useNow';
import { usePageTime, type PageTime } from '../../kit/time/usePageTime';
import { ViewsButton } from '../../kit/views/ViewsButton';
import { useUrlQuery, type UrlQuery } from '../../kit/useUrlQuery';
import { NoLineYet } from './EmptyLogs';
import { LinesPart } from './LinesPart';
import { LogFilters } from './LogFilters';
import { PatternsPart } from './PatternsPart';
import { RefusedPart } from './RefusedPart';
import { ServicesPart } from './ServicesPart';
import { SourceWords } from './SourceWords';
import { CHART_HEIGHT, TrendChart } from './TrendChart';
import { useLogFilter, useLogOverview, type LogOverview } from './useLogs';

/** Ages on the page are renewed this often, milliseconds. */
const CLOCK_MS = 5000;
/** Lines at first; twice as many each time that older ones are wanted. */
const LINES_AT_FIRST = 300;

/** Its place is kept before anything is known. */
const sourceLine = css({ minHeight: '1.6em', margin: '4px 0 0' });

/** There is nothing to ask: the page says so instead of its parts. */
const ABSENT: ReadonlySet<ProblemKind> = new Set(['logs-off', 'no-logs']);

/** True while new lines are followed; of a range that is over there are none. */
function isLive(query: URLSearchParams): boolean {
  return query.has('live') && (query.get('to') ?? 'now') === 'now';
}

interface LiveProps {
  readonly live: boolean;
  readonly change: UrlQuery['change'];
  readonly query: URLSearchParams;
}

function LiveButton({ live, change, query }: LiveProps) {
  const isOver = (query.get('to') ?? 'now') !== 'now';
  return (
    <Button
      variant={live ? 'primary' : 'secondary'}
      icon={live ? 'pause' : 'play'}
      aria-pressed={live}
      onClick={() => change(live ? { live: null } : { live: true, ...(isOver && { from: null, to: null }) })}
    >
      {t('logs.live', 'Live')}
    </Button>
  );
}

interface PartsProps {
  readonly url: UrlQuery;
  readonly time: PageTime;
  readonly filter: LogFilter;
  readonly overview: LogOverview;
  readonly onFilter: (change: Partial<LogFilter>) => void;
  readonly now: number;
}

/** Services, bars and patterns. */
function OverviewParts({ time, url, filter, overview, onFilter, now }: PartsProps) {
  const onRange = ({ from, to }: { readonly from: number; readonly to: number }): void =>
    url.change({ from: String(dateTime(from).valueOf()), to: String(to), live: null }, { push: true });
  return (
    <Stack direction="column" gap={2}>
      <PartBoundary name={t('logs.health.title', 'Services')}>
        <ServicesPart
          health={overview.health}
          chosen={filter.services}
          onChoose={(services) => onFilter({ services })}
        />
      </PartBoundary>
      <PartBoundary name={t('logs.trend.title', 'Lines by level')}>
        <TrendChart trends={overview.trends} range={time.range} onRange={onRange} now={now} />
      </PartBoundary>
      <RefusedPart
        letters={overview.refused.items}
        complete={overview.refused.complete}
        onRetried={time.refreshNow}
        now={now}
      />
      {overview.patterns.length > 0 && (
        <PartBoundary name={t('logs.patterns.name', 'Patterns')}>
          <PatternsPart
            patterns={overview.patterns}
            total={overview.patternCount}
            filter={filter}
            onChange={onFilter}
            now={now}
          />
        </PartBoundary>
      )}
    </Stack>
  );
}

/** The log store was not asked although there is one. */
function StoreAway({ problem }: { readonly problem: string }) {
  return (
    <ProblemNotice
      problem={{ kind: 'log-store-down', source: 'exporter', detail: problem }}
      consequence={t('logs.source.instead', 'Until then these lines come from the exporter’s buffer.')}
    />
  );
}

/** The span of the address: the same function until the address says another. */
function useSpan(query: URLSearchParams) {
  const { timeZone, fiscalYearStartMonth } = useApp();
  const from = query.get('from');
  const to = query.get('to');
  return useCallback(() => {
    const range = readTimeRange(from, to, { timeZone, fiscalYearStartMonth });
    return { from: range.from.valueOf(), to: range.to.valueOf() };
  }, [from, to, timeZone, fiscalYearStartMonth]);
}

/** Of the address, what is no part of a saved view: what is opened, and following new lines. */
const PASSING = ['line', 'live'];

/** `logs`: what the platform says of itself, how often, since when, and each line of it. */
export default function LogsPage() {
  const url = useUrlQuery();
  const { query, change } = url;
  const time = usePageTime(url);
  const now = useNow(CLOCK_MS);
  const filter = useLogFilter(query);
  const [wanted, setWanted] = useState(LINES_AT_FIRST);
  const live = isLive(query);
  const overview = useLogOverview(filter, time);
  const lines = useLines({ filter, span: useSpan(query), wanted, live, tick: time.tick });
  const onFilter = useCallback(
    (next: Partial<LogFilter>) => change(writeLogFilter(next), { push: true }),
    [change],
  );
  const { value: known, error } = newest(overview);
  const problem = error === undefined ? undefined : problemOf(error, 'exporter');
  const picture = newest(lines).value;
  const total = known && known.trends.buckets.reduce((sum, { levels }) => sum + countOf(levels), 0);
  const body = (): React.ReactNode => {
    if (problem?.kind === 'not-configured') return <Welcome />;
    if (problem !== undefined && ABSENT.has(problem.kind)) return <ProblemNotice problem={problem} />;
    if (known?.statistics.total === 0) return <NoLineYet sources={known.statistics.sources} />;
    return (
      <Stack direction="column" gap={2}>
        <div>
          <LogFilters filter={filter} services={known?.statistics.services ?? []} onChange={onFilter} />
          <p className={sourceLine}>{picture !== undefined && <SourceWords picture={picture} now={now} />}</p>
        </div>
        <Known answer={overview} source="exporter" height={CHART_HEIGHT + 240} now={now}>
          {(value) => (
            <OverviewParts
              url={url}
              time={time}
              filter={filter}
              overview={value}
              onFilter={onFilter}
              now={now}
            />
          )}
        </Known>
        <PartBoundary name={t('logs.lines.title', 'Lines')}>
          <Known answer={lines} source="exporter" height={480} now={now} brief>
            {(shown) => (
              <>
                {shown.problem !== null && <StoreAway problem={shown.problem} />}
                <LinesPart
                  picture={shown}
                  filter={filter}
                  url={url}
                  total={total}
                  rangeEnd={time.range.to.valueOf()}
                  live={live}
                  onOlder={
                    shown.complete || wanted >= MOST_LINES
                      ? undefined
                      : () => setWanted(Math.min(MOST_LINES, 2 * wanted))
                  }
                  loading={lines.loading}
                  now={now}
                />
              </>
            )}
          </Known>
        </PartBoundary>
      </Stack>
    );
  };
  return (
    <PluginPage
      actions={
        <Stack direction="row" gap={1} wrap="wrap">
          <ViewsButton page="logs" url={url} passing={PASSING} />
          <PageToolbar time={time} loading={overview.loading || lines.loading} />
          <LiveButton live={live} change={change} query={query} />
        </Stack>
      }
    >
      {body()}
    </PluginPage>
  );
}
