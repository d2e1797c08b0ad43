import type { AlertRow } from '../../domain/alerts/alert';
import { tracesPath, type TraceView } from './tracesAddress';

const MINUTE = 60_000;
/** What led to an alert happened before it began. */
const BEFORE = 10 * MINUTE;

/** The rules about requests that take too long; the others of the application are about those that fail. */
const ABOUT_TIME: ReadonlySet<string> = new Set(['HighResponseTime', 'ApiLatencyBudgetBurn']);

/** Which requests an alert counts; undefined where it counts none. */
export function requestsOfAlert(name: string, service: string | undefined): TraceView | undefined {
  if (service !== 'application') return undefined;
  return ABOUT_TIME.has(name) ? 'slowest' : 'failing';
}

/** The traces that an alert is about: its device's, or the requests that it counts; undefined where it names neither. */
export function alertTracesPath(
  { name, labels, startsAt, endsAt }: Pick<AlertRow, 'name' | 'labels' | 'startsAt' | 'endsAt'>,
  now: number,
): string | undefined {
  const span = { from: startsAt - BEFORE, to: endsAt === null ? now : endsAt + MINUTE };
  const { device_id: device, service } = labels;
  if (device !== undefined) return tracesPath({ filter: { device }, view: 'all', span });
  const view = requestsOfAlert(name, service);
  return view === undefined ? undefined : tracesPath({ view, span });
}
