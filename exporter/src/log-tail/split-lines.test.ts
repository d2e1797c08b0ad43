import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type SplitLines, splitLines, type TailedLine } from './split-lines.ts';

const LIMIT = 12;

const textsOf = ({ lines }: Pick<SplitLines, 'lines'>): string[] => lines.map(({ text }) => text);

/** Feeds the bytes in pieces as a reader does: what was not consumed comes again in front of the next piece. */
function splitInPieces(bytes: Buffer, sizes: readonly number[]): Pick<SplitLines, 'lines'> {
  const lines: TailedLine[] = [];
  let skipping = false;
  let consumed = 0;
  let rest = Buffer.alloc(0);
  let position = 0;
  for (let piece = 0; position < bytes.length; piece++) {
    const size = sizes[piece % sizes.length] ?? 1;
    rest = Buffer.concat([rest, bytes.subarray(position, position + size)]);
    position += size;
    const result = splitLines(rest, skipping, LIMIT, consumed);
    lines.push(...result.lines);
    skipping = result.skipping;
    consumed += result.consumed;
    rest = rest.subarray(result.consumed);
  }
  return { lines };
}

describe('splitLines', () => {
  it('gives complete lines and leaves the unfinished one', () => {
    const result = splitLines(Buffer.from('a\nbc\nde'), false, LIMIT);
    expect(result).toEqual({
      lines: [
        { text: 'a', offset: 0, truncated: false },
        { text: 'bc', offset: 2, truncated: false },
      ],
      consumed: 5,
      skipping: false,
    });
  });

  it('takes CRLF for one line end and leaves empty lines out', () => {
    expect(textsOf(splitLines(Buffer.from('a\r\n\r\n\nb\n'), false, LIMIT))).toEqual(['a', 'b']);
  });

  it('keeps a carriage return that ends no line', () => {
    expect(textsOf(splitLines(Buffer.from('a\rb\n'), false, LIMIT))).toEqual(['a\rb']);
  });

  it('cuts a line over the limit and gives it once, however many pieces it comes in', () => {
    const bytes = Buffer.from(`ok\n${'x'.repeat(100)}\nend\n`);
    const lines = [
      { text: 'ok', offset: 0, truncated: false },
      { text: 'x'.repeat(LIMIT), offset: 3, truncated: true },
      { text: 'end', offset: 104, truncated: false },
    ];
    expect(splitInPieces(bytes, [1])).toEqual({ lines });
    expect(splitInPieces(bytes, [1000])).toEqual({ lines });
  });

  it('cuts before a character that the limit would tear', () => {
    const bytes = Buffer.from(`${'a'.repeat(LIMIT - 2)}🌡🌡🌡\n`);
    expect(textsOf(splitLines(bytes, false, LIMIT))).toEqual(['a'.repeat(LIMIT - 2)]);
  });

  it('cuts bytes that are no UTF-8 at the limit', () => {
    const [line] = splitLines(Buffer.from([...Array<number>(20).fill(0x80), 0x0a]), false, LIMIT).lines;
    expect(line?.truncated).toBe(true);
    expect(line?.text.length).toBeGreaterThan(0);
  });

  it('takes a line of exactly the limit', () => {
    const [line] = splitLines(Buffer.from(`${'x'.repeat(LIMIT)}\n`), false, LIMIT).lines;
    expect(line).toEqual({ text: 'x'.repeat(LIMIT), offset: 0, truncated: false });
  });

  it('passes over the hole at the start of a file that was cut under its writer', () => {
    expect(splitInPieces(Buffer.from(`${'\0'.repeat(50)}after\n`), [7])).toEqual({
      lines: [{ text: 'after', offset: 50, truncated: false }],
    });
  });

  it('survives bytes that are no UTF-8', () => {
    const bytes = Buffer.from([0xff, 0xfe, 0x0a, 0x61, 0x0a]);
    expect(textsOf(splitLines(bytes, false, LIMIT))).toEqual(['��', 'a']);
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
