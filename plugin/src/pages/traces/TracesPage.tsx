import { css } from '@emotion/css';
import type { GrafanaTheme2, TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { PluginPage } from '@grafana/runtime';
import { Stack, useStyles2 } from '@grafana/ui';
import { useCallback, useState } from 'react';
import type { TraceFilter } from '../../domain/traces/traceFilter';
import { problemOf } from '../../domain/problem';
import { ServiceMapPart } from '../../features/traces/map/ServiceMapPart';
import { readTraceView, writeTraceFilter, type TraceView } from '../../features/traces/tracesAddress';
import { Known, newest, type Answer } from '../../kit/answer';
import { PartBoundary } from '../../kit/states/PartBoundary';
import { ProblemNotice } from '../../kit/states/ProblemNotice';
import { Welcome } from '../../kit/states/Welcome';
import { PageToolbar } from '../../kit/time/PageToolbar';
import { useNow } from '../../kit/time/useNow';
import { usePageTime } from '../../kit/time/usePageTime';
import { ViewsButton } from '../../kit/views/ViewsButton';
import { useUrlQuery, type UrlQuery } from '../../kit/useUrlQuery';
import { NoTraceYet, TracingOff } from './list/EmptyTraces';
import { TraceList } from './list/TraceList';
import { HeadNumbers } from './requests/HeadNumbers';
import { CHART_HEIGHT, RequestCharts } from './requests/RequestCharts';
import { RequestTable } from './requests/RequestTable';
import { readRequestGroup } from './requests/requestGroups';
import { useRequests, useTraceFilter, useTraces, type RequestPictures, type TracePicture } from './useTraces';

/** Ages on the page are renewed this often, milliseconds. */
const CLOCK_MS = 5000;
/** Traces at first; twice as many each time that more are wanted, up to the most. */
const AT_FIRST = 50;
const MOST = 400;
/** Height of the table of routes with a usual number of them, pixels. */
const TABLE_HEIGHT = 330;

const getStyles = (theme: GrafanaTheme2) => ({
  parts: css({ display: 'grid', gap: theme.spacing(2), gridTemplateColumns: 'minmax(0, 1fr)' }),
  room: css({ containerType: 'inline-size' }),
  // Beside each other only where the map has room to be drawn.
  pair: css({
    display: 'grid',
    gap: theme.spacing(3),
    alignItems: 'start',
    gridTemplateColumns: 'minmax(0, 1fr)',
    '@container (min-width: 1780px)': { gridTemplateColumns: '660px minmax(0, 1fr)' },
  }),
});

interface ChartsProps {
  readonly requests: Answer<RequestPictures>;
  readonly only: string;
  readonly url: UrlQuery;
  readonly range: TimeRange;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What Prometheus counts, in numbers and charts. It needs no trace. */
function ChartsPart({ requests, only, url, range, now }: ChartsProps) {
  const styles = useStyles2(getStyles);
  const onRange = ({ from, to }: { readonly from: number; readonly to: number }): void =>
    url.change({ from: String(Math.floor(from)), to: String(Math.ceil(to)) }, { push: true });
  return (
    <Known answer={requests} source="prometheus" height={CHART_HEIGHT + 48} now={now}>
      {({ requests: { totals }, chosen }) => (
        <div className={styles.parts}>
          <HeadNumbers {...totals} />
          {chosen.items.length > 0 && (
            <PartBoundary name={t('traces.charts.name', 'Charts')}>
              <RequestCharts picture={chosen} only={only} range={range} onRange={onRange} />
            </PartBoundary>
          )}
        </div>
      )}
    </Known>
  );
}

interface TracesProps {
  readonly traces: Answer<TracePicture>;
  readonly view: TraceView;
  readonly filter: TraceFilter;
  readonly onFilter: (change: Partial<TraceFilter>) => void;
  readonly url: UrlQuery;
  readonly rangeEnd: number;
  readonly count: number;
  readonly onMore: () => void;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The traces themselves, or why there are none. */
function TracesPart({ traces, view, filter, onFilter, url, rangeEnd, count, onMore, now }: TracesProps) {
  return (
    <Known answer={traces} source="exporter" height={480} now={now}>
      {({ page, services }) => {
        if (page.source === 'off') return <TracingOff />;
        if (page.kept === 0 && page.items.length === 0 && page.source === 'buffer' && page.problem === null)
          return <NoTraceYet />;
        return (
          <>
            {page.problem !== null && (
              <ProblemNotice
                problem={{ kind: 'jaeger-down', source: 'exporter', detail: page.problem }}
                consequence={t(
                  'traces.source.instead',
                  'Until then these traces come from the exporter’s buffer.',
                )}
              />
            )}
            <TraceList
              page={page}
              view={view}
              filter={filter}
              services={services}
              rangeEnd={rangeEnd}
              onView={(next) => url.change({ view: next === 'slowest' ? null : next }, { push: true })}
              onFilter={onFilter}
              onLonger={() => url.change({ from: 'now-24h', to: 'now' }, { push: true })}
              onMore={page.items.length < count || count >= MOST ? undefined : onMore}
              now={now}
            />
          </>
        );
      }}
    </Known>
  );
}

/** `traces`: how often, how well and how fast the platform answers, and the requests that did not. */
export default function TracesPage() {
  const styles = useStyles2(getStyles);
  const url = useUrlQuery();
  const { query, change } = url;
  const time = usePageTime(url);
  const now = useNow(CLOCK_MS);
  const filter = useTraceFilter(query);
  const view = readTraceView(query);
  const [count, setCount] = useState(AT_FIRST);
  const requests = useRequests(readRequestGroup(query), time);
  const traces = useTraces({ filter, view, count }, time);
  const { range } = time;
  const span = useCallback(() => ({ from: range.from.valueOf(), to: range.to.valueOf() }), [range]);
  const onFilter = useCallback(
    (next: Partial<TraceFilter>) => change(writeTraceFilter(next), { push: true }),
    [change],
  );
  const { value: picture, error } = newest(traces);
  const isUnconfigured = error !== undefined && problemOf(error, 'exporter').kind === 'not-configured';
  return (
    <PluginPage
      actions={
        <Stack direction="row" gap={1} wrap="wrap">
          <ViewsButton page="traces" url={url} />
          <PageToolbar time={time} loading={requests.loading || traces.loading} />
        </Stack>
      }
    >
      {isUnconfigured ? (
        <Welcome />
      ) : (
        <Stack direction="column" gap={3}>
          <ChartsPart requests={requests} only={filter.operation} url={url} range={range} now={now} />
          <div className={styles.room}>
            <div className={styles.pair}>
              <PartBoundary name={t('traces.requests.name', 'Routes, collectors and topics')}>
                <Known answer={requests} source="prometheus" height={TABLE_HEIGHT} now={now} brief>
                  {({ chosen }) => (
                    <RequestTable
                      picture={chosen}
                      slowest={picture?.slowest}
                      only={filter.operation}
                      onOnly={(operation) => onFilter({ operation })}
                      url={url}
                    />
                  )}
                </Known>
              </PartBoundary>
              {picture?.page.source !== 'off' && (
                <PartBoundary name={t('traces.map.title', 'Service map')}>
                  <ServiceMapPart span={span} tick={time.tick} now={now} />
                </PartBoundary>
              )}
            </div>
          </div>
          <PartBoundary name={t('traces.list.title', 'Traces')}>
            <TracesPart
              traces={traces}
              view={view}
              filter={filter}
              onFilter={onFilter}
              url={url}
              rangeEnd={time.range.to.valueOf()}
              count={count}
              onMore={() => setCount(Math.min(MOST, 2 * count))}
              now={now}
            />
          </PartBoundary>
        </Stack>
      )}
    </PluginPage>
  );
}
