import type { LoggedError, LoggedRequest, LogCategory, LogLevel } from '../entry.ts';

/** A point in time as a line gives it. */
export interface LineTime {
  /** Milliseconds since the epoch; without a zone, as if it were UTC. */
  readonly at: number;
  readonly zoned: boolean;
}

/** What a format reads from the first line of an entry. */
export interface ParsedLine {
  /** Absent where the line has none. */
  readonly time?: LineTime;
  readonly level: LogLevel;
  /** The word of the line; absent where it has none. */
  readonly levelText?: string;
  readonly message: string;
  /** Where the line itself names its service. */
  readonly service?: string;
  readonly dataset?: string;
  readonly category?: LogCategory;
  readonly logger?: string;
  readonly deviceId?: string;
  readonly traceId?: string;
  readonly spanId?: string;
  readonly correlationId?: string;
  readonly request?: LoggedRequest;
  readonly error?: LoggedError;
}

/** A line with what must be read from it: a test, and a row of `docs/log-formats.md`. */
export interface FormatSample {
  /** One line, or several that are one entry. */
  readonly text: string;
  readonly expected: ParsedLine;
}

/** How one program writes its log: a file each in this folder. */
export interface LogFormat {
  /** As the setting `format` of a source names it. */
  readonly name: string;
  /** Who writes so, for people. */
  readonly title: string;
  /** What the lines are called in ECS' `event.dataset` where the line does not say. */
  readonly dataset: string;
  /**
   * Reads the first line of an entry; undefined when the line is not of this format. Linear time for any text, and
   * no regular expression that can backtrack.
   */
  parse(line: string): ParsedLine | undefined;
  /** Whether a line that `parse` does not read belongs to the entry before it, besides what joins in every format. */
  continues?(line: string): boolean;
  readonly samples: readonly FormatSample[];
}
