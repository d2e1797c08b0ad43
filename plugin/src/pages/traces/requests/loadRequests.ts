import { stepSeconds, type PrometheusClient, type Span } from '../../../api/prometheusClient';
import { problemOf } from '../../../domain/problem';
import { exemplarSeconds, memberName, requestQueries, type RequestGroup } from './requestGroups';
import { requestFigures, type RequestFigures, type RequestTotals } from './requestFigures';

/** A trace that a duration was observed with. */
export interface MarkedTrace {
  readonly traceId: string;
  /** Route, collector or topic. */
  readonly name: string;
  /** Seconds. */
  readonly duration: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** The members of a group in numbers. */
export interface RequestPicture {
  readonly group: RequestGroup;
  readonly items: readonly RequestFigures[];
  readonly totals: RequestTotals;
  /** The PromQL that was asked for each course. */
  readonly expressions: Readonly<Record<'rates' | 'failures' | 'durations', string>>;
  readonly marks: readonly MarkedTrace[];
  /** Why there are no marks, in the words of Prometheus; undefined where it could be asked. */
  readonly markProblem: string | undefined;
}

/** A rate needs a few scrapes, whatever their interval. */
const SHORTEST_WINDOW_SECONDS = 60;

async function loadMarks(
  prometheus: PrometheusClient,
  group: RequestGroup,
  span: Span,
  signal: AbortSignal,
): Promise<Pick<RequestPicture, 'marks' | 'markProblem'>> {
  const { exemplars } = requestQueries(group, 1, 1);
  try {
    const found = await prometheus.exemplars(exemplars, span, signal);
    const marks = found.flatMap(({ series, labels, value, at }) => {
      const { trace_id: traceId = '' } = labels;
      const duration = exemplarSeconds(group, value);
      return traceId === '' ? [] : [{ traceId, name: memberName(group, series), duration, at }];
    });
    return { marks, markProblem: undefined };
  } catch (error) {
    if (signal.aborted) throw error;
    return { marks: [], markProblem: problemOf(error, 'prometheus').detail };
  }
}

/** What Prometheus counted of the group in the span. */
export async function loadRequests(
  prometheus: PrometheusClient,
  group: RequestGroup,
  span: Span,
  signal: AbortSignal,
): Promise<RequestPicture> {
  const window = Math.max(SHORTEST_WINDOW_SECONDS, 2 * stepSeconds(span));
  const queries = requestQueries(group, window, Math.max(window, Math.round((span.to - span.from) / 1000)));
  const range = (query: string) => prometheus.range(query, span, signal);
  const instant = (query: string) => prometheus.instant(query, span.to, signal);
  const [rates, failures, durations, median, slow, slowOfAll, marks] = await Promise.all([
    range(queries.rates),
    range(queries.failures),
    range(queries.durations),
    instant(queries.median),
    instant(queries.slow),
    instant(queries.slowOfAll),
    loadMarks(prometheus, group, span, signal),
  ]);
  const answers = { rates, failures, durations, median, slow, slowOfAll };
  return {
    group,
    expressions: queries,
    ...requestFigures(answers, (labels) => memberName(group, labels)),
    ...marks,
  };
}
