import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { alertRow, labelsOf } from '../../../domain/alerts/alertRow.fixture';
import { groupAlerts } from '../../../domain/alerts/group';
import { ALERT_HEIGHT, GROUP_HEIGHT, groupKey, itemTop, listItems, listPart } from './listLayout';

const ALERTS = Array.from({ length: 50 }, (_, n) =>
  alertRow({ labels: labelsOf(`A${n % 3}`, { device_id: `D${n}` }) }),
);
const GROUPS = groupAlerts(ALERTS, 'alertname');
const HEIGHTS = { alert: ALERT_HEIGHT, details: 300 };
const NOTHING = new Set<string>();

describe('listItems', () => {
  it('has a heading for each group, unless there are no groups', () => {
    expect(listItems(GROUPS, true, NOTHING, null)).toHaveLength(53);
    expect(listItems(groupAlerts(ALERTS, ''), false, NOTHING, null)).toHaveLength(50);
  });

  it('shows of a closed group the heading only', () => {
    const [first] = GROUPS;
    if (first === undefined) throw new Error('no group');
    const items = listItems(GROUPS, true, new Set([groupKey(first)]), null);
    expect(items).toHaveLength(53 - first.alerts.length);
    expect(items[0]).toMatchObject({ kind: 'group', closed: true });
  });

  it('puts the details below their alert', () => {
    const open = ALERTS[4]?.fingerprint ?? '';
    const items = listItems(GROUPS, true, NOTHING, open);
    const place = items.findIndex(({ kind }) => kind === 'details');
    expect(items[place - 1]).toMatchObject({ kind: 'alert', key: open });
  });
});

describe('listPart', () => {
  const items = listItems(GROUPS, true, NOTHING, ALERTS[4]?.fingerprint ?? '');

  it('keeps the height of the whole list, and draws what is in sight', () => {
    const whole = itemTop(items, items.length, HEIGHTS);
    expect(whole).toBe(3 * GROUP_HEIGHT + 50 * ALERT_HEIGHT + 300);
    fc.assert(
      fc.property(
        fc.integer({ min: -100, max: whole + 500 }),
        fc.integer({ min: 0, max: 900 }),
        (top, box) => {
          const part = listPart(items, top, box, HEIGHTS);
          const drawn = itemTop(part.items, part.items.length, HEIGHTS);
          expect(part.above + drawn + part.below).toBe(whole);
          expect(part.above).toBeLessThanOrEqual(Math.max(0, top));
          expect(part.above + drawn).toBeGreaterThanOrEqual(Math.min(Math.max(0, top) + box, whole));
          if (part.items.length > 0) expect(part.items[0]).toBe(items[part.first]);
        },
      ),
    );
  });

  it('draws few of many', () => {
    expect(listPart(items, 0, 300, HEIGHTS).items.length).toBeLessThan(20);
  });
});
