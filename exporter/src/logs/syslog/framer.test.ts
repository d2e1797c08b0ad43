import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createFramer, type Frame } from './framer.ts';

const LIMIT = 64;

/** Frames of the chunks. */
function cut(...chunks: (string | Buffer)[]): Frame[] {
  const framer = createFramer(LIMIT);
  return [...chunks.flatMap((chunk) => framer.push(Buffer.from(chunk))), ...framer.end()];
}
const texts = (frames: readonly Frame[]): string[] => frames.map(({ text }) => text);

describe('a stream of messages', () => {
  it('is cut by lines', () => {
    expect(texts(cut('<1>a\n<1>b\r\n\n<1>c'))).toEqual(['<1>a', '<1>b', '<1>c']);
    expect(texts(cut('no priority\n12 monkeys\n'))).toEqual(['no priority', '12 monkeys']);
  });

  it('is cut by counts of octets, line feeds within and ends of lines between included', () => {
    expect(texts(cut('6 <1>a\nb\n6 <1>c\nd\n\n5 <1>é x'))).toEqual(['<1>a\nb', '<1>c\nd', '<1>é', 'x']);
    expect(texts(cut('5 <1>ab4 <1>c<1>line\n'))).toEqual(['<1>ab', '<1>c', '<1>line']);
  });

  it('has what is too long cut and flagged, and goes on behind it', () => {
    const long = 'x'.repeat(LIMIT * 3);
    const flagged = { text: `<1>${'x'.repeat(LIMIT - 3)}`, truncated: true };
    const after = { text: '<1>after', truncated: false };
    expect(cut(`<1>${long}\n<1>after\n`)).toEqual([flagged, after]);
    expect(cut(`<1>${long.slice(0, 100)}`, long, '\n<1>after\n')).toEqual([flagged, after]);
    expect(cut(`${long.length + 3} <1>${long}8 <1>after`)).toEqual([flagged, after]);
    expect(cut(`${long.length + 3} <1>${long.slice(0, 90)}`, long.slice(90), '8 <1>after')).toEqual([
      flagged,
      after,
    ]);
  });

  it('says whether a message is under way, and flags a counted one that ends too early', () => {
    const framer = createFramer(LIMIT);
    framer.push(Buffer.from('9 <1>ab'));
    expect(framer.isWithin).toBe(true);
    expect(framer.end()).toEqual([{ text: '<1>ab', truncated: true }]);
    framer.push(Buffer.from('<1>a\n'));
    expect(framer.isWithin).toBe(false);
  });

  it('is cut alike however it comes in pieces', () => {
    const message = fc.stringMatching(/^<1>[a-z0-9 é\n]{0,100}$/).map((text) => text.trimEnd());
    const counted = message.map((text) => `${Buffer.byteLength(text)} ${text}`);
    const line = message.map((text) => `${text.replaceAll('\n', '')}\n`);
    const stream = fc
      .array(fc.oneof(counted, line), { maxLength: 8 })
      .map((parts) => Buffer.from(parts.join('')));
    fc.assert(
      fc.property(
        fc.oneof(
          stream,
          fc.uint8Array({ maxLength: 300 }).map((b) => Buffer.from(b)),
        ),
        fc.array(fc.nat(299)),
        (bytes, cuts) => {
          const places = [0, ...new Set(cuts.filter((at) => at < bytes.length)), bytes.length].sort(
            (a, b) => a - b,
          );
          const pieces = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
          const whole = cut(bytes);
          expect(cut(...pieces)).toEqual(whole);
          for (const { text } of whole) expect(text.length).toBeLessThanOrEqual(LIMIT);
        },
      ),
      { seed: 7, numRuns: 500 },
    );
  });
});
