import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hintsIn, MAY_HOLD_ID, MAY_HOLD_SECRET, MAY_NAME_DEVICE } from './hints.ts';
import { SECRET_NAMES } from './secret-names.ts';
import { maskSecrets } from './secrets.ts';

/** Masks without asking for hints first: every text with an `@` is looked at closely when e-mail addresses are masked. */
function maskWithoutHints(text: string): string {
  return maskSecrets(`@\n${text}`, { emails: true }).slice(2);
}

describe('hints', () => {
  it.each([
    ['password=x', MAY_HOLD_SECRET],
    ['PWD=x', MAY_HOLD_SECRET],
    ['"x-api-key": "a"', MAY_HOLD_SECRET],
    ['apikey:a', MAY_HOLD_SECRET],
    ['postgres://a:b@c', MAY_HOLD_SECRET],
    ['trace_id=1', MAY_HOLD_ID],
    ['X-REQUEST-ID: 1', MAY_HOLD_ID],
    ['Device A_001', MAY_NAME_DEVICE],
    ['valtronics/A_001/status', MAY_NAME_DEVICE],
    ['token of a device', MAY_HOLD_SECRET | MAY_NAME_DEVICE],
    ['keyboard, a service', 0],
    ['http://host/path', 0],
    ['a@b', 0],
    ['', 0],
    ['pas', 0],
  ])('%s', (text, bits) => {
    expect(hintsIn(text)).toBe(bits);
  });

  it('are found wherever they stand in a long text', () => {
    for (const front of [0, 1, 2, 3, 8_180, 16_370])
      for (let more = 0; more < 16; more++)
        expect(hintsIn(`${'.'.repeat(front + more)}Trace${'.'.repeat(more)}`)).toBe(MAY_HOLD_ID);
    expect(hintsIn('.'.repeat(20_000))).toBe(0);
  });

  it('miss no secret, whatever stands around its name', () => {
    const around = fc.string({
      unit: fc.constantFrom(' ', '"', "'", '=', ':', '&', '?', '_', '-', '.', 'a', 'Z', '{', '(', ','),
      maxLength: 6,
    });
    const name = fc
      .constantFrom(...SECRET_NAMES, 'bearer', 'basic')
      .chain((word) => fc.constantFrom(word, word.toUpperCase()));
    const text = fc
      .tuple(around, name, around, fc.constantFrom('s3cr3t-value', 'dXNlcjpwYXNz', '"x"'), around)
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (line) => {
        expect(maskSecrets(line)).toBe(maskWithoutHints(line));
      }),
      { numRuns: 2000 },
    );
  });
});
