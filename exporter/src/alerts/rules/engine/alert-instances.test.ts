import { describe, expect, it } from '@jest/globals';
import { type Instances, nextInstances } from './alert-instances.ts';

const NONE: Instances = new Map();
const MINUTE = 60_000;
const HELD = { labels: { job: 'api' }, annotations: {}, value: 1 };

/** State after each evaluation, a minute apart: `-` none, `p` pending, `f` firing. */
function course(
  holds: string,
  options: { holdFor?: number; keepFiringFor?: number; patientUntil?: number },
  before: Instances = NONE,
): string {
  const { holdFor = 0, keepFiringFor = 0, patientUntil } = options;
  let instances = before;
  return Array.from(holds)
    .map((mark, minute) => {
      const holding = mark === '1' ? [HELD] : [];
      instances = nextInstances(
        instances,
        holding,
        minute * MINUTE,
        { holdFor, keepFiringFor },
        patientUntil,
      );
      const [instance] = instances.values();
      return instance === undefined ? '-' : instance.state.slice(0, 1);
    })
    .join('');
}

describe('nextInstances', () => {
  it('fires at once without a holding time, and ends with its condition', () => {
    expect(course('0110', {})).toBe('-ff-');
  });

  it('fires once the condition has held long enough without a break', () => {
    expect(course('111011110', { holdFor: 2 * MINUTE })).toBe('ppf-ppff-');
  });

  it('goes on firing for the wanted time, which begins anew with every return', () => {
    expect(course('1000100000', { keepFiringFor: 3 * MINUTE })).toBe('ffffffff--');
  });

  it('keeps what is pending not a moment longer', () => {
    expect(course('110', { holdFor: 5 * MINUTE, keepFiringFor: 5 * MINUTE })).toBe('pp-');
  });

  it('believes what fired before a restart until there is enough history', () => {
    const before = nextInstances(NONE, [HELD], -MINUTE, { holdFor: 0, keepFiringFor: 0 });
    expect(course('00000', { holdFor: 9 * MINUTE, patientUntil: 3 * MINUTE }, before)).toBe('fff--');
  });

  it('remembers since when, and takes the newest value and words', () => {
    const options = { holdFor: MINUTE, keepFiringFor: 0 };
    const first = nextInstances(NONE, [HELD], 1000, options);
    const second = nextInstances(
      first,
      [{ ...HELD, value: 2, annotations: { a: 'b' } }],
      1000 + MINUTE,
      options,
    );
    expect([...second.values()]).toEqual([
      {
        ...{ labels: HELD.labels, annotations: { a: 'b' }, value: 2, state: 'firing' },
        ...{ activeAt: 1000, firedAt: 1000 + MINUTE, keptSince: null },
      },
    ]);
  });
});
