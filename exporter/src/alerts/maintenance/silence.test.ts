import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { T0 } from '../../../test/support/alerts.ts';
import { alternatives, CREATED_BY, silenceKey, silencesOf } from './silence.ts';
import type { MaintenanceWindow } from './maintenance-window.ts';

const ID = '3f6c1b1e-0000-4000-8000-000000000001';
const window: MaintenanceWindow = {
  ...{ id: ID, devices: ['MOCK-1', 'a.b|c'], deviceTypes: ['pump'], locations: [] },
  ...{ startsAt: T0, endsAt: T0 + 1000, createdAt: T0, comment: 'new fan', endedBy: null },
  createdBy: { kind: 'grafana', name: 'ana' },
};

describe('alternatives', () => {
  it('match exactly the texts, whatever is in them', () => {
    expect(alternatives(['a.b', 'c|d'])).toBe(String.raw`a\.b|c\|d`);
    const text = fc.string({ minLength: 1, unit: 'grapheme-ascii' });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), text, (texts, other) => {
        // Alertmanager anchors its expressions so.
        const pattern = new RegExp(`^(?:${alternatives(texts)})$`, 's');
        expect(texts.every((one) => pattern.test(one))).toBe(true);
        expect(pattern.test(other)).toBe(texts.includes(other));
      }),
    );
  });
});

describe('the silences of a window', () => {
  it('are one for each of its lists, and one for the devices of types and locations', () => {
    const made = silencesOf(window, ['MOCK-7', 'MOCK-8']);
    expect(made.map(({ part, silence }) => [part, silence.matchers])).toEqual([
      ['devices', [{ name: 'device_id', value: String.raw`MOCK-1|a\.b\|c`, isRegex: true, isEqual: true }]],
      ['types', [{ name: 'device_type', value: 'pump', isRegex: true, isEqual: true }]],
      ['members', [{ name: 'device_id', value: 'MOCK-7|MOCK-8', isRegex: true, isEqual: true }]],
    ]);
    expect(made[0]?.silence).toMatchObject({
      startsAt: '2026-11-23T14:00:00.000Z',
      endsAt: '2026-11-23T14:00:01.000Z',
      createdBy: 'valtronics',
      comment: `Valtronics maintenance ${ID}/devices: new fan, by ana`,
    });
    expect(silencesOf({ ...window, devices: [], deviceTypes: [], locations: ['Lab B'] }, [])).toMatchObject([
      { part: 'locations', silence: { matchers: [{ name: 'location' }] } },
    ]);
  });

  it('are known again by what they say', () => {
    for (const { part, silence } of silencesOf(window, ['MOCK-7']))
      expect(silenceKey(silence)).toEqual({ id: ID, part });
  });

  it.each([
    ['made by somebody else', { createdBy: 'ana', comment: `Valtronics maintenance ${ID}/devices: x` }],
    ['about something else', { createdBy: CREATED_BY, comment: 'new fan' }],
    [
      'of a part that there is not',
      { createdBy: CREATED_BY, comment: `Valtronics maintenance ${ID}/all: x` },
    ],
    [
      'that only quotes one',
      { createdBy: CREATED_BY, comment: `see Valtronics maintenance ${ID}/devices: x` },
    ],
  ])('are not one %s', (_what, silence) => expect(silenceKey(silence)).toBeUndefined());
});
