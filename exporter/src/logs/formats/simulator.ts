import type { LogFormat, ParsedLine } from './format.ts';
import { levelOf } from './levels.ts';
import { isoTimeAt } from './line-time.ts';

const LONGEST_LEVEL = 8;

function parse(line: string): ParsedLine | undefined {
  const found = isoTimeAt(line, 0);
  if (found === undefined || !line.startsWith(' - ', found.end)) return undefined;
  const start = found.end + 3;
  const end = line.indexOf(' - ', start);
  if (end === -1 || end - start > LONGEST_LEVEL) return undefined;
  const levelText = line.slice(start, end);
  const level = levelOf(levelText);
  return level === undefined
    ? undefined
    : { time: found.time, level, levelText, message: line.slice(end + 3) };
}

/** The platform's device simulator: time, level, message. */
export const SIMULATOR: LogFormat = {
  name: 'simulator',
  title: "the platform's device simulator",
  dataset: 'valtronics.simulator',
  begins: '0123456789',
  parse,
  samples: [
    {
      text: '2026-11-22 23:34:16,530 - WARNING - Simulating device failure for GATEWAY_001',
      expected: {
        time: { at: Date.UTC(2026, 10, 22, 23, 34, 16, 530), zoned: false },
        level: 'WARNING',
        levelText: 'WARNING',
        message: 'Simulating device failure for GATEWAY_001',
      },
    },
  ],
};
