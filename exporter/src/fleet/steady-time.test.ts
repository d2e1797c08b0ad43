import { describe, expect, it } from '@jest/globals';
import { manualClock } from '../../test/support/clock.ts';
import { fleetFixture, HOUR, inventoryRow, MINUTE, SECOND, T0 } from '../../test/support/fleet-fixture.ts';
import { memoryState } from '../../test/support/memory-state.ts';

const iso = (at: number): string => new Date(at).toISOString();

function listening(inventories: readonly 'api'[] = []) {
  const clock = manualClock(T0);
  const fixture = fleetFixture({ inventories, clock });
  fixture.fleet.mqttAvailable(true, clock.wall());
  return { ...fixture, clock };
}

describe.each([
  ['back an hour', -HOUR],
  ['forward an hour', HOUR],
])('a fleet whose clock is set %s', (_, step) => {
  it('lets a silent device go offline in time, and keeps one that speaks online', () => {
    const { fleet, clock } = listening();
    fleet.heard('silent', clock.wall());
    clock.step(step);
    for (let minute = 0; minute < 4; minute++) {
      clock.advance(MINUTE);
      fleet.heard('speaks', clock.wall());
      fleet.refresh(clock.wall());
    }
    expect(fleet.find('silent')).toMatchObject({
      status: 'online',
      lastSeen: iso(clock.wall() - 4 * MINUTE),
    });
    clock.advance(MINUTE + SECOND);
    fleet.heard('speaks', clock.wall());
    fleet.refresh(clock.wall());
    expect(fleet.find('silent')).toMatchObject({
      status: 'offline',
      statusSince: iso(clock.wall() - SECOND),
    });
    expect(fleet.find('speaks')).toMatchObject({ status: 'online', lastSeen: iso(clock.wall()) });
  });

  it('takes the reports and values that come afterwards, and expires old ones in time', () => {
    const { fleet, clock, series } = listening();
    fleet.report('A', 'error', clock.wall());
    fleet.value('A', 'temperature', '°C', 20, clock.wall());
    fleet.value('A', 'humidity', '%', 50, clock.wall());
    clock.step(step);
    clock.advance(SECOND);
    fleet.report('A', 'online', clock.wall());
    fleet.value('A', 'temperature', '°C', 21, clock.wall());
    expect(fleet.find('A')).toMatchObject({ status: 'online', statusSince: iso(clock.wall()) });
    expect(fleet.find('A')?.values).toContainEqual(
      expect.objectContaining({ metric: 'temperature', value: 21 }),
    );
    const shown = (): boolean => [...series().keys()].some((key) => key.includes('humidity'));
    clock.advance(59 * MINUTE);
    fleet.refresh(clock.wall());
    expect(shown()).toBe(true);
    clock.advance(MINUTE);
    fleet.refresh(clock.wall());
    expect(shown()).toBe(false);
  });
});

describe('a polled last_seen', () => {
  it('three years ahead is taken once, as of its first sight', () => {
    const { fleet, clock } = listening(['api']);
    const rows = [inventoryRow('A', { lastSeen: T0 + 3 * 365 * 24 * HOUR })];
    for (let minute = 0; minute <= 6; minute++) {
      fleet.applyInventory('api', rows, clock.wall());
      fleet.refresh(clock.wall());
      clock.advance(MINUTE);
    }
    expect(fleet.find('A')).toMatchObject({ status: 'offline', lastSeen: iso(T0) });
  });

  it('says nothing new when it is only repeated and the clock is set back', () => {
    const { fleet, clock } = listening(['api']);
    const poll = (): void => {
      fleet.applyInventory('api', [inventoryRow('A', { lastSeen: T0 })], clock.wall());
      fleet.refresh(clock.wall());
    };
    poll();
    clock.step(-HOUR);
    clock.advance(4 * MINUTE);
    poll();
    clock.advance(2 * MINUTE);
    poll();
    expect(fleet.find('A')?.status).toBe('offline');
  });

  it('ahead of now does not revive a device at each restart', async () => {
    const state = memoryState();
    const clock = manualClock(T0);
    const rows = [inventoryRow('A', { lastSeen: T0 + 24 * HOUR })];
    const run = (): ReturnType<typeof fleetFixture>['fleet'] =>
      fleetFixture({ inventories: ['api'], mqtt: false, clock, state }).fleet;
    const first = run();
    first.applyInventory('api', rows, clock.wall());
    clock.advance(10 * MINUTE);
    first.refresh(clock.wall());
    await first.stop();
    const second = run();
    second.applyInventory('api', rows, clock.wall());
    second.refresh(clock.wall());
    expect(second.find('A')).toMatchObject({ status: 'offline', lastSeen: iso(T0) });
  });
});
