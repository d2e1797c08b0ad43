import type { LogFormat, ParsedLine } from './format.ts';
import { FORMATS } from './formats.ts';
import { TRACEBACK } from './traceback.ts';

/** A line with the format that read it. */
export interface FoundFormat {
  readonly format: LogFormat;
  readonly parsed: ParsedLine;
}

/** Finds the formats of one file. */
export interface FormatFinder {
  /** Reads a line by the formats that this file has shown before, the newest first, then by all. */
  parse(line: string): FoundFormat | undefined;
}

const ASCII = 128;

/** Formats by the first character of a line; those of any character among each. */
const BY_BEGIN: readonly (readonly LogFormat[])[] = Array.from({ length: ASCII }, (_, code) =>
  FORMATS.filter(({ begins }) => begins?.includes(String.fromCharCode(code)) ?? true),
);
const BY_OTHER = FORMATS.filter(({ begins }) => begins === undefined);

/** The format of that name. Throws an Error that lists the names when there is none. */
export function formatNamed(name: string): LogFormat {
  const format = FORMATS.find((candidate) => candidate.name === name);
  if (format !== undefined) return format;
  const names = FORMATS.map((candidate) => candidate.name).join(', ');
  throw new Error(`there is no log format "${name}"; there are ${names}`);
}

/**
 * Finds the format of each line of a file. With `format` that one alone is used, besides tracebacks, which any program
 * may write.
 */
export function createFormatFinder({ format }: { readonly format?: string } = {}): FormatFinder {
  const only = format === undefined ? undefined : [formatNamed(format), TRACEBACK];
  // What this file was seen to use, by the first character: files mix a few formats in turn.
  const seen: (LogFormat | undefined)[] = [];

  function search(line: string, code: number, tried: LogFormat | undefined): FoundFormat | undefined {
    const candidates = only ?? BY_BEGIN[code] ?? BY_OTHER;
    for (const candidate of candidates) {
      if (candidate === tried) continue;
      const parsed = candidate.parse(line);
      if (parsed === undefined) continue;
      if (code < ASCII && candidate.general !== true) seen[code] = candidate;
      return { format: candidate, parsed };
    }
    return undefined;
  }

  return {
    parse: (line) => {
      const code = line.charCodeAt(0);
      const last = code < ASCII ? seen[code] : undefined;
      const parsed = last?.parse(line);
      if (last !== undefined && parsed !== undefined) return { format: last, parsed };
      return search(line, code, last);
    },
  };
}
