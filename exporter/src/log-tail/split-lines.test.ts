import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { splitLines } from './split-lines.ts';

const LIMIT = 12;

/** Feeds the bytes in pieces as a reader does: what was not consumed comes again in front of the next piece. */
function splitInPieces(bytes: Buffer, sizes: readonly number[]): { lines: string[]; tooLong: number } {
  const lines: string[] = [];
  let tooLong = 0;
  let skipping = false;
  let rest = Buffer.alloc(0);
  let position = 0;
  for (let piece = 0; position < bytes.length; piece++) {
    const size = sizes[piece % sizes.length] ?? 1;
    rest = Buffer.concat([rest, bytes.subarray(position, position + size)]);
    position += size;
    const result = splitLines(rest, skipping, LIMIT);
    lines.push(...result.lines);
    tooLong += result.tooLong;
    skipping = result.skipping;
    rest = rest.subarray(result.consumed);
  }
  return { lines, tooLong };
}

describe('splitLines', () => {
  it('gives complete lines and leaves the unfinished one', () => {
    const result = splitLines(Buffer.from('a\nbc\nde'), false, LIMIT);
    expect(result).toEqual({ lines: ['a', 'bc'], consumed: 5, tooLong: 0, skipping: false });
  });

  it('takes CRLF for one line end and leaves empty lines out', () => {
    expect(splitLines(Buffer.from('a\r\n\r\n\nb\n'), false, LIMIT).lines).toEqual(['a', 'b']);
  });

  it('keeps a carriage return that ends no line', () => {
    expect(splitLines(Buffer.from('a\rb\n'), false, LIMIT).lines).toEqual(['a\rb']);
  });

  it('counts a line over the limit once, however many pieces it comes in', () => {
    const bytes = Buffer.from(`ok\n${'x'.repeat(100)}\nend\n`);
    expect(splitInPieces(bytes, [1])).toEqual({ lines: ['ok', 'end'], tooLong: 1 });
    expect(splitInPieces(bytes, [1000])).toEqual({ lines: ['ok', 'end'], tooLong: 1 });
  });

  it('takes a line of exactly the limit', () => {
    expect(splitLines(Buffer.from(`${'x'.repeat(LIMIT)}\n`), false, LIMIT).lines).toEqual([
      'x'.repeat(LIMIT),
    ]);
  });

  it('passes over the hole at the start of a file that was cut under its writer', () => {
    expect(splitInPieces(Buffer.from(`${'\0'.repeat(50)}after\n`), [7])).toEqual({
      lines: ['after'],
      tooLong: 0,
    });
  });

  it('survives bytes that are no UTF-8', () => {
    expect(splitLines(Buffer.from([0xff, 0xfe, 0x0a, 0x61, 0x0a]), false, LIMIT).lines).toEqual(['��', 'a']);
  });

  it('gives the same lines whatever the pieces are, characters of several bytes included', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'ü', '温', '🌡', '\n', '\r', '\0'), maxLength: 80 });
    const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(text, sizes, (content, pieces) => {
        const bytes = Buffer.from(content);
        expect(splitInPieces(bytes, pieces)).toEqual(splitInPieces(bytes, [1000]));
      }),
    );
  });
});
