import { levelOf } from './levels.ts';
import type { LogFormat, ParsedLine } from './format.ts';
import { servedRequest } from './served-request.ts';
import { continuationOf } from './sqlalchemy.ts';

const LONGEST_LEVEL = 8;

/** Whether what stands between two indices may be the name of a logger: it has no blanks. */
function isLoggerName(line: string, start: number, end: number): boolean {
  if (end <= start) return false;
  for (let index = start; index < end; index++) if (line.charCodeAt(index) <= 0x20) return false;
  return true;
}

function parse(line: string): ParsedLine | undefined {
  const colon = line.indexOf(':');
  if (colon < 4 || colon > LONGEST_LEVEL) return undefined;
  const levelText = line.slice(0, colon);
  const level = levelOf(levelText);
  if (level === undefined) return undefined;
  const loggerEnd = line.indexOf(':', colon + 1);
  if (loggerEnd === -1 || !isLoggerName(line, colon + 1, loggerEnd)) return undefined;
  const logger = line.slice(colon + 1, loggerEnd);
  const message = line.slice(loggerEnd + 1);
  if (logger === 'uvicorn.access') {
    const request = servedRequest(line, loggerEnd + 1);
    return { level, levelText, logger, message, request, dataset: 'valtronics.access' };
  }
  return { level, levelText, logger, message, continuation: continuationOf(logger) };
}

/** Python's root logger after `basicConfig`, as the backend writes to its standard output. */
export const PYTHON: LogFormat = {
  name: 'python',
  title: "the backend's own messages (Python's root logger)",
  dataset: 'valtronics.api',
  begins: 'DIWECF',
  parse,
  samples: [
    {
      text: 'INFO:telemetry.mqtt_handler:Subscribed to topic: valtronics/+/telemetry',
      expected: {
        level: 'INFO',
        levelText: 'INFO',
        logger: 'telemetry.mqtt_handler',
        message: 'Subscribed to topic: valtronics/+/telemetry',
      },
    },
    {
      text: [
        'ERROR:telemetry.mqtt_handler:Error handling telemetry: 1 validation error for TelemetryDataCreate',
        'metric_value',
        "  Input should be a valid number, unable to parse string as a number [type=float_parsing, input_value='idle', input_type=str]",
        '    For further information visit https://errors.pydantic.dev/2.5/v/float_parsing',
      ].join('\n'),
      expected: {
        level: 'ERROR',
        levelText: 'ERROR',
        logger: 'telemetry.mqtt_handler',
        message: 'Error handling telemetry: 1 validation error for TelemetryDataCreate',
      },
    },
    {
      text: 'WARNING:telemetry.mqtt_handler:Telemetry from unknown device: NOPE',
      expected: {
        level: 'WARNING',
        levelText: 'WARNING',
        logger: 'telemetry.mqtt_handler',
        message: 'Telemetry from unknown device: NOPE',
      },
    },
    {
      text: 'INFO:uvicorn.access:127.0.0.1:59046 - "GET /api/v1/devices/?limit=5 HTTP/1.1" 200',
      expected: {
        level: 'INFO',
        levelText: 'INFO',
        logger: 'uvicorn.access',
        message: '127.0.0.1:59046 - "GET /api/v1/devices/?limit=5 HTTP/1.1" 200',
        dataset: 'valtronics.access',
        request: { method: 'GET', url: '/api/v1/devices/?limit=5', status: 200, clientIp: '127.0.0.1' },
      },
    },
  ],
};
