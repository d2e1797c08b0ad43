import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { T0 } from '../../../test/support/alerts.ts';
import { system } from '../alert.ts';
import { subjectOf } from './maintenance.ts';
import { covers, windowState } from './maintenance-window.ts';

const lookup = (id: string) => (id === 'd-1' ? { deviceType: 'pump', location: 'Lab B' } : undefined);

describe('windowState', () => {
  const window = { startsAt: T0, endsAt: T0 + 10, endedBy: null };
  it.each([
    [T0 - 1, 'planned'],
    [T0, 'active'],
    [T0 + 9, 'active'],
    [T0 + 10, 'ended'],
  ])('at %i is %s', (now, state) => expect(windowState(window, now)).toBe(state));

  it('is over for good once somebody ended it', () => {
    const ended = { startsAt: T0 + 5, endsAt: T0 + 5, endedBy: system('x') };
    fc.assert(fc.property(fc.integer(), (now) => windowState(ended, now) === 'ended'));
  });
});

describe('subjectOf', () => {
  it('believes the labels, and asks the fleet for what they do not say', () => {
    expect(subjectOf({ labels: { device_id: 'd-1', device_type: 'fan' } }, lookup)).toEqual({
      ...{ deviceId: 'd-1', deviceType: 'fan', location: 'Lab B' },
    });
    expect(subjectOf({ labels: { device_id: 'd-9' } }, lookup)).toEqual({
      ...{ deviceId: 'd-9', deviceType: undefined, location: undefined },
    });
  });

  it('asks nothing when the labels say all, or name no device', () => {
    const never = (): never => {
      throw new Error('asked');
    };
    const labels = { device_id: 'd-1', device_type: 'fan', location: 'Roof' };
    expect(subjectOf({ labels }, never).location).toBe('Roof');
    expect(subjectOf({ labels: { location: 'Roof' } }, never)).toMatchObject({ location: 'Roof' });
  });
});

describe('covers', () => {
  const nothing = { devices: [], deviceTypes: [], locations: [] };
  const subject = { deviceId: 'd-1', deviceType: 'pump', location: 'Lab B' };

  it('when one of the lists names it', () => {
    expect(covers({ ...nothing, devices: ['d-0', 'd-1'] }, subject)).toBe(true);
    expect(covers({ ...nothing, deviceTypes: ['pump'] }, subject)).toBe(true);
    expect(covers({ ...nothing, locations: ['Lab B'], devices: ['d-0'] }, subject)).toBe(true);
    expect(covers(nothing, subject)).toBe(false);
    expect(covers({ devices: ['d'], deviceTypes: ['Pump'], locations: ['Lab'] }, subject)).toBe(false);
  });

  it('never what is unknown', () => {
    const unknown = { deviceId: undefined, deviceType: undefined, location: undefined };
    const names = fc.array(fc.string());
    fc.assert(
      fc.property(names, names, names, (devices, deviceTypes, locations) => {
        expect(covers({ devices, deviceTypes, locations }, unknown)).toBe(false);
      }),
    );
  });
});
