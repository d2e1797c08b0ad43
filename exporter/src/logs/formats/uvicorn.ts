import type { LogFormat, ParsedLine } from './format.ts';
import { levelOf } from './levels.ts';
import { servedRequest } from './served-request.ts';

const SPACE = 0x20;
const LONGEST_LEVEL = 8;
/** uvicorn pads its levels to this column. */
const TEXT_START = 10;

function parse(line: string): ParsedLine | undefined {
  const colon = line.indexOf(':');
  if (colon < 4 || colon > LONGEST_LEVEL || line.charCodeAt(colon + 1) !== SPACE) return undefined;
  let start = colon + 1;
  while (line.charCodeAt(start) === SPACE) start++;
  if (start !== TEXT_START && start !== colon + 2) return undefined;
  const levelText = line.slice(0, colon);
  const level = levelOf(levelText);
  if (level === undefined) return undefined;
  const request = servedRequest(line, start);
  const message = line.slice(start);
  return request === undefined
    ? { level, levelText, message }
    : { level, levelText, message, request, dataset: 'valtronics.access' };
}

/** uvicorn: requests, WebSockets, and what it says of itself. */
export const UVICORN: LogFormat = {
  name: 'uvicorn',
  title: 'uvicorn: requests, WebSockets, its own messages',
  dataset: 'valtronics.api',
  begins: 'TDIWEC',
  parse,
  samples: [
    {
      text: 'INFO:     127.0.0.1:59046 - "GET /api/v1/health/ping HTTP/1.1" 200 OK',
      expected: {
        level: 'INFO',
        levelText: 'INFO',
        message: '127.0.0.1:59046 - "GET /api/v1/health/ping HTTP/1.1" 200 OK',
        dataset: 'valtronics.access',
        request: { method: 'GET', url: '/api/v1/health/ping', status: 200, clientIp: '127.0.0.1' },
      },
    },
    {
      text: `INFO:     ('127.0.0.1', 36102) - "WebSocket /ws/1" [accepted]`,
      expected: {
        level: 'INFO',
        levelText: 'INFO',
        message: `('127.0.0.1', 36102) - "WebSocket /ws/1" [accepted]`,
        dataset: 'valtronics.access',
        request: { method: 'GET', url: '/ws/1', status: 101, clientIp: '127.0.0.1' },
      },
    },
    {
      text: 'INFO:     connection closed',
      expected: { level: 'INFO', levelText: 'INFO', message: 'connection closed' },
    },
    {
      text: [
        'ERROR:    Exception in ASGI application',
        'Traceback (most recent call last):',
        '  File "/app/api/analytics.py", line 88, in metrics',
        '    return {"metrics": metrics}',
        "UnboundLocalError: local variable 'metrics' referenced before assignment",
      ].join('\n'),
      expected: { level: 'ERROR', levelText: 'ERROR', message: 'Exception in ASGI application' },
    },
  ],
};
