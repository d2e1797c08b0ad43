import { bracketedLevel } from './bracketed-level.ts';
import type { LogFormat, ParsedLine } from './format.ts';

const LONGEST_ID = 100;

function parse(line: string): ParsedLine | undefined {
  const head = bracketedLevel(line);
  if (head === undefined) return undefined;
  const { time, level, levelText, start } = head;
  const end = line.indexOf(' ', start);
  if (end <= start || end - start > LONGEST_ID || !line.startsWith(' - ', end)) return undefined;
  if (line.charAt(end + 3) === '"') return undefined;
  return { time, level, levelText, deviceId: line.slice(start, end), message: line.slice(end + 3) };
}

/** `%{TIMESTAMP_ISO8601} [%{LOGLEVEL}] device - message`: what the monitoring guide calls device logs. */
export const GUIDE_DEVICE: LogFormat = {
  name: 'guide-device',
  title: "the monitoring guide's device logs",
  dataset: 'valtronics.device',
  begins: '0123456789',
  parse,
  samples: [
    {
      text: '2026-11-22T23:33:38.250Z [ERROR] TEMP_SENSOR_001 - Reading out of range: 312.4',
      expected: {
        time: { at: Date.UTC(2026, 10, 22, 23, 33, 38, 250), zoned: true },
        level: 'ERROR',
        levelText: 'ERROR',
        deviceId: 'TEMP_SENSOR_001',
        message: 'Reading out of range: 312.4',
      },
    },
  ],
};
