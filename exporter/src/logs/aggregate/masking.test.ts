import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { expectQuick } from '../../../test/support/quick.ts';
import { createMasker } from './masking.ts';
import { templateOf } from './pattern.ts';

const masker = createMasker();

function template(text: string): string {
  masker.scan(text);
  return templateOf(masker.masked());
}

describe('masking', () => {
  it.each([
    ['Connection refused by 10.0.0.7:5432', 'Connection refused by <*>'],
    ['took 12.5 ms, 60%, 300s, 4KiB', 'took <*> ms, <*>%, <*>'],
    ['2026-11-22 23:30:32,123 started', '<*> started'],
    ['at 2026-11-22T23:30:32.123Z and 2026-11-22T23:30:32+02:00', 'at <*> and <*>'],
    ['id 05f53535-c486-b498-68a9-11f2801ee48b gone', 'id <*> gone'],
    ['commit 7f9c8d6b5 and 0x1f', 'commit <*> and <*>'],
    ['Simulating device failure for GATEWAY_001', 'Simulating device failure for <*>'],
    ['mock_device_1008 and MOCK-1000 speak', '<*> and <*> speak'],
    ['relation "devices" does not exist', 'relation "<*>" does not exist'],
    ["'dict' object can't do", "'<*>' object can't do"],
    ['u\'valtronics_user\' and b"x"', 'u\'<*>\' and b"<*>"'],
    ['user1234 at node17 by sha256', '<*> at node17 by sha256'],
    ['{"level": "high", "n": 3}', '{"level": "<*>", "n": <*>}'],
    ['GET /api/v1/devices/1001/status 4xx', 'GET /api/v1/devices/<*>/status 4xx'],
    ['auto-05F53535-C486-B498-68A9-11F2801EE48B left', '<*> left'],
    [
      'deadbeef and facade are words, utf-8 and python3 too',
      'deadbeef and facade are words, utf-8 and python3 too',
    ],
    ['telemetry.mqtt_handler: done', 'telemetry.mqtt_handler: done'],
    ['values 1, 2, 3 and 4/5', 'values <*> and <*>'],
    ['first line\nsecond line', 'first line'],
    ['an "unclosed quote', 'an "unclosed quote'],
    ['Gerät 17 überhitzt', 'Gerät <*> überhitzt'],
    ['', ''],
    ['--- ***', '--- ***'],
  ])('of %j is %j', (text, expected) => expect(template(text)).toBe(expected));

  it('cuts what is too long rather than leaving it out', () => {
    const words = template(Array.from({ length: 100 }, () => 'word').join(' '));
    expect(words).toBe(`${Array.from({ length: 80 }, () => 'word').join(' ')}…`);
    expect(template(`${'x'.repeat(2990)} yes and no`)).toMatch(/x yes and n…$/);
  });

  it('gives lines of one shape the same number, and others another', () => {
    const same = ['read 1 of 10.0.0.1', 'read 2222 of 192.168.100.100', 'read  7 (of) 8.8.8.8:53'];
    expect(new Set(same.map((text) => masker.scan(text))).size).toBe(1);
    const others = ['read 1', 'read', 'rea d 1', 'read 1 off 2', 'of 1 read 2', ''];
    expect(new Set([...same, ...others].map((text) => masker.scan(text))).size).toBe(7);
  });

  it('takes any text: every character outside of variable parts is kept, and the same text masks alike', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.stringMatching(/^[ab1"'\\.:\-/ =é]{0,200}$/),
    );
    fc.assert(
      fc.property(text, (line) => {
        const shape = masker.scan(line);
        const { words, gaps } = masker.masked();
        expect(gaps).toHaveLength(words.length + 1);
        expect(Number.isSafeInteger(shape)).toBe(true);
        expect(createMasker().scan(line)).toBe(shape);
        let at = 0;
        let kept = true;
        const [first = ''] = line.split('\n', 1);
        for (const [index, gap] of gaps.entries()) {
          const word = words[index];
          for (const part of word === undefined || word === '<*>' ? [gap] : [gap, word]) {
            const found = part.endsWith('…') ? at : first.indexOf(part, at);
            kept &&= found >= at;
            at = found + (part.endsWith('…') ? 0 : part.length);
          }
        }
        expect(kept).toBe(true);
      }),
      { seed: 7 },
    );
  });

  it('needs time in proportion to the text, whatever it is made of', () => {
    // Quotes that never close, and some that close nothing: a scan that looked again for each would not end.
    for (const unit of ["'a'b ", '"', "\\'", "'x:", '1.', '":']) {
      const text = unit.repeat(1_000_000);
      expectQuick(() => expect(Number.isSafeInteger(masker.scan(text))).toBe(true));
    }
  });
});
