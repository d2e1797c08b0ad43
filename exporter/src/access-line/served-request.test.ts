import { describe, expect, it } from '@jest/globals';
import { parseLine } from './parse-line.ts';

const request = (line: string): unknown => {
  const { access } = parseLine(line);
  return access && [access.method, access.path, access.status, access.client];
};

describe('lines of uvicorn', () => {
  it.each([
    [
      'INFO:     127.0.0.1:59046 - "GET /api/v1/health/ping HTTP/1.1" 200 OK',
      ['GET', '/api/v1/health/ping', '200', '127.0.0.1'],
    ],
    [
      'INFO:     10.0.0.9:0 - "POST /api/v1/alerts/ HTTP/1.1" 422 Unprocessable Entity',
      ['POST', '/api/v1/alerts/', '422', '10.0.0.9'],
    ],
    ['INFO:     ::1:59046 - "GET /a?x=1&y=2 HTTP/1.1" 200 OK', ['GET', '/a', '200', '::1']],
    ['INFO:     2001:db8::7:443 - "GET /a HTTP/2" 200', ['GET', '/a', '200', '2001:db8::7']],
    ['INFO:      - "GET /over/a/socket HTTP/1.1" 204 No Content', ['GET', '/over/a/socket', '204', null]],
    [
      'INFO:     127.0.0.1:1 - "PROPFIND /x HTTP/1.1" 405 Method Not Allowed',
      ['other', '/x', '405', '127.0.0.1'],
    ],
    [
      'INFO:     127.0.0.1:1 - "GET /find?q="quoted"+text HTTP/1.1" 200 OK',
      ['GET', '/find', '200', '127.0.0.1'],
    ],
    [
      'INFO:     127.0.0.1:1 - "GET http://host:8000/abs?x HTTP/1.1" 200 OK',
      ['GET', '/abs', '200', '127.0.0.1'],
    ],
    ['INFO:     127.0.0.1:1 - "OPTIONS * HTTP/1.1" 404 Not Found', ['OPTIONS', null, '404', '127.0.0.1']],
    ['INFO:uvicorn.access:127.0.0.1:5 - "GET / HTTP/1.1" 200', ['GET', '/', '200', '127.0.0.1']],
    [`INFO:     ('127.0.0.1', 36102) - "WebSocket /ws/1" [accepted]`, ['GET', '/ws/1', '101', '127.0.0.1']],
    ['INFO:     127.0.0.1:36102 - "WebSocket /ws" [accepted]', ['GET', '/ws', '101', '127.0.0.1']],
    [`INFO:     ('::1', 36102) - "WebSocket /ws/" 403`, ['GET', '/ws/', '403', '::1']],
    [
      '\u001b[32mINFO\u001b[0m:     127.0.0.1:41298 - "\u001b[1mGET / HTTP/1.1\u001b[0m" \u001b[32m200 OK\u001b[0m',
      ['GET', '/', '200', '127.0.0.1'],
    ],
  ])('%s', (line, expected) => {
    expect(request(line)).toEqual(expected);
    expect(parseLine(line).format).toBe('uvicorn');
    expect(parseLine(line).access).toMatchObject({ durationSeconds: null, time: null });
  });

  const SERVED = '10.0.0.9:59046 - "GET /a HTTP/1.1" 200';
  it.each([
    ['no prefix', SERVED],
    ['syslog', `Nov 22 23:30:32 web-1 uvicorn[417]: INFO:     ${SERVED} OK`],
    ['syslog with priority', `<30>Nov 22 23:30:32 web-1 uvicorn[417]: INFO:     ${SERVED} OK`],
    ['syslog of RFC 5424', `<30>1 2026-11-22T23:30:32Z web-1 uvicorn 417 - - INFO:     ${SERVED} OK`],
    ['journal', `2026-11-22T23:30:32+0100 web-1 uvicorn[417]: INFO:     ${SERVED} OK`],
    ['compose', `backend-1  | INFO:     ${SERVED} OK`],
    ['compose, old', `backend_1   | INFO:     ${SERVED} OK`],
    ['asctime', `2026-11-22 23:30:32,123 - uvicorn.access - INFO - ${SERVED}`],
    ['asctime, level', `2026-11-22 23:30:32,123 INFO:     ${SERVED} OK`],
    ['asctime, name', `2026-11-22 23:30:32,123 INFO uvicorn.access ${SERVED}`],
    ['gunicorn', `[2026-11-22 23:30:32 +0000] [417] [INFO] ${SERVED}`],
    ['colours behind compose', `backend-1  | \u001b[32mINFO\u001b[0m:     ${SERVED} \u001b[32mOK\u001b[0m`],
  ])('with a prefix: %s', (_, line) => {
    expect(request(line)).toEqual(['GET', '/a', '200', '10.0.0.9']);
    expect(parseLine(line).format).toBe('uvicorn');
  });

  it('of a WebSocket behind a prefix', () => {
    const line = `2026-11-22 23:30:32,123 INFO:     ('10.0.0.9', 36102) - "WebSocket /ws/1" [accepted]`;
    expect(request(line)).toEqual(['GET', '/ws/1', '101', '10.0.0.9']);
  });

  it.each([
    'INFO:app.main:somebody - "GET / HTTP/1.1" 200 OK',
    '2026-11-22 23:30:32,123 - app.main - INFO - asked - "GET / HTTP/1.1" 200',
    'INFO:     connection closed',
    'INFO:     Uvicorn running on http://127.0.0.1:18000 (Press CTRL+C to quit)',
    'INFO:     Somebody - "said something" strange',
    'INFO:     127.0.0.1:59046 - "GET / HTTP/1.1" 20',
    'INFO:     127.0.0.1:59046 - "GET / HTTP/1.1" 999 No',
    'INFO:     127.0.0.1:59046 - "GET / HTTP/1.1"',
    'INFO:app.main:WebSocket heartbeat task started',
    'ERROR:    Exception in ASGI application',
  ])('not: %s', (line) => {
    expect(parseLine(line)).toEqual({ format: 'other', access: null });
  });
});

describe("lines of logging.yaml's access format", () => {
  it.each([
    [
      '2026-11-22 23:33:38 [INFO] 127.0.0.1:59046 - "GET /api/v1/devices/?limit=5 HTTP/1.1" 200',
      ['GET', '/api/v1/devices/', '200', '127.0.0.1'],
    ],
    [
      '2026-11-22 23:33:38,123 [INFO] uvicorn.access: ::1:5 - "GET / HTTP/1.1" 500',
      ['GET', '/', '500', '::1'],
    ],
  ])('%s', (line, expected) => {
    expect(request(line)).toEqual(expected);
    expect(parseLine(line)).toMatchObject({ format: 'logging_yaml', access: { time: null } });
  });

  it('not its other formats', () => {
    expect(parseLine('2026-11-22 23:33:38 [INFO] app.main: Starting Valtronics API...').access).toBeNull();
  });
});

describe('lines in the envelope of a container log', () => {
  it('of Docker: the envelope has the time that uvicorn has not', () => {
    const line = JSON.stringify({
      log: 'INFO:     172.18.0.1:59046 - "GET /api/v1/health/ping HTTP/1.1" 200 OK\n',
      stream: 'stdout',
      time: '2026-11-22T23:30:32.123456789Z',
    });
    expect(parseLine(line)).toMatchObject({
      format: 'uvicorn',
      access: {
        path: '/api/v1/health/ping',
        client: '172.18.0.1',
        time: Date.parse('2026-11-22T23:30:32.123Z'),
      },
    });
  });

  it('of Kubernetes', () => {
    const line = '2026-11-22T23:30:32.123456789Z stdout F INFO:     10.1.2.3:5 - "GET / HTTP/1.1" 200 OK';
    expect(parseLine(line)).toMatchObject({
      format: 'uvicorn',
      access: { path: '/', time: Date.parse('2026-11-22T23:30:32.123Z') },
    });
  });

  it('with a JSON line or an nginx line in it, whose own time goes before', () => {
    const inner = '10.0.0.1 - - [22/Nov/2026:23:30:00 +0000] "GET / HTTP/1.1" 200 5 "-" "-"';
    const docker = JSON.stringify({ log: `${inner}\n`, stream: 'stdout', time: '2026-11-22T23:30:32Z' });
    expect(parseLine(docker)).toMatchObject({
      format: 'combined',
      access: { time: Date.parse('2026-11-22T23:30:00Z') },
    });
    const cri = `2026-11-22T23:30:32+00:00 stderr F {"method":"GET","path":"/x","status":200}`;
    expect(parseLine(cri)).toMatchObject({
      format: 'json',
      access: { path: '/x', time: Date.parse('2026-11-22T23:30:32Z') },
    });
  });

  it('with a service line in it', () => {
    expect(parseLine('{"log":"INFO:     Started server process [1]\\n","stream":"stdout"}').format).toBe(
      'other',
    );
  });
});
