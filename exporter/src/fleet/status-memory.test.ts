import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { fleetFixture, HOUR, inventoryRow, MINUTE, SECOND, T0 } from '../../test/support/fleet-fixture.ts';
import { type Logger, silentLogger } from '../log/logger.ts';
import { documentName, type RememberedDevice } from './remembered-device.ts';
import { bucketOf, createStatusMemory, type StatusMemoryOptions } from './status-memory.ts';
import { memoryState } from '../../test/support/memory-state.ts';

const iso = (at: number): string => new Date(at).toISOString();

function device(id: string): RememberedDevice {
  return { id, status: 'online', since: T0, silent: false, lastSeen: T0, interval: null, reports: [] };
}

function options(changes: Partial<StatusMemoryOptions> = {}): StatusMemoryOptions {
  return {
    state: memoryState(),
    logger: silentLogger(),
    writeInterval: 10_000,
    maxKept: 100,
    keepFor: HOUR,
    present: () => [],
    ...changes,
  };
}

/** A logger that keeps what was said at warn and error. */
function recordingLogger(): Logger & { readonly said: string[] } {
  const said: string[] = [];
  const say = (_: object, message: string): void => void said.push(message);
  return { ...silentLogger(), warn: say, error: say, said };
}

describe('createStatusMemory', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('writes a changed bucket once in the interval, however often it changes', async () => {
    const written: string[] = [];
    const state = {
      read: () => undefined,
      write: (name: string) => Promise.resolve(void written.push(name)),
    };
    const memory = createStatusMemory(options({ state }));
    for (let change = 0; change < 5; change += 1) memory.changed(3);
    await jest.advanceTimersByTimeAsync(9_999);
    expect(written).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect(written).toEqual([documentName(3)]);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(written).toHaveLength(1);
    memory.changed(3);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(written).toHaveLength(2);
  });

  it('writes on flush without waiting, and only what changed', async () => {
    const state = memoryState();
    const present = (bucket: number): RememberedDevice[] => (bucket === bucketOf('A') ? [device('A')] : []);
    const memory = createStatusMemory(options({ state, present }));
    await memory.flush();
    expect(state.documents.size).toBe(0);
    memory.changed(bucketOf('A'));
    await memory.flush();
    expect([...state.documents.keys()]).toEqual([documentName(bucketOf('A'))]);
    const next = createStatusMemory(options({ state }));
    expect(next.take('A')).toBeUndefined();
    next.start(T0);
    expect(next.take('A')).toEqual(device('A'));
  });

  it('tries again after a failure, and complains once', async () => {
    let full = true;
    const written: string[] = [];
    const write = (name: string): Promise<void> =>
      full ? Promise.reject(new Error('disk full')) : Promise.resolve(void written.push(name));
    const logger = recordingLogger();
    const memory = createStatusMemory(options({ state: { read: () => undefined, write }, logger }));
    memory.changed(1);
    await jest.advanceTimersByTimeAsync(30_000);
    expect(logger.said).toHaveLength(1);
    full = false;
    await jest.advanceTimersByTimeAsync(10_000);
    expect(written).toEqual([documentName(1)]);
    full = true;
    memory.changed(1);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(logger.said).toHaveLength(2);
  });

  it('writes no more after stop, but once at it', async () => {
    const state = memoryState();
    const memory = createStatusMemory(options({ state }));
    memory.changed(2);
    await memory.stop();
    expect(state.documents.size).toBe(1);
    memory.changed(4);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(state.documents.size).toBe(1);
  });

  it('keeps a device for a while, and gives it out once', () => {
    const memory = createStatusMemory(options());
    memory.keep(device('A'), T0);
    memory.keep(device('B'), T0 + HOUR / 2);
    memory.prune(T0 + HOUR);
    expect(memory.take('A')?.id).toBe('A');
    expect(memory.take('A')).toBeUndefined();
    memory.prune(T0 + 2 * HOUR);
    expect(memory.take('B')).toBeUndefined();
  });

  it('keeps a bounded number, the oldest go first', () => {
    const memory = createStatusMemory(options({ maxKept: 2 }));
    for (const id of ['A', 'B', 'C']) memory.keep(device(id), T0);
    expect(['A', 'B', 'C'].map((id) => memory.take(id)?.id)).toEqual([undefined, 'B', 'C']);
  });

  it('goes on without a document of another shape, and says so', () => {
    const state = memoryState();
    state.documents.set(documentName(0), JSON.stringify({ version: 99, devices: [] }));
    state.documents.set(
      documentName(1),
      JSON.stringify({ version: 1, devices: [['A', 'dancing', T0, false, null, null, []]] }),
    );
    state.documents.set(documentName(2), 'null');
    const logger = recordingLogger();
    const memory = createStatusMemory(options({ state, logger }));
    memory.start(T0);
    expect(memory.take('A')).toBeUndefined();
    expect(logger.said).toHaveLength(3);
  });
});

describe('a restart', () => {
  it('keeps status and date of a polled device, silent or not', async () => {
    const state = memoryState();
    const first = fleetFixture({ inventories: ['api'], mqtt: false, state });
    const rows = [
      inventoryRow('A', { status: 'error', writtenAt: T0 - HOUR, lastSeen: T0 }),
      inventoryRow('B', { lastSeen: T0 - HOUR }),
    ];
    first.fleet.applyInventory('api', rows, T0);
    const changed = [
      inventoryRow('A', { status: 'warning', writtenAt: T0, lastSeen: T0 + MINUTE }),
      inventoryRow('B', { lastSeen: T0 - HOUR }),
    ];
    first.fleet.applyInventory('api', changed, T0 + MINUTE);
    await first.fleet.stop();

    const second = fleetFixture({ inventories: ['api'], mqtt: false, state });
    second.fleet.applyInventory('api', changed, T0 + 2 * MINUTE);
    expect(second.fleet.find('A')).toEqual(first.fleet.find('A'));
    expect(second.fleet.find('A')).toMatchObject({ status: 'warning', statusSince: iso(T0 + MINUTE) });
    expect(second.fleet.find('B')).toMatchObject({
      status: 'offline',
      statusSince: iso(T0 - HOUR + 5 * MINUTE),
    });
  });

  it('dates a status that changed meanwhile by when it was written', async () => {
    const state = memoryState();
    const first = fleetFixture({ inventories: ['api'], mqtt: false, state });
    first.fleet.applyInventory('api', [inventoryRow('A')], T0);
    await first.fleet.stop();
    const second = fleetFixture({ inventories: ['api'], mqtt: false, state });
    second.fleet.applyInventory(
      'api',
      [inventoryRow('A', { status: 'error', writtenAt: T0 + MINUTE, lastSeen: T0 + MINUTE })],
      T0 + 3 * MINUTE,
    );
    expect(second.fleet.find('A')).toMatchObject({ status: 'error', statusSince: iso(T0 + MINUTE) });
  });

  it('is no silence: devices heard on MQTT keep their date over a long pause of the exporter', async () => {
    const state = memoryState();
    const first = fleetFixture({ state });
    first.fleet.mqttAvailable(true, T0);
    first.fleet.report('A', 'warning', T0);
    first.fleet.heard('B', T0);
    await first.fleet.stop();
    const second = fleetFixture({ state });
    const later = T0 + 2 * HOUR;
    second.fleet.mqttAvailable(true, later);
    second.fleet.heard('A', later + SECOND);
    second.fleet.point('B', 'temperature', '', 1, later + SECOND);
    second.fleet.refresh(later + SECOND);
    expect(second.fleet.find('A')).toMatchObject({
      status: 'warning',
      statusSince: iso(T0),
      reported: [{ source: 'mqtt', at: iso(T0) }],
    });
    expect(second.fleet.find('B')).toMatchObject({ status: 'online', statusSince: iso(T0) });
  });

  it('keeps a silent device silent until it is heard', async () => {
    const state = memoryState();
    const first = fleetFixture({ inventories: ['api'], state });
    first.fleet.mqttAvailable(true, T0);
    first.fleet.applyInventory('api', [inventoryRow('A')], T0);
    first.fleet.refresh(T0 + HOUR);
    await first.fleet.stop();
    const second = fleetFixture({ inventories: ['api'], state });
    second.fleet.mqttAvailable(true, T0 + HOUR);
    second.fleet.applyInventory('api', [inventoryRow('A')], T0 + HOUR);
    expect(second.fleet.find('A')).toMatchObject({ status: 'offline', statusSince: iso(T0 + 5 * MINUTE) });
    second.fleet.heard('A', T0 + 2 * HOUR);
    expect(second.fleet.find('A')).toMatchObject({ status: 'online', statusSince: iso(T0 + 2 * HOUR) });
  });

  it('keeps the rhythm of a slow device', async () => {
    const state = memoryState();
    const first = fleetFixture({ state });
    first.fleet.mqttAvailable(true, T0);
    for (let hour = 0; hour < 4; hour += 1) first.fleet.heard('A', T0 + hour * HOUR);
    await first.fleet.stop();
    const second = fleetFixture({ state });
    second.fleet.mqttAvailable(true, T0 + 4 * HOUR);
    second.fleet.heard('A', T0 + 4 * HOUR);
    second.fleet.refresh(T0 + 6 * HOUR);
    // It was taken for silent once, before its first gap was known.
    expect(second.fleet.find('A')).toMatchObject({ status: 'online', statusSince: iso(T0 + HOUR) });
  });

  it('forgets the reports of a source that is not configured any more', async () => {
    const state = memoryState();
    const first = fleetFixture({ inventories: ['api'], state });
    first.fleet.applyInventory('api', [inventoryRow('A', { status: 'error' })], T0);
    await first.fleet.stop();
    const second = fleetFixture({ state });
    second.fleet.mqttAvailable(true, T0);
    second.fleet.report('A', 'online', T0 - MINUTE);
    expect(second.fleet.find('A')).toMatchObject({ reported: [{ source: 'mqtt' }], status: 'online' });
  });

  it('does not forget devices that are not heard at once, when it writes again', async () => {
    const state = memoryState();
    const first = fleetFixture({ state });
    first.fleet.mqttAvailable(true, T0);
    for (const id of ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J']) first.fleet.report(id, 'error', T0);
    await first.fleet.stop();
    const second = fleetFixture({ state });
    second.fleet.heard('A', T0 + MINUTE);
    await second.fleet.stop();
    const third = fleetFixture({ state });
    third.fleet.mqttAvailable(true, T0 + MINUTE);
    for (const id of ['B', 'J']) third.fleet.heard(id, T0 + 2 * MINUTE);
    expect(third.fleet.find('B')).toMatchObject({ status: 'error', statusSince: iso(T0) });
    expect(third.fleet.find('J')).toMatchObject({ status: 'error', statusSince: iso(T0) });
  });

  it('writes while devices are only heard, so that a killed exporter knows them', async () => {
    const state = memoryState();
    const { fleet } = fleetFixture({ state });
    fleet.mqttAvailable(true, T0);
    fleet.heard('A', T0);
    await fleet.flush();
    const before = state.documents.get(documentName(bucketOf('A')));
    fleet.heard('A', T0 + 2 * MINUTE);
    fleet.refresh(T0 + 2 * MINUTE);
    await fleet.flush();
    expect(state.documents.get(documentName(bucketOf('A')))).not.toBe(before);
    await fleet.stop();
  });
});
