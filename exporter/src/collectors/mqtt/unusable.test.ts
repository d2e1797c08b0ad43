import { describe, expect, it } from '@jest/globals';
import { recordingLogger } from '../../../test/support/http.ts';
import { createUnusableMessages, type UnusableMessages } from './unusable.ts';

const START = Date.UTC(2026, 10, 23);

function start(): {
  messages: UnusableMessages;
  lines: ReturnType<typeof recordingLogger>['lines'];
  time: { passed: number };
} {
  const time = { passed: 0 };
  const logger = recordingLogger();
  const clock = { wall: () => START + time.passed, monotonic: () => time.passed };
  return { messages: createUnusableMessages({ logger, clock }), lines: logger.lines, time };
}

const message = (topic: string, text = 'no json', metric: string | null = null) => {
  const payload = Buffer.from(text);
  return { topic, deviceId: topic, metric, payload, size: payload.length };
};

describe('unusable messages', () => {
  it('are listed newest first, one entry a topic and reason', () => {
    const { messages, time } = start();
    messages.note('bad_json', message('a'));
    time.passed = 1000;
    messages.note('not_finite', message('a', '{"t":NaN}', 't'));
    time.passed = 2000;
    messages.note('bad_json', message('a', 'again'));
    expect(messages.list()).toEqual({
      since: START,
      items: [
        {
          reason: 'bad_json',
          topic: 'a',
          deviceId: 'a',
          metric: null,
          sample: 'again',
          size: 5,
          count: 2,
          firstAt: START,
          lastAt: START + 2000,
        },
        {
          reason: 'not_finite',
          topic: 'a',
          deviceId: 'a',
          metric: 't',
          sample: '{"t":NaN}',
          size: 9,
          count: 1,
          firstAt: START + 1000,
          lastAt: START + 1000,
        },
      ],
    });
  });

  it('are few and short, however many and long they are', () => {
    const { messages, time } = start();
    for (let n = 0; n < 1000; n += 1) {
      time.passed = n;
      messages.note('bad_json', message(`${n}${'x'.repeat(5000)}`, 'ä'.repeat(5000)));
    }
    messages.note('too_large', { ...message('big'), payload: undefined, size: 5_000_000 });
    const { items } = messages.list();
    expect(items).toHaveLength(11);
    expect(items.find(({ topic }) => topic === 'big')).toMatchObject({ sample: null, size: 5_000_000 });
    expect(items.every(({ topic, sample }) => topic.length <= 200 && (sample ?? '').length <= 200)).toBe(
      true,
    );
    expect(items.some(({ topic }) => topic.startsWith('999x'))).toBe(true);
  });

  it('write one line a minute and reason, with the number that it stands for', () => {
    const { messages, lines, time } = start();
    for (let n = 0; n < 500; n += 1) messages.note('bad_json', message('valtronics/A/telemetry'));
    messages.note('empty', message('b', ''));
    time.passed = 61_000;
    messages.note('bad_json', message('valtronics/B/telemetry'));
    expect(
      lines.map(({ level, fields }) => [level, fields['reason'], fields['topic'], fields['messages']]),
    ).toEqual([
      ['warn', 'bad_json', 'valtronics/A/telemetry', 1],
      ['warn', 'empty', 'b', 1],
      ['warn', 'bad_json', 'valtronics/B/telemetry', 500],
    ]);
  });
});
