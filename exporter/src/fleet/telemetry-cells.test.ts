import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CellTable } from './telemetry-cells.ts';
import { NONE } from './device-table.ts';

describe('CellTable', () => {
  it('finds nothing in an empty chain', () => {
    expect(new CellTable().find(NONE, 3)).toBe(NONE);
    expect(new CellTable().length(NONE)).toBe(0);
  });

  it('behaves as a map for each device, and uses freed cells again', () => {
    const step = fc.record({ device: fc.nat(2), metric: fc.nat(5), add: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const table = new CellTable();
        const firsts = [NONE, NONE, NONE];
        const maps = [new Map<number, number>(), new Map<number, number>(), new Map<number, number>()];
        let most = 0;
        for (const [value, { device, metric, add }] of steps.entries()) {
          const first = firsts[device] ?? NONE;
          const map = maps[device] ?? new Map<number, number>();
          const cell = table.find(first, metric);
          expect(cell !== NONE).toBe(map.has(metric));
          if (add && cell === NONE) {
            const made = table.add(device, first, metric, 0);
            table.value.set(made, value);
            firsts[device] = made;
            map.set(metric, value);
          } else if (!add && cell !== NONE) {
            expect(table.value.get(cell)).toBe(map.get(metric));
            firsts[device] = table.remove(first, cell);
            map.delete(metric);
          }
          most = Math.max(
            most,
            maps.reduce((sum, { size }) => sum + size, 0),
          );
          for (const [row, known] of maps.entries())
            expect(table.length(firsts[row] ?? NONE)).toBe(known.size);
        }
        expect(table.size).toBe(most);
      }),
    );
  });
});
