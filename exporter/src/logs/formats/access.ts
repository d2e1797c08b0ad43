import { parseCombinedDetails } from '../../access-line/combined.ts';
import { parseHaproxy } from '../../access-line/haproxy.ts';
import type { AccessLine } from '../../access-line/access-line.ts';
import type { LoggedRequest } from '../entry.ts';
import type { LogFormat, ParsedLine } from './format.ts';
import { requestLine } from './served-request.ts';

/** A request that was served is no more than information, whatever its status: the status is there to be asked for. */
const LEVEL = 'INFO';

function requestOf(access: AccessLine): LoggedRequest {
  return {
    method: access.method === 'other' ? undefined : access.method,
    url: access.path ?? undefined,
    status: Number(access.status),
    durationSeconds: access.durationSeconds ?? undefined,
    clientIp: access.client ?? undefined,
  };
}

function parse(line: string): ParsedLine | undefined {
  const combined = parseCombinedDetails(line);
  if (combined !== null) {
    const { access, request, bytes, userAgent } = combined;
    return {
      time: access.time === null ? undefined : { at: access.time, zoned: true },
      level: LEVEL,
      message: line,
      request: {
        ...requestOf(access),
        ...requestLine(request),
        bytes: bytes ?? undefined,
        userAgent: userAgent ?? undefined,
      },
    };
  }
  const access = parseHaproxy(line);
  return access === null ? undefined : { level: LEVEL, message: line, request: requestOf(access) };
}

const HEAD =
  '10.0.0.7 - - [22/Nov/2026:23:30:32 +0100] "GET /api/v1/devices/7?full=1 HTTP/1.1" 200 512 "-" "curl/8.5"';
const TIME = { at: Date.UTC(2026, 10, 22, 22, 30, 32), zoned: true };
const REQUEST = {
  method: 'GET',
  url: '/api/v1/devices/7?full=1',
  status: 200,
  clientIp: '10.0.0.7',
  bytes: 512,
  userAgent: 'curl/8.5',
};

/** Access logs of proxies and servers: what `docs/access-logs.md` lists as text. */
export const ACCESS: LogFormat = {
  name: 'access',
  title: 'access logs of nginx, Apache, gunicorn, traefik, Envoy, HAProxy',
  dataset: 'nginx.access',
  parse,
  samples: [
    { text: HEAD, expected: { time: TIME, level: LEVEL, message: HEAD, request: REQUEST } },
    {
      text: `${HEAD} "203.0.113.9" rt=0.105 urt="0.090"`,
      expected: {
        time: TIME,
        level: LEVEL,
        message: `${HEAD} "203.0.113.9" rt=0.105 urt="0.090"`,
        request: { ...REQUEST, clientIp: '203.0.113.9', durationSeconds: 0.105 },
      },
    },
  ],
};
