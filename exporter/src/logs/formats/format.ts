import type { LoggedError, LoggedRequest, LogCategory, LogLevel } from '../entry.ts';

/** A point in time as a line gives it. */
export interface LineTime {
  /** Milliseconds since the epoch, with a fraction where the line has one; without a zone, as if it were UTC. */
  readonly at: number;
  readonly zoned: boolean;
  /** The line says no year: `at` lies in 1972, a leap year. Never together with a zone. */
  readonly yearless?: boolean;
}

/**
 * How an entry goes on in lines that no format reads, besides what joins in every format (indented lines, tracebacks):
 * `any` line is its next, or all lines `until` one that ends so.
 */
export type Continuation = 'any' | { readonly until: string };

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
  /** Who wrote the line, where several write into one file: the id of a process. */
  readonly process?: string;
  /** The line explains the entry before it, when the same process wrote that. */
  readonly explains?: boolean;
  readonly continuation?: Continuation;
}

/** A line with what must be read from it: a test, and a row of `docs/log-formats.md`. */
export interface FormatSample {
  /** One line, or several that are one entry. */
  readonly text: string;
  /** What `parse` reads from the first line. */
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
  /** Characters of which one begins each of its lines; absent where any may. */
  readonly begins?: string;
  /** Reads lines of others as well, if less of them: it is tried after all others, also where it was right before. */
  readonly general?: true;
  /**
   * Reads the first line of an entry; undefined when the line is not of this format. Linear time for any text, and
   * no regular expression that can backtrack.
   */
  parse(line: string): ParsedLine | undefined;
  readonly samples: readonly FormatSample[];
}
