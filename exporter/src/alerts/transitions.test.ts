import { describe, expect, it } from '@jest/globals';
import { alertContent, decision, T0 } from '../../test/support/alerts.ts';
import type { Alert, AlertContent } from './alert.ts';
import { acknowledge, raise, resolve, TransitionError } from './transitions.ts';

function raised(content: AlertContent = alertContent(), now = T0 + 5, previous?: Alert): Alert {
  return raise(previous, 'f', content, now).alert;
}

describe('raise', () => {
  it('makes a new active alert', () => {
    const content = alertContent({ labels: { instance: 'a' } });
    expect(raise(undefined, 'f', content, T0 + 5)).toEqual({
      kind: 'new',
      alert: {
        ...content,
        sourceTime: content.startsAt,
        count: 1,
        expiresAt: null,
        fingerprint: 'f',
        state: 'active',
        lastSeen: T0 + 5,
        acknowledgement: null,
        firstAcknowledged: null,
        resolution: null,
      },
    });
  });

  it('sees an open one again: its words may change, not its beginning nor who took it on', () => {
    const open = acknowledge(raised(), decision(T0 + 6, 'mine'));
    const again = raise(open, 'f', alertContent({ message: 'CPU is at 95 %', startsAt: T0 + 7 }), T0 + 8);
    expect(again).toEqual({
      kind: 'seen',
      changed: true,
      alert: { ...open, message: 'CPU is at 95 %', sourceTime: T0 + 7, lastSeen: T0 + 8 },
    });
  });

  it.each([
    ['nothing', {}, false],
    ['how often it was raised', { count: 2 }, true],
    ['the message', { message: 'x' }, true],
    ['the link', { generatorUrl: 'http://a' }, true],
    ['an annotation', { annotations: { summary: 's' } }, true],
  ])('knows whether anything changed: %s', (_what, changes, changed) => {
    expect(raise(raised(), 'f', alertContent(changes), T0 + 8)).toMatchObject({ kind: 'seen', changed });
  });

  it('leaves another source’s alert as it is', () => {
    const open = raised(alertContent({ source: 'platform' }));
    const echo = alertContent({ source: 'alertmanager', message: 'echo' });
    expect(raise(open, 'f', echo, T0 + 9)).toEqual({ kind: 'seen', alert: open, changed: false });
  });

  it('makes another alert after a resolution, which cannot have begun before it', () => {
    const old = resolve(raised(), decision(T0 + 100));
    expect(raised(alertContent({ startsAt: T0 }), T0 + 200, old)).toMatchObject({
      state: 'active',
      startsAt: T0 + 100,
      resolution: null,
    });
    expect(raised(alertContent({ startsAt: T0 + 150 }), T0 + 200, old).startsAt).toBe(T0 + 150);
  });

  it('does not believe a beginning in the future', () => {
    expect(raised(alertContent({ startsAt: T0 + 1e9 }), T0 + 5).startsAt).toBe(T0 + 5);
  });
});

describe('acknowledge', () => {
  it('notes who, when and why; again replaces them and keeps the first time', () => {
    const once = acknowledge(raised(), decision(T0 + 6, 'mine'));
    expect(once).toMatchObject({
      state: 'acknowledged',
      acknowledgement: decision(T0 + 6, 'mine'),
      firstAcknowledged: T0 + 6,
    });
    expect(acknowledge(once, decision(T0 + 9, 'still mine'))).toMatchObject({
      acknowledgement: decision(T0 + 9, 'still mine'),
      firstAcknowledged: T0 + 6,
    });
  });

  it('is refused to somebody else, who is told, unless they take it over', () => {
    const once = acknowledge(raised(), decision(T0 + 6, 'mine'));
    expect(() => acknowledge(once, decision(T0 + 9, 'no, mine', 'bob'))).toThrow(
      'ana has acknowledged it at 2026-11-23T14:00:00.006Z (“mine”): send "replace": true',
    );
    expect(acknowledge(once, decision(T0 + 9, 'no, mine', 'bob'), true)).toMatchObject({
      acknowledgement: decision(T0 + 9, 'no, mine', 'bob'),
      firstAcknowledged: T0 + 6,
    });
    const byPlatform = acknowledge(raised(), {
      by: { kind: 'system', name: 'platform' },
      at: T0,
      comment: '',
    });
    expect(acknowledge(byPlatform, decision(T0 + 9)).acknowledgement?.by.name).toBe('ana');
  });

  it('is not possible after the resolution', () => {
    const gone = resolve(raised(), decision(T0 + 6));
    expect(() => acknowledge(gone, decision(T0 + 7))).toThrow(TransitionError);
  });
});

describe('resolve', () => {
  it('ends it and keeps the acknowledgement', () => {
    const open = acknowledge(raised(), decision(T0 + 6, 'mine'));
    expect(resolve(open, decision(T0 + 9, 'new fan'))).toMatchObject({
      state: 'resolved',
      acknowledgement: decision(T0 + 6, 'mine'),
      resolution: decision(T0 + 9, 'new fan'),
    });
  });

  it('is not possible twice, and never lies before the beginning', () => {
    const gone = resolve(raised(), decision(T0 - 500));
    expect(gone.resolution?.at).toBe(T0);
    expect(() => resolve(gone, decision(T0 + 7))).toThrow('resolved already');
  });
});
