import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSysValue, SYS_SAMPLES } from './sys-topics.ts';

const CAPTURE = readFileSync(join(import.meta.dirname, '../../../test/captures/broker-sys.txt'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => /^\$SYS\/broker\/(retained messages\/\S+|\S+) (.*)$/.exec(line));

describe('parseSysValue', () => {
  it.each([
    ['11 seconds', 11],
    ['34694', 34694],
    ['2294.17', 2294.17],
    [' 0 ', 0],
    ['-1', -1],
  ])('%s', (text, value) => {
    expect(parseSysValue(text)).toBe(value);
  });

  it.each(['', 'mosquitto version 2.0.11', 'NaN', '1e3', '11 minutes', '1 2'])(
    'gives nothing for %p',
    (text) => {
      expect(parseSysValue(text)).toBeNull();
    },
  );
});

describe('SYS_SAMPLES', () => {
  it('finds every exposed statistic in what mosquitto really sends', () => {
    const sent = new Map(CAPTURE.map((match) => [match?.[1] ?? '', match?.[2] ?? ''] as const));
    expect(sent.size).toBe(53);
    const read = [...SYS_SAMPLES.keys()].map((name) => [name, parseSysValue(sent.get(name) ?? '')]);
    expect(Object.fromEntries(read)).toEqual({
      uptime: 11,
      'clients/connected': 13,
      'clients/disconnected': 0,
      'clients/total': 13,
      'clients/maximum': 13,
      'publish/messages/received': 113,
      'publish/messages/sent': 15,
      'publish/messages/dropped': 0,
      'bytes/received': 34694,
      'bytes/sent': 37202,
      'subscriptions/count': 6,
      'store/messages/count': 53,
    });
  });
});
