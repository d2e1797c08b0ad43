import { describe, expect, it } from '@jest/globals';
import { alertRow, labelsOf } from '../../../domain/alerts/alertRow.fixture';
import type { Silence } from '../../../domain/alerts/silence';
import type { ActionOutcome } from '../../../features/alerts/data/actions';
import {
  finished,
  forgotten,
  marksOf,
  started,
  withNewSilences,
  withOverlays,
  type Overlays,
} from './overlay';

const A = alertRow({ labels: labelsOf('A') });
const B = alertRow({ labels: labelsOf('B'), silencedBy: ['s'] });
const KEYS = [A.fingerprint, B.fingerprint];
const DECISION = { by: 'ana', at: 5, comment: 'mine' };
const TEMPLATE: Silence = {
  ...{ id: '', alertmanager: 'own', state: 'active', matchers: [], startsAt: 1, endsAt: 2 },
  ...{ createdBy: 'ana', comment: 'known' },
};
const NONE: Overlays = new Map();

const done = (key: string): ActionOutcome => ({ key, refusal: null });
const refused = (key: string): ActionOutcome => ({ key, refusal: { kind: 'said', words: 'no' } });

describe('overlays', () => {
  it('show at once what is asked for, and that it is under way', () => {
    const overlays = started(NONE, KEYS, 'acknowledge', DECISION);
    expect(withOverlays([A, B], overlays, 1)).toMatchObject([
      { state: 'acknowledged', acknowledgement: DECISION },
      { state: 'acknowledged' },
    ]);
    expect(marksOf(overlays).get(A.fingerprint)).toEqual({ kind: 'sending', action: 'acknowledge' });
  });

  it('keep what was done until a newer picture, and take back what was refused', () => {
    const asked = started(NONE, KEYS, 'resolve', DECISION);
    const overlays = finished(asked, [done(A.fingerprint), refused(B.fingerprint)], 10);
    expect(withOverlays([A, B], overlays, 9)).toMatchObject([{ state: 'resolved' }, { state: 'active' }]);
    expect(withOverlays([A, B], overlays, 11)).toEqual([A, B]);
    expect([...marksOf(overlays)]).toEqual([
      [B.fingerprint, { kind: 'refused', action: 'resolve', refusal: { kind: 'said', words: 'no' } }],
    ]);
  });

  it('know silences', () => {
    const silenced = withOverlays([A], started(NONE, KEYS, 'silence', DECISION), 1);
    expect(silenced[0]?.silencedBy).toHaveLength(1);
    const expired = withOverlays([B], started(NONE, KEYS, 'expire', DECISION), 1);
    expect(expired[0]?.silencedBy).toEqual([]);
  });

  it('forget a refusal when it is tried again', () => {
    const asked = finished(started(NONE, KEYS, 'resolve', DECISION), [refused(A.fingerprint)], 10);
    const again = started(asked, [A.fingerprint], 'acknowledge', DECISION);
    expect(marksOf(again).get(A.fingerprint)).toEqual({ kind: 'sending', action: 'acknowledge' });
  });

  it('leave alerts alone that nobody asked anything of', () => {
    expect(withOverlays([A], finished(NONE, [done(A.fingerprint)], 1), 0)).toEqual([A]);
  });

  it('show the silences that were made until a picture has them', () => {
    const made = { ...TEMPLATE, id: 'made' };
    const asked = started(NONE, [A.fingerprint], 'silence', DECISION);
    const overlays = finished(asked, [{ ...done(A.fingerprint), silences: [made] }], 10);
    expect(withOverlays([A], overlays, 9)[0]?.silencedBy).toEqual(['made']);
    expect(withNewSilences([], overlays)).toEqual([made]);
    const newer = { ...made, comment: 'as it is now' };
    expect(withNewSilences([newer], overlays)).toEqual([newer]);
  });

  it('leave what was not begun as it was', () => {
    const asked = started(NONE, KEYS, 'expire', DECISION);
    expect(withOverlays([A, B], forgotten(asked, KEYS), 1)).toEqual([A, B]);
  });
});
