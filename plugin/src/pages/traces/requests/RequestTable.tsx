import { cx } from '@emotion/css';
import { t } from '@grafana/i18n';
import { Button, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import { useId, useMemo, useState } from 'react';
import type { TraceSummary } from '../../../domain/traces/traceSummary';
import type { UrlQuery } from '../../../kit/useUrlQuery';
import type { RequestPicture } from './loadRequests';
import { REQUEST_GROUPS, type RequestGroup } from './requestGroups';
import { RequestRow } from './RequestRow';
import {
  readRequestSort,
  SORT_COLUMNS,
  sortRequests,
  writeRequestSort,
  type SortColumn,
} from './requestSort';
import { getRequestTableStyles } from './requestTableStyles';

/** Rows that are shown until all are wanted. */
const SHOWN = 8;

function groupWord(group: RequestGroup): string {
  switch (group) {
    case 'routes':
      return t('traces.requests.routes', 'Routes');
    case 'collectors':
      return t('traces.requests.collectors', 'Collectors');
    case 'topics':
      return t('traces.requests.topics', 'Topics');
  }
}

function columnWord(column: SortColumn, group: RequestGroup): string {
  switch (column) {
    case 'name':
      return groupWord(group);
    case 'rate':
      return t('traces.requests.rate', 'per s');
    case 'errors':
      return t('traces.requests.errors', 'errors');
    case 'median':
      return t('traces.requests.median', 'p50');
    case 'slow':
      return t('traces.requests.slow', 'p95');
  }
}

/** Why a group is empty, and what to do about it. */
function emptyWords(group: RequestGroup): string {
  return group === 'routes'
    ? t(
        'traces.requests.noRoutes',
        'No request to the platform’s API was counted in this range. Let requests go through the gateway, or name the access log in VALTRONICS_LOG_PATHS.',
      )
    : t(
        'traces.requests.noSpans',
        'Nothing of this kind was counted in this range. It is counted from spans, while tracing is on.',
      );
}

interface Props {
  readonly picture: RequestPicture;
  /** The slowest kept trace by the name of its operation; undefined while nobody knows. */
  readonly slowest: ReadonlyMap<string, TraceSummary> | undefined;
  readonly only: string;
  readonly onOnly: (name: string) => void;
  readonly url: UrlQuery;
}

function Head({ group, url }: { readonly group: RequestGroup; readonly url: UrlQuery }) {
  const styles = useStyles2(getRequestTableStyles);
  const sort = readRequestSort(url.query);
  return (
    <div role="row" className={cx(styles.row, styles.head)}>
      {SORT_COLUMNS.map((column) => {
        const active = sort.column === column;
        const word = columnWord(column, group);
        const descending = active ? !sort.descending : column !== 'name';
        return (
          <span
            key={column}
            role="columnheader"
            className={cx(column !== 'name' && styles.number)}
            aria-sort={active ? (sort.descending ? 'descending' : 'ascending') : 'none'}
          >
            <button
              type="button"
              className={styles.sort}
              title={t('traces.requests.sortBy', 'Sort by {{title}}', { title: word })}
              onClick={() => url.change({ sort: writeRequestSort({ column, descending }) })}
            >
              {word}
              {active && <span aria-hidden="true">{sort.descending ? ' ↓' : ' ↑'}</span>}
            </button>
          </span>
        );
      })}
      <span role="columnheader" className={styles.number}>
        {t('traces.requests.slowest', 'slowest')}
      </span>
    </div>
  );
}

/** The routes, collectors or topics in numbers, each with its slowest trace. */
export function RequestTable({ picture, slowest, only, onOnly, url }: Props) {
  const styles = useStyles2(getRequestTableStyles);
  const id = useId();
  const [all, setAll] = useState(false);
  const { group, items } = picture;
  const { query } = url;
  const sorted = useMemo(() => sortRequests(items, readRequestSort(query)), [items, query]);
  const shown = sorted.filter(({ name }, place) => all || place < SHOWN || name === only);
  const hidden = sorted.length - shown.length;
  return (
    <section className={styles.room}>
      <div className={styles.bar}>
        <RadioButtonGroup<RequestGroup>
          id={id}
          size="sm"
          aria-label={t('traces.requests.by', 'Told apart by')}
          options={REQUEST_GROUPS.map((value) => ({ value, label: groupWord(value) }))}
          value={group}
          onChange={(by) => url.change({ by: by === 'routes' ? null : by, operation: null })}
        />
      </div>
      {items.length === 0 ? (
        <p role="status">{emptyWords(group)}</p>
      ) : (
        <div role="table" aria-label={groupWord(group)}>
          <Head group={group} url={url} />
          {shown.map((item) => (
            <RequestRow
              key={item.name}
              item={item}
              slowest={slowest && (slowest.get(item.name) ?? null)}
              isOnly={item.name === only}
              onOnly={() => onOnly(item.name === only ? '' : item.name)}
            />
          ))}
        </div>
      )}
      {(hidden > 0 || all) && (
        <Button
          size="sm"
          variant="secondary"
          fill="text"
          icon={all ? 'angle-up' : 'angle-down'}
          aria-expanded={all}
          onClick={() => setAll(!all)}
        >
          {all
            ? t('traces.requests.fewer', 'Fewer')
            : t('traces.requests.more', '{{count}} more', { count: hidden })}
        </Button>
      )}
    </section>
  );
}
