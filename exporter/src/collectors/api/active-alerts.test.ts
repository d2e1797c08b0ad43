import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AlertGroup } from '../../platform-alerts/alert-rows.ts';
import { reconcileActive } from './active-alerts.ts';

const group = (severity: string, alertType: string, count: number): AlertGroup => ({
  severity,
  alertType,
  count,
});

describe('reconcileActive', () => {
  it('leaves alone what agrees', () => {
    const paged = [group('warning', 'threshold', 3), group('critical', 'system', 1)];
    const result = reconcileActive(paged, new Map(Object.entries({ warning: 3, critical: 1, info: 0 })));
    expect(result).toEqual(paged);
  });

  it('gives rows that were not paged the type other', () => {
    expect(reconcileActive([group('warning', 'a', 2)], new Map([['warning', 5]]))).toEqual([
      group('warning', 'a', 2),
      group('warning', 'other', 3),
    ]);
    expect(reconcileActive([group('warning', 'other', 2)], new Map([['warning', 5]]))).toEqual([
      group('warning', 'other', 5),
    ]);
    expect(reconcileActive([], new Map([['emergency', 1]]))).toEqual([group('emergency', 'other', 1)]);
  });

  it('takes what was resolved from the largest type', () => {
    const paged = [group('warning', 'a', 2), group('warning', 'b', 5), group('info', 'c', 1)];
    expect(reconcileActive(paged, new Map([['warning', 4]]))).toEqual([
      group('warning', 'a', 2),
      group('warning', 'b', 2),
    ]);
  });

  it('believes the paging when there are no counts', () => {
    expect(reconcileActive([group('warning', 'a', 2)], undefined)).toEqual([group('warning', 'a', 2)]);
  });

  it('always has the counts as sums', () => {
    const severity = fc.constantFrom('critical', 'warning', 'info', 'x');
    const groups = fc.uniqueArray(
      fc.record({ severity, alertType: fc.constantFrom('a', 'b', 'other'), count: fc.nat(9) }),
      { selector: (g) => `${g.severity} ${g.alertType}` },
    );
    fc.assert(
      fc.property(groups, fc.dictionary(severity, fc.nat(20)), (paged, totals) => {
        const sums: Record<string, number> = {};
        for (const g of reconcileActive(paged, new Map(Object.entries(totals)))) {
          expect(g.count).toBeGreaterThan(0);
          sums[g.severity] = (sums[g.severity] ?? 0) + g.count;
        }
        expect(sums).toEqual(Object.fromEntries(Object.entries(totals).filter(([, value]) => value > 0)));
      }),
    );
  });
});
