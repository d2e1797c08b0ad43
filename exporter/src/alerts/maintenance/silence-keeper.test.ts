import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { T0 } from '../../../test/support/alerts.ts';
import { recordingLogger } from '../../../test/support/http.ts';
import { waitFor } from '../../../test/support/server.ts';
import { DeliveryError } from '../receivers/receiver.ts';
import { StoreError } from '../../state/sqlite/errors.ts';
import type { Silence } from './silence.ts';
import type { SilenceClient } from './silence-keeper.ts';
import { createSilenceKeeper, type SilenceKeeper } from './silence-keeper.ts';
import type { MaintenanceWindow } from './maintenance-window.ts';

const id = (n: number): string => `00000000-0000-4000-8000-00000000000${n}`;

let silences: (Silence & { matchers: string })[];
let windows: MaintenanceWindow[];
let logger: ReturnType<typeof recordingLogger>;
let keeper: SilenceKeeper;
let broken: Error | undefined;
let looks: number;
let now = T0;
let members: readonly string[] | undefined;

const client: SilenceClient = {
  list: () => {
    looks += 1;
    return broken === undefined ? Promise.resolve(silences.slice()) : Promise.reject(broken);
  },
  create: ({ createdBy, comment, matchers }) => {
    silences.push({
      ...{ id: `s${silences.length}`, createdBy, comment, status: { state: 'active' } },
      matchers: matchers.map(({ name, value }) => `${name}=~${value}`).join(),
    });
    return Promise.resolve();
  },
  expire: (silence) => {
    silences = silences.map((one) => (one.id === silence ? { ...one, status: { state: 'expired' } } : one));
    return Promise.resolve();
  },
};

let expired: Set<string>;
const maintenance = {
  list: () => Promise.resolve(windows),
  expiredSilences: () => Promise.resolve(expired),
  silenceExpired: (window: string, part: string) => {
    expired.add(`${window}/${part}`);
    return Promise.resolve();
  },
};

function window(n: number, changes: Partial<MaintenanceWindow> = {}): MaintenanceWindow {
  return {
    ...{ id: id(n), devices: ['d-1'], deviceTypes: [], locations: [], comment: '', endedBy: null },
    ...{ startsAt: T0, endsAt: T0 + 60_000, createdAt: T0, createdBy: { kind: 'token', name: 'token' } },
    ...changes,
  };
}

function start(): void {
  keeper = createSilenceKeeper({
    ...{ client, logger, now: () => now, maintenance, interval: 5, retry: 1 },
    members: () => Promise.resolve(members),
  });
  keeper.start();
}

/** Waits until the keeper has looked twice more: the first of them may have been under way. */
function look(): Promise<void> {
  const before = looks;
  return waitFor('two more looks', () => looks >= before + 3, undefined, 1);
}

const state = () => silences.map(({ matchers, status }) => `${matchers} ${status.state}`);

beforeEach(() => {
  [silences, windows, broken, looks, now, members] = [[], [], undefined, 0, T0, []];
  logger = recordingLogger();
  expired = new Set();
});
afterEach(() => keeper.stop());

describe('the keeper of silences', () => {
  it('makes one for a window, once, and ends it with the window', async () => {
    windows = [window(1)];
    start();
    await look();
    expect(state()).toEqual(['device_id=~d-1 active']);
    windows = [window(1, { endedBy: { kind: 'token', name: 'token' }, endsAt: T0 })];
    await look();
    expect(state()).toEqual(['device_id=~d-1 expired']);
  });

  it('finds its own again after a restart', async () => {
    windows = [window(1)];
    start();
    await look();
    await keeper.stop();
    start();
    await look();
    expect(silences).toHaveLength(1);
  });

  it('makes it again when Alertmanager has lost it, and not when somebody expired it', async () => {
    windows = [window(1)];
    start();
    await look();
    silences = [];
    await look();
    expect(state()).toEqual(['device_id=~d-1 active']);
    await client.expire('s0', AbortSignal.timeout(1000));
    await look();
    expect(state()).toEqual(['device_id=~d-1 expired']);
    // Alertmanager forgets what expired after 120 hours, or lost its data; a restart of ours changes nothing.
    silences = [];
    await look();
    await keeper.stop();
    start();
    await look();
    expect(silences).toEqual([]);
  });

  it('takes a silence that somebody edited for the same one', async () => {
    windows = [window(1)];
    start();
    await look();
    const [made] = silences;
    if (made === undefined) throw new Error('no silence');
    silences = [
      { ...made, status: { state: 'expired' } },
      { ...made, id: 'edited' },
    ];
    await look();
    expect(expired.size).toBe(0);
  });

  it('leaves those of people and of other exporters alone', async () => {
    const theirs = {
      ...{ createdBy: 'valtronics', comment: `Valtronics maintenance ${id(9)}/devices: x`, matchers: 'x' },
      status: { state: 'active' as const },
    };
    silences = [
      { ...theirs, id: 'other' },
      { ...theirs, id: 'ana', createdBy: 'ana', comment: `Valtronics maintenance ${id(1)}/devices: x` },
    ];
    windows = [window(1, { endsAt: T0 })];
    start();
    await look();
    expect(silences.map(({ status }) => status.state)).toEqual(['active', 'active']);
  });

  it('names the devices of a type or a location once the window has begun', async () => {
    members = ['d-7', 'd-8'];
    windows = [window(1, { devices: [], deviceTypes: ['pump'], startsAt: T0 + 10 })];
    start();
    await look();
    expect(state()).toEqual(['device_type=~pump active']);
    now = T0 + 10;
    await look();
    expect(state()).toEqual(['device_type=~pump active', 'device_id=~d-7|d-8 active']);
  });

  it('says once that there are too many to name', async () => {
    members = undefined;
    windows = [window(1, { devices: [], locations: ['Lab B'] })];
    start();
    await look();
    expect(state()).toEqual(['location=~Lab B active']);
    expect(logger.lines.filter(({ level }) => level === 'warn')).toMatchObject([
      { message: expect.stringContaining('too many devices') },
    ]);
  });

  it.each([new DeliveryError('Alertmanager is away'), new StoreError('the disk is full')])(
    'tries again after %s, which it logs once',
    async (error) => {
      broken = error;
      windows = [window(1)];
      start();
      await look();
      expect(silences).toEqual([]);
      broken = undefined;
      await look();
      expect(state()).toEqual(['device_id=~d-1 active']);
      expect(logger.lines.filter(({ level }) => level === 'warn')).toMatchObject([
        { fields: { error: error.message } },
      ]);
    },
  );

  it('asks nothing while there was never a window', async () => {
    start();
    keeper.wake();
    await keeper.stop();
    expect(looks).toBe(0);
  });

  it('goes on after a mistake of ours, which it shows', async () => {
    broken = new TypeError('x');
    windows = [window(1)];
    start();
    await waitFor('the failure', () => keeper.failure() === 'x', undefined, 1);
    expect(logger.lines.some(({ level }) => level === 'error')).toBe(true);
  });
});
