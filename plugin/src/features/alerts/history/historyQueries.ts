import { stepSeconds, type Span } from '../../../api/prometheusClient';

/** Up to this step the newest sample says enough; above it each window is searched, seconds. Rules are evaluated at least so often. */
const LONGEST_EVALUATION = 60;

/** Alerts that fired, without the one that always does. */
export const FIRING = 'ALERTS{alertstate="firing",alertname!="Watchdog"}';

/** How to ask Prometheus when alerts began and ended: answers stay small however many there are. */
export interface HistoryQueries {
  /** Instant query at `start`: what fired when the span began. */
  readonly atStart: string;
  /** Range query: a point wherever an alert is there that was not there a step before. */
  readonly begins: string;
  /** Range query: a point wherever an alert is gone that was there a step before. */
  readonly ends: string;
  /** First point of the range queries, milliseconds since the epoch. */
  readonly start: number;
  /** Milliseconds between points. */
  readonly step: number;
  /** How long before a point its event happened on average, milliseconds. */
  readonly beginsEarlier: number;
  readonly endsEarlier: number;
}

/** The questions about a span. */
export function historyQueries(span: Span): HistoryQueries {
  const seconds = stepSeconds(span);
  const step = seconds * 1000;
  const windowed = seconds > LONGEST_EVALUATION;
  const now = windowed ? `last_over_time(${FIRING}[${seconds}s])` : FIRING;
  const before = windowed
    ? `last_over_time(${FIRING}[${seconds}s] offset ${seconds}s)`
    : `${FIRING} offset ${seconds}s`;
  return {
    atStart: now,
    begins: `${now} unless ${before}`,
    ends: `${before} unless ${now}`,
    start: Math.floor(span.from / step) * step,
    step,
    beginsEarlier: step / 2,
    // A window without samples says that the last one lies in the window before.
    endsEarlier: windowed ? 1.5 * step : step / 2,
  };
}
