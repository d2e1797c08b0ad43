import { APP_ROOT } from '../../api/pluginId';
import { LOG_CATEGORIES, LOG_LEVELS } from '../../domain/logs/logEntry';
import { isStory, type LogFilter } from '../../domain/logs/logFilter';
import { joinList, splitList } from '../../kit/addressList';
import type { QueryChanges } from '../../kit/useUrlQuery';

/** The filter in the address of the page; what is no level or category is left out. */
export function readLogFilter(query: URLSearchParams): LogFilter {
  const text = (name: string): string => query.get(name) ?? '';
  const levels = splitList(query.get('level'));
  return {
    text: text('q'),
    services: splitList(query.get('service')),
    levels: LOG_LEVELS.filter((level) => levels.includes(level)),
    category: LOG_CATEGORIES.find((category) => category === query.get('category')) ?? '',
    device: text('device'),
    trace: text('trace'),
    correlation: text('correlation'),
    pattern: text('pattern'),
    hidden: splitList(query.get('hide')),
  };
}

/** What parts of the filter change in the address. */
export function writeLogFilter(filter: Partial<LogFilter>): QueryChanges {
  const { text, services, levels, category, device, trace, correlation, pattern, hidden } = filter;
  const all = {
    ...{ q: text, service: services && joinList(services), level: levels && joinList(levels), category },
    ...{ device, trace, correlation, pattern, hide: hidden && joinList(hidden) },
  };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** In which order lines are read. */
export type LineOrder = 'newest' | 'oldest';

/** The order of the address; without a word of it a story begins with its beginning. */
export function readOrder(query: URLSearchParams, filter: LogFilter): LineOrder {
  const order = query.get('order');
  if (order === 'newest' || order === 'oldest') return order;
  return isStory(filter) ? 'oldest' : 'newest';
}

/** A time around a moment that shows what led to it and what came of it, milliseconds. */
const AROUND = 5 * 60_000;

/** The page with these lines. `span`: milliseconds since the epoch; undefined: the page's own. */
export function logsPath(
  filter: Partial<LogFilter>,
  span?: { readonly from: number; readonly to: number },
  more: Readonly<Record<string, string>> = {},
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...writeLogFilter(filter), ...more }))
    if (typeof value === 'string' && value !== '') query.set(name, value);
  if (span !== undefined) {
    query.set('from', String(Math.floor(span.from)));
    query.set('to', String(Math.ceil(span.to)));
  }
  const text = query.toString();
  return `${APP_ROOT}/logs${text === '' ? '' : `?${text}`}`;
}

/** The page with one line opened among those around it. */
export function linePath({ id, timestamp }: { readonly id: string; readonly timestamp: number }): string {
  return logsPath({}, { from: timestamp - AROUND, to: timestamp + AROUND }, { line: id });
}
