import type { LogEntry } from '../entry.ts';
import { decodePlace, encodePlace, type LinePlace } from './cursor.ts';
import type { BufferedLine, LineBuffer } from './line-buffer.ts';

/** A page of lines, newest first. */
export interface LinePage {
  readonly items: readonly LogEntry[];
  /** Where the next page begins; null on the last one. */
  readonly nextCursor: string | null;
  /** Where {@link newerLines} goes on after what there was. */
  readonly tailCursor: string;
}

/** Lines that came after a place, in the order of arrival. */
export interface LineTail {
  readonly items: readonly LogEntry[];
  /** Where the next look begins. */
  readonly tailCursor: string;
  /** Lines that were forgotten before they could be asked for; whether they matched is not known. */
  readonly missed: number;
}

export interface LineSearch {
  readonly buffer: LineBuffer;
  /** Name of this run: sequence numbers begin anew with each. */
  readonly run: string;
  readonly matches: (entry: LogEntry) => boolean;
  readonly limit: number;
}

/** Newest first; of one moment, those that came last. */
function newestFirst(a: BufferedLine, b: BufferedLine): number {
  return b.entry.timestamp - a.entry.timestamp || b.sequence - a.sequence;
}

/** Whether a line comes behind the place in a list. Of an earlier run only the time can be compared. */
function isBehind({ entry, sequence }: BufferedLine, place: LinePlace, run: string): boolean {
  if (entry.timestamp !== place.at) return entry.timestamp < place.at;
  return place.run === run && sequence < place.sequence;
}

function endOf({ buffer, run }: LineSearch): string {
  const newest = buffer.at(buffer.next - 1);
  return encodePlace({ run, sequence: buffer.next, at: newest?.created ?? 0 });
}

/** Puts the line in its place of a list of at most so many. */
function insert(sorted: BufferedLine[], line: BufferedLine, most: number): void {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = sorted[middle];
    if (other !== undefined && newestFirst(other, line) < 0) low = middle + 1;
    else high = middle;
  }
  sorted.splice(low, 0, line);
  if (sorted.length > most) sorted.pop();
}

/** Lines that match, newest first by their own time; `cursor` is the `nextCursor` of the page before. */
export function newestLines(search: LineSearch, cursor?: string): LinePage {
  const { buffer, run, matches, limit } = search;
  const place = cursor === undefined ? undefined : decodePlace(cursor);
  // One more than asked for tells whether there are more.
  const most = limit + 1;
  const found: BufferedLine[] = [];
  // What came last is newest as a rule: of the rest the times alone are looked at once the page is full.
  for (let sequence = buffer.next - 1; sequence >= buffer.oldest; sequence--) {
    const entry = buffer.at(sequence);
    if (entry === undefined) continue;
    const line = { sequence, entry };
    const last = found.length === most ? found.at(-1) : undefined;
    if (last !== undefined && newestFirst(last, line) < 0) continue;
    if ((place === undefined || isBehind(line, place, run)) && matches(entry)) insert(found, line, most);
  }
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const nextCursor =
    last === undefined || found.length <= limit
      ? null
      : encodePlace({ run, sequence: last.sequence, at: last.entry.timestamp });
  return { items: page.map(({ entry }) => entry), nextCursor, tailCursor: endOf(search) };
}

/** Lines that match and came after the place, in the order of arrival; `after` is the `tailCursor` of the look before. */
export function newerLines(search: LineSearch, after: string): LineTail {
  const { buffer, run, matches, limit } = search;
  const place = decodePlace(after) ?? { run, sequence: buffer.next, at: 0 };
  const known = place.run === run;
  const items: LogEntry[] = [];
  let reached = known ? Math.max(place.sequence, buffer.oldest) : buffer.oldest;
  let at = place.at;
  for (const { sequence, entry } of buffer.from(reached)) {
    if (items.length === limit) break;
    reached = sequence + 1;
    const isNewer = known || entry.created > place.at;
    if (!isNewer) continue;
    at = entry.created;
    if (matches(entry)) items.push(entry);
  }
  const missed = known ? Math.max(0, buffer.oldest - place.sequence) : 0;
  return { items, tailCursor: encodePlace({ run, sequence: reached, at }), missed };
}

/** The entry of that id; undefined when it is not kept. */
export function findLine(buffer: LineBuffer, id: string): BufferedLine | undefined {
  for (let sequence = buffer.next - 1; sequence >= buffer.oldest; sequence--) {
    const entry = buffer.at(sequence);
    if (entry?.id === id) return { sequence, entry };
  }
  return undefined;
}

/** What stands around a line in its file, or, without a file, among the lines of its service; in their order. */
export interface LineContext {
  readonly before: readonly LogEntry[];
  readonly line: LogEntry;
  readonly after: readonly LogEntry[];
}

/** At most `before` and `after` lines around it. */
export function contextOf(
  buffer: LineBuffer,
  line: BufferedLine,
  before: number,
  after: number,
): LineContext {
  const { entry, sequence } = line;
  const belongs = (other: LogEntry): boolean =>
    entry.file === undefined
      ? other.file === undefined && other.service === entry.service
      : other.file === entry.file;
  const earlier: LogEntry[] = [];
  for (let at = sequence - 1; at >= buffer.oldest && earlier.length < before; at--) {
    const other = buffer.at(at);
    if (other !== undefined && belongs(other)) earlier.push(other);
  }
  const later: LogEntry[] = [];
  for (let at = sequence + 1; at < buffer.next && later.length < after; at++) {
    const other = buffer.at(at);
    if (other !== undefined && belongs(other)) later.push(other);
  }
  return { before: earlier.reverse(), line: entry, after: later };
}
