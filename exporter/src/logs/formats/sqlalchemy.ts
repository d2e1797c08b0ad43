import type { Continuation, LogFormat, ParsedLine } from './format.ts';
import { levelOf } from './levels.ts';
import { isoTimeAt } from './line-time.ts';

/** Statements are logged with their line breaks. */
export function continuationOf(logger: string): Continuation | undefined {
  return logger.startsWith('sqlalchemy.') ? 'any' : undefined;
}

function parse(line: string): ParsedLine | undefined {
  const found = isoTimeAt(line, 0);
  if (found === undefined || line.charCodeAt(found.end) !== 0x20) return undefined;
  const levelEnd = line.indexOf(' ', found.end + 1);
  if (levelEnd === -1 || !line.startsWith('sqlalchemy.', levelEnd + 1)) return undefined;
  const levelText = line.slice(found.end + 1, levelEnd);
  const level = levelOf(levelText);
  if (level === undefined) return undefined;
  const loggerEnd = line.indexOf(' ', levelEnd + 1);
  return {
    time: found.time,
    level,
    levelText,
    logger: line.slice(levelEnd + 1, loggerEnd === -1 ? line.length : loggerEnd),
    message: loggerEnd === -1 ? '' : line.slice(loggerEnd + 1),
    continuation: 'any',
  };
}

/** SQLAlchemy with `echo=True`, which has a handler of its own beside the root logger's. */
export const SQLALCHEMY: LogFormat = {
  name: 'sqlalchemy',
  title: 'SQLAlchemy with echo',
  dataset: 'valtronics.api',
  begins: '0123456789',
  parse,
  samples: [
    {
      text: '2026-11-22 23:23:56,690 INFO sqlalchemy.engine.Engine SELECT devices.id AS devices_id \nFROM devices \n LIMIT ? OFFSET ?',
      expected: {
        time: { at: Date.UTC(2026, 10, 22, 23, 23, 56, 690), zoned: false },
        level: 'INFO',
        levelText: 'INFO',
        logger: 'sqlalchemy.engine.Engine',
        message: 'SELECT devices.id AS devices_id ',
        continuation: 'any',
      },
    },
  ],
};
