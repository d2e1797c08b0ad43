import type { LogCategory, LogLevel } from './logEntry';

/** Which lines are looked at, by bars, patterns and lines alike; an empty part lets everything through. */
export interface LogFilter {
  /** Part of the message or of the raw text, in any case. */
  readonly text: string;
  readonly services: readonly string[];
  readonly levels: readonly LogLevel[];
  /** Empty for all. */
  readonly category: LogCategory | '';
  readonly device: string;
  readonly trace: string;
  readonly correlation: string;
  /** Id of the one pattern that is looked at. */
  readonly pattern: string;
  /** Ids of patterns that are left out. */
  readonly hidden: readonly string[];
}

export const NO_LOG_FILTER: LogFilter = {
  text: '',
  services: [],
  levels: [],
  category: '',
  device: '',
  trace: '',
  correlation: '',
  pattern: '',
  hidden: [],
};

/** A part of the filter, as it is named to people and cleared. */
export type LogFilterPart = keyof LogFilter;

/** The parts that keep lines away. */
export function activeParts(filter: LogFilter): LogFilterPart[] {
  const parts: LogFilterPart[] = [
    'text',
    'services',
    'levels',
    'category',
    'device',
    'trace',
    'correlation',
    'pattern',
    'hidden',
  ];
  return parts.filter((part) => filter[part].length > 0);
}

/** True when the lines of one request or one device are looked at: a story, which is read in its order. */
export function isStory({ trace, correlation }: LogFilter): boolean {
  return trace !== '' || correlation !== '';
}

/** A text of one field that holds either id: 32 hexadecimal digits are a trace, anything else a correlation id. */
export function idFilter(text: string): Pick<LogFilter, 'trace' | 'correlation'> {
  const id = text.trim();
  const isTrace = /^[\da-f]{32}$/i.test(id);
  return { trace: isTrace ? id.toLowerCase() : '', correlation: isTrace ? '' : id };
}
