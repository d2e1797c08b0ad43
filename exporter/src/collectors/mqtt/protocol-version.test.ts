import { describe, expect, it } from '@jest/globals';
import type { LinkEnd } from './link.ts';
import { createProtocolChoice } from './protocol-version.ts';

const SILENT: LinkEnd = { accepted: false, code: undefined, error: undefined };
const REFUSED: LinkEnd = { accepted: false, code: 132, error: new Error('unsupported protocol version') };
const LOST: LinkEnd = { accepted: true, code: undefined, error: undefined };
const UNREACHABLE: LinkEnd = { accepted: false, code: undefined, error: new Error('connect ECONNREFUSED') };

/** The versions of the first attempt and of those after each end. */
function versions(...ends: LinkEnd[]): number[] {
  const choice = createProtocolChoice();
  return [choice.version(), ...ends.map((end) => (choice.ended(end), choice.version()))];
}

describe('the version of MQTT', () => {
  it('is 5 again after the broker closed once without a word', () => {
    expect(versions(SILENT)).toEqual([5, 5]);
  });

  it('is 3.1.1 now and then while the broker stays silent, never for good', () => {
    expect(versions(...Array.from({ length: 7 }, () => SILENT))).toEqual([5, 5, 4, 5, 5, 4, 5, 5]);
  });

  it('is 3.1.1 at once after a refusal of 5, and 5 is tried again after the connection', () => {
    const choice = createProtocolChoice();
    expect(choice.ended(REFUSED)).toBe(true);
    expect([choice.version(), choice.isDoubtful()]).toEqual([4, false]);
    expect(choice.ended(LOST)).toBe(false);
    expect(choice.version()).toBe(5);
  });

  it('stays 5 while the broker cannot be reached', () => {
    expect(versions(UNREACHABLE, UNREACHABLE, SILENT, UNREACHABLE)).toEqual([5, 5, 5, 5, 5]);
  });

  it('does not turn in a circle when both are refused', () => {
    const choice = createProtocolChoice();
    expect([choice.ended(REFUSED), choice.ended(REFUSED), choice.ended(REFUSED)]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('is doubtful where 3.1.1 was only tried', () => {
    const choice = createProtocolChoice();
    choice.ended(SILENT);
    expect(choice.isDoubtful()).toBe(false);
    choice.ended(SILENT);
    expect(choice.isDoubtful()).toBe(true);
    choice.ended(LOST);
    expect(choice.isDoubtful()).toBe(false);
  });
});
