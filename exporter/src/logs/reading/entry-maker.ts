import type { LogEntry, LoggedError, LoggedRequest, TimeSource } from '../entry.ts';
import type { LineTime, ParsedLine } from '../formats/format.ts';
import { categoryOf } from './category.ts';
import { hintsIn, MAY_HOLD_SECRET } from './hints.ts';
import { findIdentifiers, type Identifiers } from './identifiers.ts';
import { type MaskOptions, maskSecrets } from './secrets.ts';
import { zoneOf, newestYear } from './zone.ts';

/** What an entry is made of. */
export interface EntryParts {
  readonly id: string;
  readonly parsed: ParsedLine;
  /** The whole message, where the entry has more lines than `parsed` was read from. */
  readonly message?: string;
  /** What its lines tell of an exception, where `parsed` does not. */
  readonly error?: LoggedError;
  /** All of its lines as they were written. */
  readonly written: string;
  /** What `hintsIn` says of `written`, where that is known. */
  readonly hints?: number;
  /** When it was read, milliseconds since the epoch. */
  readonly created: number;
  /** Whose entry it is, unless it says so itself. */
  readonly service: string;
  readonly dataset: string;
  readonly format?: string;
  readonly file?: string;
  readonly offset?: number;
  readonly truncated?: boolean;
}

export interface EntryMakerOptions {
  /** IANA name of the zone of times without zone; without it that of this process. */
  readonly timezone?: string;
  readonly mask?: MaskOptions;
}

const NO_IDS: Identifiers = {};

function maskRequest(request: LoggedRequest, mask: (text: string) => string): LoggedRequest {
  const { url, userAgent } = request;
  return {
    ...request,
    url: url === undefined ? undefined : mask(url),
    userAgent: userAgent === undefined ? undefined : mask(userAgent),
  };
}

function maskError({ type, message, stack }: LoggedError, mask: (text: string) => string): LoggedError {
  return { type, message: mask(message), stack: mask(stack) };
}

/**
 * Makes entries of what formats read: fixes the time, masks secrets, finds ids and the category. What it is given in turn
 * should come from one source: an hour that clocks repeat is told by the order of its lines. Throws a RangeError for a zone
 * that does not exist.
 */
export function createEntryMaker({
  timezone,
  mask: maskOptions,
}: EntryMakerOptions): (parts: EntryParts) => LogEntry {
  const zone = zoneOf(timezone);
  const mask = (text: string): string => maskSecrets(text, maskOptions);
  let previous: number | undefined;

  function instantOf({ at, yearless }: LineTime, created: number): number {
    previous = yearless === true ? newestYear(zone, at, created) : zone.instantOf(at, previous);
    return previous;
  }

  return (parts) => {
    const { parsed, written, created } = parts;
    const { hints = hintsIn(written) } = parts;
    const mayHold = (hints & MAY_HOLD_SECRET) !== 0 || maskOptions?.emails === true;
    const raw = mayHold ? mask(written) : written;
    // What has no secret as it is written has none in its parts, unless an escape hides it.
    const clean = raw === written && !written.includes('\\');
    const masked = <T extends string | undefined>(part: T): T | string =>
      part === undefined || clean ? part : mask(part);
    const message = masked(parts.message ?? parsed.message);
    const { request } = parsed;
    const error = parsed.error ?? parts.error;
    const found = hints <= MAY_HOLD_SECRET ? NO_IDS : findIdentifiers(message, hints);
    const { time } = parsed;
    const timeSource: TimeSource = time === undefined ? 'read' : time.zoned ? 'line' : 'zoneless';
    return {
      id: parts.id,
      timestamp: time === undefined ? created : time.zoned ? time.at : instantOf(time, created),
      timeSource,
      created,
      level: parsed.level,
      levelText: masked(parsed.levelText),
      service: masked(parsed.service ?? parts.service),
      dataset: parsed.dataset ?? parts.dataset,
      category: categoryOf(parsed, error),
      message,
      logger: masked(parsed.logger),
      deviceId: masked(parsed.deviceId ?? found.deviceId),
      traceId: parsed.traceId ?? found.traceId,
      spanId: parsed.spanId ?? found.spanId,
      correlationId: masked(parsed.correlationId ?? found.correlationId),
      request: request === undefined || clean ? request : maskRequest(request, mask),
      error: error === undefined || clean ? error : maskError(error, mask),
      file: parts.file,
      offset: parts.offset,
      raw,
      truncated: parts.truncated ?? false,
      format: parts.format,
    };
  };
}
