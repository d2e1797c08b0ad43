import { describe, expect, it } from '@jest/globals';
import { alertRow, labelsOf } from '../../../domain/alerts/alertRow.fixture';
import { parseMatchers } from '../../../domain/alerts/matchers';
import { previewSilence, writtenMatchers } from './silenceDraft';
import { silenceEnd } from './silenceTimes';

const ALERTS = [
  alertRow({ labels: labelsOf('A', { device_id: 'D1' }) }),
  alertRow({ labels: labelsOf('B', { device_id: 'D2' }) }),
];
const EMPTY = { name: '', value: '', isRegex: false, isEqual: true };

describe('previewSilence', () => {
  it('names what the matchers match', () => {
    expect(previewSilence([...parseMatchers('device_id=~"D."'), EMPTY], ALERTS)).toEqual({
      kind: 'alerts',
      alerts: ALERTS,
    });
    expect(previewSilence(parseMatchers('alertname="C"'), ALERTS)).toEqual({ kind: 'alerts', alerts: [] });
  });

  it.each([
    ['nothing', [EMPTY]],
    ['noName', [{ ...EMPTY, value: 'x' }]],
    ['matchesAll', parseMatchers('alertname=~".*"')],
    ['matchesAll', parseMatchers('alertname!="A"')],
  ])('knows what Alertmanager refuses: %s', (reason, matchers) => {
    expect(previewSilence(matchers, ALERTS)).toEqual({ kind: 'refused', reason });
  });

  it('says what is no expression', () => {
    expect(previewSilence([{ ...EMPTY, name: 'a', value: '(', isRegex: true }], ALERTS)).toMatchObject({
      kind: 'noExpression',
    });
  });

  it('leaves out rows that nobody filled in', () => {
    expect(writtenMatchers([EMPTY, { ...EMPTY, name: ' a ', value: 'b' }])).toEqual([
      { ...EMPTY, name: 'a', value: 'b' },
    ]);
  });
});

describe('silenceEnd', () => {
  const now = Date.parse('2026-11-23T20:15:00Z');

  it.each([
    ['30m', '', now + 1_800_000],
    ['2h', '', now + 7_200_000],
    ['custom', ' 3d ', now + 259_200_000],
    ['custom', '0m', undefined],
    ['custom', 'long', undefined],
    ['tomorrow', '', Date.parse('2026-11-24T09:00:00Z')],
  ] as const)('%s %s', (length, custom, end) => {
    expect(silenceEnd(length, custom, now, 'utc')).toBe(end);
  });

  it('knows tomorrow where the user is', () => {
    expect(silenceEnd('tomorrow', '', Date.parse('2026-11-23T23:30:00Z'), 'Europe/Berlin')).toBe(
      Date.parse('2026-11-25T08:00:00Z'),
    );
  });
});
