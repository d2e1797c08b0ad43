import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import { useMemo, useId } from 'react';
import type { LogEntry } from '../../domain/logs/logEntry';
import type { LogFilter } from '../../domain/logs/logFilter';
import type { LinePicture } from '../../features/logs/lineLoader';
import { readOrder, writeLogFilter, type LineOrder } from '../../features/logs/logsAddress';
import { LineDetails } from '../../features/logs/lines/LineDetails';
import { LineList } from '../../features/logs/lines/LineList';
import { getLineStyles } from '../../features/logs/lines/lineStyles';
import { LabelledSwitch } from '../../kit/fields/LabelledSwitch';
import { downloadCsv } from '../../kit/list/download';
import { StatusSign } from '../../kit/status/StatusSign';
import type { UrlQuery } from '../../kit/useUrlQuery';
import { numberWords } from '../../kit/words/numbers';
import { NoLineHere } from './EmptyLogs';
import { LinkedLine } from './LinkedLine';
import { logCsv } from './logCsv';

const MAX_HEIGHT = 'max(24em, calc(100vh - 260px))';

const getStyles = (theme: GrafanaTheme2) => ({
  bar: css({
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1, 2),
    alignItems: 'center',
    marginBottom: theme.spacing(1),
  }),
  count: css({ flex: 1, minWidth: '12em' }),
  title: css({ ...theme.typography.h5, margin: 0 }),
  part: css({ display: 'grid', gap: theme.spacing(1), gridTemplateColumns: 'minmax(0, 1fr)' }),
});

interface Props {
  readonly picture: LinePicture;
  readonly filter: LogFilter;
  readonly url: UrlQuery;
  /** How many lines fit in all; undefined when nobody knows. */
  readonly total: number | undefined;
  readonly rangeEnd: number;
  /** True while new lines come by themselves. */
  readonly live: boolean;
  /** Reads older lines, too; undefined when there are none, or no room for more. */
  readonly onOlder: (() => void) | undefined;
  readonly loading: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

function saveCsv(lines: readonly LogEntry[]): void {
  downloadCsv('valtronics-logs', Date.now(), logCsv(lines));
}

function shownWords(shown: number, total: number | undefined): string {
  const words = numberWords(shown);
  return total === undefined || total <= shown
    ? t('logs.lines.shown', '{{shown}} lines', { shown: words })
    : t('logs.lines.shownOf', '{{shown}} of {{total}} lines', { shown: words, total: numberWords(total) });
}

function OrderChoice({ order, onOrder }: { order: LineOrder; onOrder: (order: LineOrder) => void }) {
  const id = useId();
  return (
    <RadioButtonGroup<LineOrder>
      id={id}
      size="sm"
      aria-label={t('logs.lines.order', 'Order')}
      options={[
        { value: 'newest', label: t('logs.lines.newest', 'Newest first') },
        { value: 'oldest', label: t('logs.lines.oldest', 'In their order') },
      ]}
      value={order}
      onChange={onOrder}
    />
  );
}

/** The lines themselves: newest first or in their order, each with all that is known of it. */
export function LinesPart(props: Props) {
  const { picture, filter, url, total, rangeEnd, live, onOlder, loading, now } = props;
  const styles = useStyles2(getStyles);
  const lineStyles = useStyles2(getLineStyles);
  const { query, change } = url;
  const { items, missed } = picture;
  const order = readOrder(query, filter);
  const wrap = query.has('wrap');
  const openId = query.get('line');
  const lines = useMemo(() => (order === 'newest' ? items : [...items].reverse()), [items, order]);
  const onFilter = (next: Partial<LogFilter>): void => change(writeLogFilter(next), { push: true });
  const isOutside = openId !== null && !items.some(({ id }) => id === openId);
  const older = onOlder !== undefined && (
    <div className={lineStyles.more}>
      <Button size="sm" variant="secondary" disabled={loading} onClick={onOlder}>
        {t('logs.lines.older', 'Older lines')}
      </Button>
    </div>
  );
  return (
    <section className={styles.part}>
      <div className={styles.bar}>
        <h2 className={styles.title}>{t('logs.lines.title', 'Lines')}</h2>
        <span role="status" className={styles.count}>
          {shownWords(items.length, total)}
          {missed > 0 && (
            <>
              {' '}
              <StatusSign status="warning">
                {t('logs.lines.missed', '{{count}} lines came too fast to be shown', { count: missed })}
              </StatusSign>
            </>
          )}
        </span>
        <OrderChoice order={order} onOrder={(next) => change({ order: next })} />
        <LabelledSwitch
          label={t('logs.lines.wrap', 'wrap')}
          value={wrap}
          onChange={(next) => change({ wrap: next ? true : null })}
        />
        <Button
          size="sm"
          variant="secondary"
          icon="download-alt"
          disabled={items.length === 0}
          onClick={() => saveCsv(lines)}
        >
          {t('logs.lines.csv', 'CSV')}
        </Button>
      </div>
      {isOutside && <LinkedLine key={openId} id={openId} onClose={() => change({ line: null })} now={now} />}
      {lines.length === 0 ? (
        <NoLineHere
          filter={filter}
          oldest={picture.oldest}
          rangeEnd={rangeEnd}
          onChange={onFilter}
          onLonger={() => change({ from: 'now-24h', to: 'now' }, { push: true })}
          now={now}
        />
      ) : (
        <LineList
          name={t('logs.lines.title', 'Lines')}
          lines={lines}
          openId={openId}
          onOpen={(line) => change({ line })}
          wrap={wrap}
          details={(line) => <LineDetails line={line} onFilter={onFilter} now={now} />}
          maxHeight={MAX_HEIGHT}
          before={order === 'oldest' ? older : undefined}
          after={order === 'newest' ? older : undefined}
          followEnd={live && order === 'oldest'}
          now={now}
        />
      )}
    </section>
  );
}
