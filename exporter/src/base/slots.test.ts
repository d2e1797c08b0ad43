import { describe, expect, it } from '@jest/globals';
import { Slots } from './slots.ts';

describe('slots', () => {
  it('hold what was added and not removed', () => {
    const slots = new Slots<string>();
    const [a, b] = [slots.add('a'), slots.add('b')];
    slots.remove(a);
    expect([[...slots], slots.size]).toEqual([['b'], 1]);
    slots.add('c');
    expect([...slots].sort()).toEqual(['b', 'c']);
    slots.remove(b);
    expect([[...slots], slots.size]).toEqual([['c'], 1]);
  });

  it('grow no further than what is there at once', () => {
    const slots = new Slots<number>();
    const numbers = new Set<number>();
    for (let item = 0; item < 100; item++) {
      const slot = slots.add(item);
      numbers.add(slot);
      slots.remove(slot);
    }
    expect(numbers.size).toBe(1);
    expect(slots.size).toBe(0);
  });

  it('may be emptied while they are looked through', () => {
    const slots = new Slots<number>();
    const places = Array.from({ length: 10 }, (_, item) => slots.add(item));
    const seen: number[] = [];
    for (const item of slots) {
      seen.push(item);
      slots.remove(places[item] ?? -1);
    }
    expect(seen).toHaveLength(10);
    expect(slots.size).toBe(0);
  });
});
