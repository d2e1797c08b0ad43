/** Severities of the logs API, least first; UNKNOWN where the line does not say (contract §7). */
export const LOG_LEVELS = ['UNKNOWN', 'DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What an entry is about (contract §7). */
export const LOG_CATEGORIES = ['application', 'access', 'error', 'audit'] as const;
export type LogCategory = (typeof LOG_CATEGORIES)[number];

/**
 * Where an entry's time comes from: `line` with its zone; `zoneless`, read in the zone of the source's setting or of
 * this process; `read`, the moment of reading, because the line has none.
 */
export type TimeSource = 'line' | 'zoneless' | 'read';

/** One request, as an access log tells it. */
export interface LoggedRequest {
  readonly method?: string;
  /** Path with its query. */
  readonly url?: string;
  readonly status?: number;
  readonly durationSeconds?: number;
  /** Of it: waiting for the API behind the gateway. */
  readonly upstreamSeconds?: number;
  /** Of it: the gateway's own work. */
  readonly overheadSeconds?: number;
  readonly bytes?: number;
  readonly clientIp?: string;
  readonly userAgent?: string;
}

/** An exception, as a traceback tells it. */
export interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly stack: string;
}

/** One event of a log: one line, or several that belong together. */
export interface LogEntry {
  /**
   * The same for the same line, however often it is read: made from the file and the offset, or from content, time
   * and a number for what the intake takes. At most 40 characters of `[A-Za-z0-9_-]`.
   */
  readonly id: string;
  /** Milliseconds since the epoch, with a fraction where the line has one. */
  readonly timestamp: number;
  readonly timeSource: TimeSource;
  /** When it was read, milliseconds since the epoch. */
  readonly created: number;
  readonly level: LogLevel;
  /** The word of the line; absent where it has none. */
  readonly levelText?: string;
  readonly service: string;
  /** What wrote it, in ECS' words: `valtronics.api`, `nginx.access`, `mosquitto.log`. */
  readonly dataset: string;
  readonly category: LogCategory;
  /** First line, then those that explain it; a traceback stands in `error`. */
  readonly message: string;
  readonly logger?: string;
  readonly deviceId?: string;
  /** 32 lower-case hexadecimal digits. */
  readonly traceId?: string;
  /** 16 lower-case hexadecimal digits. */
  readonly spanId?: string;
  readonly correlationId?: string;
  readonly request?: LoggedRequest;
  readonly error?: LoggedError;
  /** Path of the file; absent for what the intake took. */
  readonly file?: string;
  /** Byte at which the entry begins in its file. */
  readonly offset?: number;
  /** All of its lines, secrets masked. */
  readonly raw: string;
  /**
   * True when a line was longer than the limit and its end is missing, and when the entry had more lines than one may
   * have: the next entry begins with the rest of them.
   */
  readonly truncated: boolean;
  /** Name of the format that read it; absent when none did and the entry is kept as it is. */
  readonly format?: string;
  /** Id of the pattern that its message follows; absent until it was mined. */
  readonly pattern?: string;
}
