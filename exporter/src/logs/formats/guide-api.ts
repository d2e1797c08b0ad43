import type { LogFormat, ParsedLine } from './format.ts';
import { levelOf } from './levels.ts';
import { isoTimeAt } from './line-time.ts';

const LONGEST_LEVEL = 13;
const LONGEST_NAME = 128;

function parse(line: string): ParsedLine | undefined {
  const found = isoTimeAt(line, 0);
  if (found === undefined || line.charCodeAt(found.end) !== 0x20) return undefined;
  const levelEnd = line.indexOf(' ', found.end + 1);
  if (levelEnd === -1 || levelEnd - found.end > LONGEST_LEVEL) return undefined;
  const levelText = line.slice(found.end + 1, levelEnd);
  const level = levelOf(levelText);
  if (level === undefined) return undefined;
  const end = line.indexOf(' ', levelEnd + 1);
  if (end - levelEnd > LONGEST_NAME || !line.startsWith(' - ', end)) return undefined;
  const logger = line.slice(levelEnd + 1, end);
  return logger === ''
    ? undefined
    : { time: found.time, level, levelText, logger, message: line.slice(end + 3) };
}

/** `%{TIMESTAMP_ISO8601} %{LOGLEVEL} logger - message`: what the monitoring guide calls application logs. */
export const GUIDE_API: LogFormat = {
  name: 'guide-api',
  title: "the monitoring guide's application logs",
  dataset: 'valtronics.api',
  begins: '0123456789',
  parse,
  samples: [
    {
      text: '2026-11-22 23:33:38,120 ERROR app.database - Connection to the database failed',
      expected: {
        time: { at: Date.UTC(2026, 10, 22, 23, 33, 38, 120), zoned: false },
        level: 'ERROR',
        levelText: 'ERROR',
        logger: 'app.database',
        message: 'Connection to the database failed',
      },
    },
  ],
};
