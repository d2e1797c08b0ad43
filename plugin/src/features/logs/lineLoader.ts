import type { LogPage } from '../../api/logShapes';
import type { LogsClient, LogSpan } from '../../api/logsClient';
import type { LogEntry } from '../../domain/logs/logEntry';
import type { LogFilter } from '../../domain/logs/logFilter';

/** Most lines that a list holds: it is still quick to work with. */
export const MOST_LINES = 5000;
/** Lines of one request. */
const PAGE_LIMIT = 500;
/** Requests of one look for newer lines; what is left comes with the next. */
const MOST_TAILS = 4;

/** The lines that are looked at, and where they come from. */
export interface LinePicture extends Pick<LogPage, 'source' | 'oldest' | 'problem'> {
  /** Newest first; each id once. */
  readonly items: readonly LogEntry[];
  /** False when there are older lines than these in the span. */
  readonly complete: boolean;
  /** Lines that came so fast that they were forgotten before they could be read, since the list was begun. */
  readonly missed: number;
}

export interface LineQuestion {
  readonly filter: LogFilter;
  /** The span of now; undefined: of any time. */
  readonly span: () => LogSpan | undefined;
  /** How many lines are wanted. */
  readonly wanted: number;
  /** True: after the first look only newer lines are asked for. */
  readonly live: boolean;
}

/** Lines of both lists, newest first, each once; of one moment those of the first list come first. */
export function mergeLines(newer: readonly LogEntry[], older: readonly LogEntry[]): LogEntry[] {
  const lines = new Map<string, LogEntry>();
  for (const line of [...newer, ...older]) if (!lines.has(line.id)) lines.set(line.id, line);
  return [...lines.values()].sort((a, b) => b.timestamp - a.timestamp);
}

/** What reads the lines of a question, again and again. The loader throws as the client does. */
export function createLineLoader(
  logs: LogsClient,
  { filter, span, wanted, live }: LineQuestion,
): (signal: AbortSignal) => Promise<LinePicture> {
  let known: { readonly picture: LinePicture; readonly tail: string } | undefined;

  async function readAll(signal: AbortSignal): Promise<LinePicture> {
    const query = { filter, span: span() };
    const first = await logs.search(query, Math.min(wanted, PAGE_LIMIT), undefined, signal);
    let items = first.items;
    let cursor = first.nextCursor;
    while (cursor !== null && items.length < wanted) {
      const limit = Math.min(wanted - items.length, PAGE_LIMIT);
      const page = await logs.search(query, limit, { cursor }, signal);
      items = [...items, ...page.items];
      cursor = page.nextCursor;
    }
    const { source, oldest, problem, tailCursor } = first;
    const picture = { items: mergeLines([], items), complete: cursor === null, missed: 0 };
    const whole = { ...picture, source, oldest, problem };
    known = tailCursor === null ? undefined : { picture: whole, tail: tailCursor };
    return whole;
  }

  async function readNewer(
    { picture, tail: from }: NonNullable<typeof known>,
    signal: AbortSignal,
  ): Promise<LinePicture> {
    let tail = from;
    let newer: readonly LogEntry[] = [];
    let { missed, oldest } = picture;
    const now = span();
    // Newer than the end of the span is what is wanted.
    const query = { filter, span: now === undefined ? undefined : { from: now.from } };
    for (let count = 0; count < MOST_TAILS; count += 1) {
      const page = await logs.search(query, PAGE_LIMIT, { after: tail }, signal);
      newer = [...[...page.items].reverse(), ...newer];
      tail = page.tailCursor ?? tail;
      missed += page.missed;
      // New lines come from the buffer, whatever the others came from.
      if (page.source === picture.source) oldest = page.oldest;
      if (page.items.length < PAGE_LIMIT) break;
    }
    const all = mergeLines(newer, picture.items);
    const most = Math.max(wanted, Math.min(MOST_LINES, picture.items.length + newer.length));
    const items = all.slice(0, most);
    const complete = picture.complete && items.length === all.length;
    const next = { ...picture, items, oldest, missed, complete };
    known = { picture: next, tail };
    return next;
  }

  return (signal) => (live && known !== undefined ? readNewer(known, signal) : readAll(signal));
}
