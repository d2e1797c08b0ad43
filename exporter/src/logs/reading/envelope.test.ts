import { describe, expect, it } from '@jest/globals';
import { openEnvelope } from './envelope.ts';
import { readText } from './read-text.fixture.ts';

const TIME = { at: Date.UTC(2026, 10, 22, 23, 30, 32, 123), zoned: true };

describe('what is around a line', () => {
  it.each([
    [
      'Docker',
      '{"log":"INFO:     ready\\n","stream":"stdout","time":"2026-11-22T23:30:32.123Z"}',
      { text: 'INFO:     ready', time: TIME, stream: 'stdout', isPart: false },
    ],
    [
      'Docker, in part',
      '{"log":"INFO:     re","stream":"stdout","time":"2026-11-22T23:30:32.123Z"}',
      { text: 'INFO:     re', time: TIME, stream: 'stdout', isPart: true },
    ],
    [
      'Kubernetes',
      '2026-11-22T23:30:32.123Z stderr F INFO:     ready',
      { text: 'INFO:     ready', time: TIME, stream: 'stderr', isPart: false },
    ],
    [
      'Kubernetes, in part',
      '2026-11-22T23:30:32.123Z stderr P INFO:     re',
      { text: 'INFO:     re', time: TIME, stream: 'stderr', isPart: true },
    ],
    ['compose', 'valtronics-backend-1  | INFO:     ready', { text: 'INFO:     ready' }],
    ['a terminal', '\u001b[32mINFO\u001b[0m:     ready', { text: 'INFO:     ready' }],
    ['two of them', 'backend-1  | \u001b[32mINFO\u001b[0m:     ready', { text: 'INFO:     ready' }],
  ])('%s', (_, line, expected) => {
    expect(openEnvelope(line)).toEqual(expected);
  });

  it.each([
    'INFO:     ready',
    '2026-11-22T23:30:32: New connection from 127.0.0.1:40586 on port 1883.',
    '2026-11-22T23:30:32.123Z host app[1]: stdout F x',
    '{"log":"x","level":"info"}',
    'total | count',
    '| x',
    '',
  ])('nothing: %s', (line) => {
    expect(openEnvelope(line)).toBeUndefined();
  });
});

describe('entries in envelopes', () => {
  it('are joined by what is inside, dated by the envelope, and kept as they are', () => {
    const wrap = (text: string, second: number): string =>
      JSON.stringify({ log: `${text}\n`, stream: 'stderr', time: `2026-11-22T23:30:${second}.000Z` });
    const lines = [
      wrap('ERROR:    Exception in ASGI application', 10),
      wrap('Traceback (most recent call last):', 11),
      wrap('  File "/app/main.py", line 3, in <module>', 12),
      wrap('ValueError: password=hunter2', 13),
      wrap('INFO:     ready', 14),
    ];
    const [first, second, ...rest] = readText(lines.join('\n'));
    expect(first).toMatchObject({
      timestamp: Date.UTC(2026, 10, 22, 23, 30, 10),
      timeSource: 'line',
      format: 'uvicorn',
      error: { type: 'ValueError', message: 'password=***' },
    });
    expect(first?.raw).toBe(lines.slice(0, 4).join('\n').replace('hunter2', '***'));
    expect(second).toMatchObject({ message: 'ready', raw: lines[4] });
    expect(rest).toEqual([]);
  });
});
