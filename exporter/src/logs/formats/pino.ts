import type { LogFormat, ParsedLine } from './format.ts';
import { jsonLine } from './json.ts';

const BEGIN = '{"level":';

/** pino writes level and time first, whatever else there is. */
function parse(line: string): ParsedLine | undefined {
  if (!line.startsWith(BEGIN)) return undefined;
  const comma = line.indexOf(',', BEGIN.length);
  return line.startsWith('"time":', comma + 1) ? jsonLine(line) : undefined;
}

/** pino, as the exporter, the simulator and the gateway write. */
export const PINO: LogFormat = {
  name: 'pino',
  title: 'pino: the exporter, the simulator, the gateway, other Node programs',
  dataset: 'generic',
  begins: '{',
  parse,
  samples: [
    {
      text: '{"level":50,"time":1795390232120,"pid":417,"name":"gateway","reqId":"req-7","err":{"type":"TypeError","message":"x is undefined","stack":"TypeError: x is undefined\\n    at serve (server.js:7:3)"},"msg":"request failed"}',
      expected: {
        time: { at: 1_795_390_232_120, zoned: true },
        level: 'ERROR',
        levelText: '50',
        message: 'request failed',
        logger: 'gateway',
        correlationId: 'req-7',
        process: '417',
        error: {
          type: 'TypeError',
          message: 'x is undefined',
          stack: 'TypeError: x is undefined\n    at serve (server.js:7:3)',
        },
      },
    },
    {
      text: '{"level":"warn","time":"2026-11-22T23:30:32.120Z","collector":"mqtt","msg":"collector fails"}',
      expected: {
        time: { at: Date.UTC(2026, 10, 22, 23, 30, 32, 120), zoned: true },
        level: 'WARNING',
        levelText: 'warn',
        message: 'collector fails',
      },
    },
  ],
};
