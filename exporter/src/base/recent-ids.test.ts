import { expect, it } from '@jest/globals';
import { createRecentIds } from './recent-ids.ts';

it('remembers the newest ids, and forgets in bounds', () => {
  const recent = createRecentIds(3);
  const ids = Array.from({ length: 50 }, (_, index) => `id-${index}`);
  for (const [index, id] of ids.entries()) {
    recent.add(id);
    const known = ids.filter((one) => recent.has(one));
    expect(known).toEqual(expect.arrayContaining(ids.slice(Math.max(0, index - 2), index + 1)));
    expect(known.length).toBeLessThanOrEqual(6);
  }
});
