import type { LogFormat, ParsedLine } from './format.ts';
import { levelOf } from './levels.ts';
import { isDigit, isoTimeAt } from './line-time.ts';

const LONGEST_NAME = 128;
const LONGEST_LEVEL = 8;
const DEVICE_LOGGER = 'mock_device_';

/** Each device of the fleet has a logger of its own; the platform knows `mock_device_1008` as `MOCK-1008`. */
function deviceOf(logger: string): string | undefined {
  if (!logger.startsWith(DEVICE_LOGGER)) return undefined;
  const number = logger.slice(DEVICE_LOGGER.length);
  if (number === '') return undefined;
  for (let index = 0; index < number.length; index++)
    if (!isDigit(number.charCodeAt(index))) return undefined;
  return `MOCK-${number}`;
}

function parse(line: string): ParsedLine | undefined {
  const found = isoTimeAt(line, 0);
  if (found === undefined || !line.startsWith(' - ', found.end)) return undefined;
  const start = found.end + 3;
  const nameEnd = line.indexOf(' - ', start);
  if (nameEnd <= start || nameEnd - start > LONGEST_NAME) return undefined;
  const levelEnd = line.indexOf(' - ', nameEnd + 3);
  if (levelEnd === -1 || levelEnd - nameEnd - 3 > LONGEST_LEVEL) return undefined;
  const levelText = line.slice(nameEnd + 3, levelEnd);
  const level = levelOf(levelText);
  if (level === undefined) return undefined;
  const logger = line.slice(start, nameEnd);
  const message = line.slice(levelEnd + 3);
  return { time: found.time, level, levelText, logger, message, deviceId: deviceOf(logger) };
}

/** The mock fleet, and every Python program with the formatter that its documentation recommends: time, logger, level, message. */
export const FLEET: LogFormat = {
  name: 'fleet',
  title: 'the mock fleet (time, logger, level, message)',
  dataset: 'valtronics.fleet',
  begins: '0123456789',
  parse,
  samples: [
    {
      text: '2026-11-22 23:30:28,679 - mock_device_1008 - INFO - Device status changed: online -> error',
      expected: {
        time: { at: Date.UTC(2026, 10, 22, 23, 30, 28, 679), zoned: false },
        level: 'INFO',
        levelText: 'INFO',
        logger: 'mock_device_1008',
        deviceId: 'MOCK-1008',
        message: 'Device status changed: online -> error',
      },
    },
  ],
};
