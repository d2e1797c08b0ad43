import { css } from '@emotion/css';
import type { FieldConfigSource, GrafanaTheme2, TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { useEffect, useMemo, useRef, type RefObject } from 'react';
import { GrafanaPanel } from '../../../kit/charts/GrafanaPanel';
import { useApp } from '../../../kit/app/appContext';
import { chartData, markedTraces } from './chartFrames';
import type { RequestPicture } from './loadRequests';
import { membersOfNote } from './requestFigures';

/** Height of a chart, pixels. */
export const CHART_HEIGHT = 240;

const OPTIONS = {
  legend: { showLegend: true, displayMode: 'list', placement: 'bottom', calcs: [] },
  tooltip: { mode: 'multi', sort: 'desc', hideZeros: true },
};

const FIELDS: FieldConfigSource = {
  defaults: { min: 0, custom: { drawStyle: 'line', lineWidth: 1, fillOpacity: 8, showPoints: 'never' } },
  overrides: [],
};

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(24em, 100%), 1fr))',
  }),
  note: css({
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
    margin: theme.spacing(0.5, 0, 0),
    overflowWrap: 'anywhere',
  }),
});

/** What the charts are called, and what they show. */
function chartWords() {
  return {
    rates: { title: t('traces.charts.rate', 'Requests'), help: t('traces.charts.rateHelp', 'Each second.') },
    failures: {
      title: t('traces.charts.errors', 'Failed requests'),
      help: t(
        'traces.charts.errorsHelp',
        'Each second; of requests by HTTP those with a status of 500 and above.',
      ),
    },
    durations: {
      title: t('traces.charts.duration', 'Duration, p95'),
      help: t(
        'traces.charts.durationHelp',
        '95 of 100 are faster. Each mark is one request whose trace is kept: press it for the way there.',
      ),
    },
  };
}

const MARKS = '[data-testid$="Exemplar marker"]:not([aria-label])';

/** Grafana's marks are buttons without a name: nobody could tell what they are who does not see them. */
function useNamedMarks(box: RefObject<HTMLElement | null>, name: string): void {
  useEffect(() => {
    const { current } = box;
    if (current === null) return undefined;
    const nameThem = (): void => {
      for (const mark of current.querySelectorAll(MARKS)) mark.setAttribute('aria-label', name);
    };
    const observer = new MutationObserver(nameThem);
    observer.observe(current, { childList: true, subtree: true });
    nameThem();
    return () => observer.disconnect();
  }, [box, name]);
}

interface Props {
  readonly picture: RequestPicture;
  /** The one that is looked at alone; empty for all. */
  readonly only: string;
  readonly range: TimeRange;
  readonly onRange: (range: { readonly from: number; readonly to: number }) => void;
}

/** Rate, errors and duration over time, the same colour for the same route in each; kept traces as marks. */
export function RequestCharts({ picture, only, range, onRange }: Props) {
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const { timeZone } = useApp();
  const charts = useMemo(() => {
    const alone = picture.items.filter(({ name }) => name === only);
    const items = alone.length > 0 ? alone : membersOfNote(picture.items);
    const linkTitle = t('traces.charts.open', 'Open the trace');
    const annotations = markedTraces(picture.marks, { items, range }, { theme, timeZone, linkTitle });
    const of = (figure: 'rates' | 'failures' | 'durations') => chartData({ items, figure, range }, theme);
    return {
      rates: of('rates'),
      failures: of('failures'),
      durations: { ...of('durations'), ...(annotations.length > 0 && { annotations }) },
    };
  }, [picture, only, range, theme, timeZone]);
  const words = chartWords();
  const box = useRef<HTMLDivElement>(null);
  useNamedMarks(box, t('traces.charts.mark', 'A request whose trace is kept'));
  return (
    <div ref={box}>
      <div className={styles.row}>
        {(['rates', 'failures', 'durations'] as const).map((figure) => (
          <GrafanaPanel
            key={figure}
            pluginId="timeseries"
            title={words[figure].title}
            description={words[figure].help}
            data={charts[figure]}
            expressions={[picture.expressions[figure]]}
            options={OPTIONS}
            fieldConfig={FIELDS}
            height={CHART_HEIGHT}
            timeZone={timeZone}
            onRange={onRange}
          />
        ))}
      </div>
      {picture.markProblem !== undefined && (
        <p className={styles.note}>
          {t('traces.charts.noMarks', 'Traces cannot be marked on the chart. Prometheus said: {{detail}}', {
            detail: picture.markProblem,
            interpolation: { escapeValue: false },
          })}
        </p>
      )}
    </div>
  );
}
