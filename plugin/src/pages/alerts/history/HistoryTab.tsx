import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, Stack, useStyles2 } from '@grafana/ui';
import { useCallback, useMemo } from 'react';
import type { Span } from '../../../api/prometheusClient';
import { filterHistory } from '../../../domain/alerts/historyFilter';
import { historyStatistics } from '../../../domain/alerts/historyStatistics';
import { loadHistory, type History } from '../../../features/alerts/history/loadHistory';
import type { Problem } from '../../../domain/problem';
import { PartBoundary } from '../../../kit/states/PartBoundary';
import { ProblemNotice } from '../../../kit/states/ProblemNotice';
import { useApp } from '../../../kit/app/appContext';
import { Known, useAnswer } from '../../../kit/answer';
import { absoluteRange } from '../../../kit/time/timeRange';
import { useNow } from '../../../kit/time/useNow';
import type { PageTime } from '../../../kit/time/usePageTime';
import type { UrlQuery } from '../../../kit/useUrlQuery';
import { downloadCsv } from '../../../kit/list/download';
import { isOpenFilter, readHistoryFilter, writeHistoryFilter } from './historyAddress';
import { CHART_HEIGHT, HistoryChart } from './HistoryChart';
import { historyCsv } from './historyCsv';
import { HistoryEmpty } from './HistoryEmpty';
import { HistoryFilters } from './HistoryFilters';
import { HistoryList } from './HistoryList';
import { HistorySide } from './HistorySide';
import { numberWords } from '../../../kit/words/numbers';
import { HistorySources } from './HistorySources';

/** Durations are renewed this often, milliseconds. */
const CLOCK_MS = 10_000;
/** Names beside the list. */
const MOST_NAMES = 10;

const getStyles = (theme: GrafanaTheme2) => ({
  room: css({ containerType: 'inline-size' }),
  columns: css({
    display: 'grid',
    gap: theme.spacing(3),
    gridTemplateColumns: 'minmax(0, 1fr)',
    // Beside the list only where that leaves it the room to be read.
    '@container (min-width: 80em)': { gridTemplateColumns: 'minmax(0, 1fr) 15em' },
  }),
});

interface Props {
  readonly url: UrlQuery;
  readonly time: PageTime;
}

function saveCsv(history: History, shown: readonly History['alerts'][number][]): void {
  downloadCsv('valtronics-alerts', history.at, historyCsv(shown));
}

/** What is shown when one of the two could not be asked. */
function consequenceOf({ source }: Problem): string {
  return source === 'prometheus'
    ? t('alerts.history.withoutPrometheus', 'What you see comes from the exporter’s store alone.')
    : t(
        'alerts.history.withoutStore',
        'What you see comes from ALERTS in Prometheus alone: without the platform’s own alerts, and without who dealt with them.',
      );
}

interface BodyProps extends Props {
  readonly history: History;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

function HistoryBody({ history, url, time, now }: BodyProps) {
  const styles = useStyles2(getStyles);
  const { range, setRange } = time;
  const filter = useMemo(() => readHistoryFilter(url.query), [url.query]);
  const shown = useMemo(() => filterHistory(history.alerts, filter), [history, filter]);
  const statistics = useMemo(() => historyStatistics(shown, MOST_NAMES), [shown]);
  const change = (next: Parameters<typeof writeHistoryFilter>[0]): void =>
    url.change(writeHistoryFilter(next));
  const onRange = useCallback((marked: Span) => setRange(absoluteRange(marked)), [setRange]);
  const clear = (): void => change({ text: '', severities: [], name: '', device: '' });
  return (
    <Stack direction="column" gap={2}>
      {history.problems.map((problem) => (
        <ProblemNotice key={problem.source} problem={problem} consequence={consequenceOf(problem)} />
      ))}
      <HistoryFilters alerts={history.alerts} filter={filter} onChange={change} />
      <PartBoundary name={t('alerts.history.chart', 'Alerts by severity')}>
        <HistoryChart alerts={shown} range={range} at={history.at} onRange={onRange} />
      </PartBoundary>
      <Stack direction="row" gap={1} alignItems="center" justifyContent="space-between" wrap="wrap">
        <span role="status">
          {t('alerts.history.shown', '{{shown}} of {{total}} alerts', {
            shown: numberWords(shown.length),
            total: numberWords(history.alerts.length),
          })}
        </span>
        <Button
          variant="secondary"
          icon="download-alt"
          disabled={shown.length === 0}
          onClick={() => saveCsv(history, shown)}
        >
          {t('alerts.history.csv', 'CSV')}
        </Button>
      </Stack>
      {shown.length === 0 ? (
        <HistoryEmpty history={history} isFiltered={!isOpenFilter(filter)} onClear={clear} />
      ) : (
        <div className={styles.room}>
          <div className={styles.columns}>
            <HistoryList
              alerts={shown}
              openKey={url.query.get('alert')}
              onOpen={(alert) => url.change({ alert })}
              tick={time.tick}
              now={now}
              rangeEnd={range.to.valueOf()}
            />
            <HistorySide
              statistics={statistics}
              onName={(name) => change({ name: filter.name === name ? '' : name })}
            />
          </div>
        </div>
      )}
      <HistorySources history={history} now={now} />
    </Stack>
  );
}

/** `?tab=history`: what fired in the range, how long, who dealt with it, and what makes most noise. */
export default function HistoryTab({ url, time }: Props) {
  const { clients } = useApp();
  const { range, tick } = time;
  const load = useCallback(
    (signal: AbortSignal) =>
      loadHistory(clients, { from: range.from.valueOf(), to: range.to.valueOf() }, Date.now(), signal),
    [clients, range],
  );
  const now = useNow(CLOCK_MS);
  return (
    <Known answer={useAnswer(load, tick)} source="exporter" height={CHART_HEIGHT + 480} now={now}>
      {(history) => <HistoryBody history={history} url={url} time={time} now={now} />}
    </Known>
  );
}
