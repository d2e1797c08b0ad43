import { css } from '@emotion/css';
import { LoadingState, type PanelProps } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, useStyles2, useTheme2 } from '@grafana/ui';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { useMedia } from '../../kit/canvas/useMedia';
import { useFrames } from '../../kit/frames/useFrames';
import { type Filter, isFiltered, NO_FILTER } from '../../kit/legend/filter';
import { FindBar } from '../../kit/legend/FindBar';
import { downloadCsv } from '../../kit/list/download';
import { Message } from '../../kit/states/Message';
import { Notice } from '../../kit/states/Notice';
import { createTargets } from '../../kit/targets/targets';
import type { Order } from './data/arrange';
import { filterRows } from './data/filter';
import { readMarks } from './data/marks';
import type { TimelineRow, TimelineSet } from './data/row';
import { summaryCsv } from './data/summary-csv';
import type { TimelineOptions } from './options/options';
import { useTimeline } from './view/useTimeline';
import { PrintRows } from './view/PrintRows';
import { TimelineView } from './view/TimelineView';

/** Lower panels keep their space for the rows. */
const LEAST_TOOLBAR_HEIGHT = 130;
/** Narrower panels show signs and numbers alone. */
const LEAST_LEGEND_WIDTH = 150;
/** In narrower panels the legend has a line of its own. */
const NARROW = 520;

function errorOf({ data }: Pick<PanelProps, 'data'>): string | undefined {
  if (data.state !== LoadingState.Error) return undefined;
  return data.errors?.[0]?.message ?? t('timeline.error.unknown', 'The query failed.');
}

/** Why there are no rows: no data, or data that lacks something. */
function emptyText({ unread }: TimelineSet): string {
  const [first] = unread;
  if (first === undefined) {
    return t(
      'timeline.empty.text',
      'The query returned nothing in this time range. A series per device, or a table of changes with time, device and state, is drawn as one row per device.',
    );
  }
  return t(
    'timeline.empty.missing',
    'The query returned data, but no states over time. Choose the fields with state and time in the options; there are: {{fields}}.',
    { fields: first.join(', '), interpolation: { escapeValue: false } },
  );
}

/** Rows in the order that somebody chose by a click, else that of the options. */
function useOrder({ sortBy, descending }: Order): [Order, (order: Order) => void] {
  const [chosen, setChosen] = useState<Order>();
  const options = useMemo(() => ({ sortBy, descending }), [sortBy, descending]);
  const known = useRef(options);
  // An order chosen in the editor wins over an earlier click.
  if (known.current !== options) {
    known.current = options;
    if (chosen !== undefined) setChosen(undefined);
  }
  return [chosen ?? options, setChosen];
}

/** The panel: the states of every device of the query's answer over time, one row each. */
export function TimelinePanel(props: PanelProps<TimelineOptions>) {
  const { data, options, timeZone, width, height, replaceVariables, transparent, onChangeTimeRange } = props;
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const isPrinted = useMedia('print');
  const [filter, setFilter] = useState<Filter>(NO_FILTER);
  const answer = useFrames(data);
  const set = useTimeline(answer, options, timeZone, replaceVariables);
  const [order, setOrder] = useOrder(options);
  const search = useDeferredValue(filter);
  const shown = useMemo(() => filterRows(set, search, order), [set, search, order]);
  const marks = useMemo(
    () => readMarks(data.annotations, set.range, theme),
    [data.annotations, set.range, theme],
  );
  const { from, to } = props.timeRange.raw;
  const range = { from: String(from.valueOf()), to: String(to.valueOf()) };
  const targetsOf = ({ id, name, cell }: TimelineRow, sample = cell.row) =>
    createTargets({
      subjectAt: () => ({ id, name, cell: { ...cell, row: sample } }),
      linkToDevice: options.linkToDevice,
      range,
      interpolate: replaceVariables,
    })(0);
  const error = errorOf({ data });
  const isWaiting = data.state === LoadingState.Loading || data.state === LoadingState.NotStarted;
  const isEmpty = set.rows.length === 0;
  const hasRoom = height >= LEAST_TOOLBAR_HEIGHT;
  const isOn = isFiltered(filter);

  return (
    <div className={styles.panel} style={{ width, height }}>
      {error !== undefined && !isEmpty && <Notice text={error} />}
      {!isEmpty && (hasRoom || isOn) && (options.showSearch || options.showLegend || isOn) && (
        <FindBar
          counts={set.legend}
          weights={set.legend.map(({ time }) => time)}
          legendLabel={t('timeline.legend.label', 'Devices by state in this range, with the share of time')}
          shown={shown.rows.length}
          total={set.rows.length}
          filter={filter}
          onFilter={setFilter}
          hasSearch={options.showSearch && hasRoom && width >= LEAST_LEGEND_WIDTH}
          hasLegend={options.showLegend && hasRoom}
          isCompact={width < LEAST_LEGEND_WIDTH}
          isNarrow={width < NARROW}
        >
          {options.showSummary && width >= NARROW && (
            <Button
              size="sm"
              variant="secondary"
              fill="text"
              icon="download-alt"
              tooltip={t('timeline.csv.help', 'The summary of the rows shown, with the time in each state')}
              onClick={() => downloadCsv('timeline', set.range.to, summaryCsv(shown))}
            >
              {t('timeline.csv.button', 'CSV')}
            </Button>
          )}
        </FindBar>
      )}
      {isEmpty && isWaiting && (
        <Message
          icon="sync"
          title={t('timeline.loading.title', 'Asking for states…')}
          text={t('timeline.loading.text', 'The query has not answered yet.')}
          height={height}
        />
      )}
      {isEmpty && error !== undefined && (
        <Message
          icon="exclamation-triangle"
          title={t('timeline.error.title', 'The states could not be asked for')}
          text={error}
          height={height}
        />
      )}
      {isEmpty && error === undefined && !isWaiting && (
        <Message
          icon="clock-nine"
          title={t('timeline.empty.title', 'No states')}
          text={emptyText(set)}
          height={height}
        />
      )}
      {!isEmpty && shown.rows.length === 0 && (
        <>
          <Message
            icon="search"
            title={t('timeline.filtered.title', 'No device matches')}
            text={t('timeline.filtered.text', 'Change the words or show all states again.')}
            height={height}
          />
          <Button className={styles.clear} size="sm" variant="secondary" onClick={() => setFilter(NO_FILTER)}>
            {t('timeline.filtered.clear', 'Show all devices')}
          </Button>
        </>
      )}
      {isPrinted && <PrintRows set={shown} />}
      {shown.rows.length > 0 && (
        <TimelineView
          set={shown}
          options={options}
          order={order}
          onOrder={setOrder}
          timeZone={timeZone}
          marks={marks}
          isTransparent={transparent}
          targetsOf={targetsOf}
          onZoom={onChangeTimeRange}
        />
      )}
    </div>
  );
}

const getStyles = () => ({
  panel: css({ display: 'flex', flexDirection: 'column', overflow: 'hidden' }),
  clear: css({ flex: 'none', alignSelf: 'center' }),
});
