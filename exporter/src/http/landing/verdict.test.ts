import { describe, expect, it } from '@jest/globals';
import { collectorState, NOW } from '../../../test/support/http.ts';
import { describeSources } from '../collector-words.ts';
import { fleetVerdict, sourceVerdict } from './verdict.ts';

const NONE = { online: 0, warning: 0, error: 0, offline: 0, maintenance: 0, unknown: 0 };

describe('fleetVerdict', () => {
  it('counts error and offline as needing somebody', () =>
    expect(fleetVerdict({ ...NONE, online: 1190, error: 8, offline: 10 })).toEqual({
      text: '18 devices need you.',
      tone: 'error',
    }));
  it('knows one', () => expect(fleetVerdict({ ...NONE, error: 1 }).text).toBe('1 device needs you.'));
  it('is calm when all are online or in maintenance', () =>
    expect(fleetVerdict({ ...NONE, online: 1249, maintenance: 1 })).toEqual({
      text: 'All 1,250 devices are fine.',
      tone: 'success',
    }));
  it('counts warning and unknown apart', () =>
    expect(fleetVerdict({ ...NONE, online: 7, warning: 2, unknown: 1 }).text).toBe(
      'No device needs you; 7 of 10 are fine.',
    ));
  it('does not take nothing for fine', () => {
    expect(fleetVerdict(NONE).text).toBe('The platform has no active devices.');
    expect(fleetVerdict(undefined).text).toBe('No source has told which devices there are yet.');
  });
});

describe('sourceVerdict', () => {
  const verdict = (...collectors: Parameters<typeof collectorState>[0][]) =>
    sourceVerdict(describeSources(collectors.map(collectorState), NOW)).text;
  it('says that none is configured', () =>
    expect(verdict()).toBe('No source is configured: see below what turns each one on.'));
  it('names those that fail, paused ones too', () =>
    expect(
      verdict(
        { name: 'api', success: false },
        { name: 'mqtt', success: false, circuit: 'open' },
        { name: 'redis' },
      ),
    ).toBe('2 sources fail: api, mqtt.'));
  it('names those it waits for', () =>
    expect(verdict({ attempted: false, success: false })).toBe('Waiting for api.'));
  it('is calm otherwise', () => expect(verdict({})).toBe('All sources answer.'));
});
