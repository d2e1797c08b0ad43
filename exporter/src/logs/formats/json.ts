import { isObject } from '../../base/is-object.ts';
import { parseTolerantJson } from '../../base/json.ts';
import type { LogFormat, ParsedLine } from './format.ts';
import { type JsonObject, readLogObject } from './json-object.ts';

/** The object of a line, with Python's `NaN` as null; undefined when the line is none. */
export function objectOf(line: string): JsonObject | undefined {
  try {
    const value = parseTolerantJson(line, 'null');
    return isObject(value) ? value : undefined;
  } catch {
    // No JSON, or cut off: a line of another kind.
    return undefined;
  }
}

/** Reads a line that is one JSON object. */
export function jsonLine(line: string): ParsedLine | undefined {
  const object = objectOf(line);
  return object === undefined ? undefined : readLogObject(object);
}

/** JSON with other names. */
export const JSON_LINES: LogFormat = {
  name: 'json',
  title: 'JSON with the usual names, of journald (`journalctl -o json`), access logs as JSON too',
  dataset: 'generic',
  begins: '{',
  general: true,
  parse: jsonLine,
  samples: [
    {
      text: '{"__REALTIME_TIMESTAMP":"1795390232120000","PRIORITY":"3","SYSLOG_IDENTIFIER":"bridge","_PID":"417","MESSAGE":"the broker is gone"}',
      expected: {
        time: { at: 1_795_390_232_120, zoned: true },
        level: 'ERROR',
        levelText: '3',
        message: 'the broker is gone',
        service: 'bridge',
        process: '417',
      },
    },
    {
      text: '{"severity":"WARNING","ts":1795390232.5,"msg":"disk is filling","service":"edge","device":"VT-TEMP-001"}',
      expected: {
        time: { at: 1_795_390_232_500, zoned: true },
        level: 'WARNING',
        levelText: 'WARNING',
        message: 'disk is filling',
        service: 'edge',
        deviceId: 'VT-TEMP-001',
      },
    },
    {
      text: '{"time_iso8601":"2026-11-22T23:30:32+00:00","remote_addr":"10.0.0.7","request_method":"GET","request_uri":"/api/v1/devices/7?full=1","status":"502","request_time":"0.005","body_bytes_sent":"512","http_user_agent":"curl/8.5"}',
      expected: {
        time: { at: Date.UTC(2026, 10, 22, 23, 30, 32), zoned: true },
        level: 'INFO',
        message: 'GET /api/v1/devices/7?full=1 502',
        request: {
          method: 'GET',
          url: '/api/v1/devices/7?full=1',
          status: 502,
          durationSeconds: 0.005,
          clientIp: '10.0.0.7',
          bytes: 512,
          userAgent: 'curl/8.5',
        },
      },
    },
  ],
};
