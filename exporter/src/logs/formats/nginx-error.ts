import type { LoggedRequest, LogCategory } from '../entry.ts';
import type { LogFormat, ParsedLine } from './format.ts';
import { levelOf } from './levels.ts';
import { clockAt, digitsAt, midnight } from './line-time.ts';
import { requestLine } from './served-request.ts';

const LONGEST_LEVEL = 8;
/** Index behind `2026/11/22 23:30:32`. */
const BEHIND_TIME = 19;

/** The text between a key of nginx and what ends it; undefined without that key. */
function between(message: string, begin: string, end: string): string | undefined {
  const start = message.indexOf(begin);
  if (start === -1) return undefined;
  const close = message.indexOf(end, start + begin.length);
  return message.slice(start + begin.length, close === -1 ? message.length : close);
}

/** Whom and what nginx was serving. It makes no entry of an access log: the status is told there. */
function requestOf(message: string): LoggedRequest | undefined {
  const asked = between(message, ', request: "', '"');
  const clientIp = between(message, ', client: ', ',');
  if (asked === undefined && clientIp === undefined) return undefined;
  return { ...(asked === undefined ? {} : requestLine(asked)), clientIp };
}

/** Refused log-ins, and a configuration that is read again. */
function categoryOf(message: string): LogCategory | undefined {
  const refused = message.includes('" was not found in "') || message.includes('": password mismatch');
  return refused || message.endsWith('reconfiguring') ? 'audit' : undefined;
}

function parse(line: string): ParsedLine | undefined {
  if (line.charCodeAt(4) !== 0x2f || line.charCodeAt(7) !== 0x2f || !line.startsWith(' [', BEHIND_TIME))
    return undefined;
  const day = midnight(digitsAt(line, 0, 4), digitsAt(line, 5, 2), digitsAt(line, 8, 2));
  const at = day + clockAt(line, 11);
  const close = line.indexOf('] ', BEHIND_TIME);
  if (Number.isNaN(at) || close === -1 || close - BEHIND_TIME - 2 > LONGEST_LEVEL) return undefined;
  const levelText = line.slice(BEHIND_TIME + 2, close);
  const level = levelOf(levelText);
  const hash = line.indexOf('#', close);
  const text = line.indexOf(': ', close);
  if (level === undefined || hash === -1 || text < hash) return undefined;
  const message = line.slice(text + 2);
  return {
    time: { at, zoned: false },
    level,
    levelText,
    message,
    category: categoryOf(message),
    request: requestOf(message),
    process: line.slice(close + 2, hash),
  };
}

/** nginx's error log. */
export const NGINX_ERROR: LogFormat = {
  name: 'nginx-error',
  title: "nginx's error log",
  dataset: 'nginx.error',
  begins: '0123456789',
  parse,
  samples: [
    {
      text: '2026/11/22 23:30:32 [error] 7#7: *1 connect() failed (111: Connection refused) while connecting to upstream, client: 10.0.0.7, server: valtronics, request: "GET /api/v1/devices/ HTTP/1.1", upstream: "http://10.0.0.2:8000/api/v1/devices/", host: "valtronics"',
      expected: {
        time: { at: Date.UTC(2026, 10, 22, 23, 30, 32), zoned: false },
        level: 'ERROR',
        levelText: 'error',
        message:
          '*1 connect() failed (111: Connection refused) while connecting to upstream, client: 10.0.0.7, server: valtronics, request: "GET /api/v1/devices/ HTTP/1.1", upstream: "http://10.0.0.2:8000/api/v1/devices/", host: "valtronics"',
        request: { method: 'GET', url: '/api/v1/devices/', clientIp: '10.0.0.7' },
        process: '7',
      },
    },
    {
      text: '2026/11/22 23:30:32 [notice] 1#1: signal 1 (SIGHUP) received from 42, reconfiguring',
      expected: {
        time: { at: Date.UTC(2026, 10, 22, 23, 30, 32), zoned: false },
        level: 'INFO',
        levelText: 'notice',
        message: 'signal 1 (SIGHUP) received from 42, reconfiguring',
        category: 'audit',
        process: '1',
      },
    },
  ],
};
