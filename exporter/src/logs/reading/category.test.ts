import { describe, expect, it } from '@jest/globals';
import { readText } from './read-text.fixture.ts';

describe('the category of an entry', () => {
  it.each([
    [
      'access',
      'INFO:     127.0.0.1:1 - "POST /api/v1/devices/7/commands HTTP/1.1" 500 Internal Server Error',
    ],
    ['audit', '2026-11-22T23:30:32: New client connected from 127.0.0.1:1 as a (p2, c1, k60).'],
    ['audit', '2026-11-22 23:35:24.840 UTC [1] a@b FATAL:  password authentication failed for user "a"'],
    ['audit', '2026-11-22 23:35:24.840 UTC [1] LOG:  parameter "work_mem" changed to "8MB"'],
    ['audit', '<86>Nov 22 23:30:32 web-1 sudo[417]: ops : COMMAND=/bin/true'],
    ['audit', 'WARNING:app.auth.tokens:a log-in was refused'],
    [
      'audit',
      '{"level":"info","time":"2026-11-22T23:30:32Z","audit":true,"by":"ops","msg":"settings reloaded"}',
    ],
    ['audit', '{"@timestamp":"2026-11-22T23:30:32Z","event":{"category":["iam"]},"message":"role given"}'],
    ['error', 'ERROR:app.main:failed'],
    ['error', '2026/11/22 23:30:32 [crit] 7#7: *1 connect() failed, client: 10.0.0.7'],
    ['application', 'WARNING:app.main:slow'],
    ['application', 'INFO:app.author:written'],
    [
      'application',
      "2026-11-22T23:30:32: Received PUBLISH from a (d0, q1, r0, m7, 'valtronics/A_001/telemetry', ... (7 bytes))",
    ],
  ])('is %s: %s', (category, text) => {
    expect(readText(text).map((entry) => entry.category)).toEqual([category]);
  });
});
