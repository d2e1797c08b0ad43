import type { LogPage } from '../../../api/logShapes';
import type { LogSpan, LogsClient } from '../../../api/logsClient';
import type { LogEntry } from '../../../domain/logs/logEntry';
import { NO_LOG_FILTER, type LogFilter } from '../../../domain/logs/logFilter';
import { mergeLines } from '../../logs/lineLoader';

/** Lines of one question. */
const MOST = 500;

/** Who wrote during a trace, and what. */
export interface TraceLines extends Pick<LogPage, 'source' | 'oldest' | 'problem'> {
  /** In the order of time; each once. */
  readonly items: readonly LogEntry[];
  /** False when there are more of them. */
  readonly complete: boolean;
}

/** What lines of a trace name: its id, the correlation id of its request, or both. */
export interface TraceIds {
  readonly traceId: string;
  readonly correlationId: string | null;
}

/**
 * The lines that name the trace or the request: who is not instrumented writes the correlation id only. `span`:
 * undefined where nobody knows when it was. Throws as the client does.
 */
export async function loadTraceLines(
  logs: LogsClient,
  { traceId, correlationId }: TraceIds,
  span: LogSpan | undefined,
  signal: AbortSignal,
): Promise<TraceLines> {
  const ask = (filter: Partial<LogFilter>): Promise<LogPage> =>
    logs.search({ filter: { ...NO_LOG_FILTER, ...filter }, span }, MOST, undefined, signal);
  const [ofTrace, ofRequest] = await Promise.all([
    ask({ trace: traceId }),
    ...(correlationId === null ? [] : [ask({ correlation: correlationId })]),
  ]);
  return {
    items: mergeLines(ofTrace.items, ofRequest?.items ?? []).reverse(),
    complete: ofTrace.nextCursor === null && (ofRequest?.nextCursor ?? null) === null,
    ...{ source: ofTrace.source, oldest: ofTrace.oldest, problem: ofTrace.problem },
  };
}
