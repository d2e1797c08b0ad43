import { bracketedLevel } from './bracketed-level.ts';
import type { LogFormat, ParsedLine } from './format.ts';
import { servedRequest } from './served-request.ts';
import { continuationOf } from './sqlalchemy.ts';

const TIME = { at: Date.UTC(2026, 10, 22, 23, 33, 38), zoned: false };

/** Where the text behind `app.main: ` or `app.main [main.py:13]: ` begins, and the logger; undefined for anything else. */
function loggerAt(line: string, start: number): { logger: string; end: number } | undefined {
  const end = line.indexOf(': ', start);
  if (end === -1) return undefined;
  const blank = line.indexOf(' ', start);
  if (blank > end) return { logger: line.slice(start, end), end: end + 2 };
  const isPlace = line.charAt(blank + 1) === '[' && line.charAt(end - 1) === ']' && blank > start;
  return isPlace ? { logger: line.slice(start, blank), end: end + 2 } : undefined;
}

function parse(line: string): ParsedLine | undefined {
  const head = bracketedLevel(line);
  if (head === undefined) return undefined;
  const { time, level, levelText, start } = head;
  const named = loggerAt(line, start);
  const request = servedRequest(line, named?.logger === 'uvicorn.access' ? named.end : start);
  if (request !== undefined) {
    const message = line.slice(named?.logger === 'uvicorn.access' ? named.end : start);
    return {
      time,
      level,
      levelText,
      message,
      request,
      logger: 'uvicorn.access',
      dataset: 'valtronics.access',
    };
  }
  if (named === undefined) return undefined;
  const { logger, end } = named;
  return { time, level, levelText, logger, message: line.slice(end), continuation: continuationOf(logger) };
}

/** The formatters `standard`, `detailed` and `access` of the platform's logging.yaml. */
export const VALTRONICS: LogFormat = {
  name: 'valtronics',
  title: "the platform's logging.yaml: standard, detailed and access",
  dataset: 'valtronics.api',
  begins: '0123456789',
  parse,
  samples: [
    {
      text: '2026-11-22 23:33:38 [INFO] app.main: Starting Valtronics API...',
      expected: {
        time: TIME,
        level: 'INFO',
        levelText: 'INFO',
        logger: 'app.main',
        message: 'Starting Valtronics API...',
      },
    },
    {
      text: '2026-11-22 23:33:38 [WARNING] app.api.alerts [alerts.py:13]: no rule for device_id=TEMP_SENSOR_001',
      expected: {
        time: TIME,
        level: 'WARNING',
        levelText: 'WARNING',
        logger: 'app.api.alerts',
        message: 'no rule for device_id=TEMP_SENSOR_001',
      },
    },
    {
      text: '2026-11-22 23:33:38 [INFO] 127.0.0.1:59046 - "GET /api/v1/health/ HTTP/1.1" 200',
      expected: {
        time: TIME,
        level: 'INFO',
        levelText: 'INFO',
        logger: 'uvicorn.access',
        message: '127.0.0.1:59046 - "GET /api/v1/health/ HTTP/1.1" 200',
        dataset: 'valtronics.access',
        request: { method: 'GET', url: '/api/v1/health/', status: 200, clientIp: '127.0.0.1' },
      },
    },
  ],
};
