import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Gauge, Registry } from 'prom-client';
import { anyValue, hostileText } from '../../test/support/recorded-families.ts';
import { DEVICE_STATUS } from './catalogue/devices.ts';
import { renderHead, TEXT } from './exposition.ts';
import { family } from './family.ts';
import { CHUNK_BYTES, createSeriesStore } from './series-store.ts';
import type { SeriesStore, Slot } from './series.ts';

const TELEMETRY = family({
  name: 'device_telemetry',
  type: 'gauge',
  help: 'Newest value',
  labels: ['device_id', 'metric_name'],
  owner: 'fleet',
  cardinality: 'of the test',
});
type Store = SeriesStore<'device_id' | 'metric_name'>;

function textOf(store: Store): string {
  return Buffer.concat([...store.chunks()]).toString();
}

function linesOf(store: Store): readonly string[] {
  return textOf(store).split('\n').slice(0, -1);
}

function addDevice(store: Store, device: string | number, value: number): Slot {
  const slot = store.add({ device_id: String(device), metric_name: 'm' });
  store.set(slot, value);
  return slot;
}

const line = (device: string | number, value: number): string =>
  `device_telemetry{device_id="${device}",metric_name="m"} ${value}`;

describe('createSeriesStore against prom-client', () => {
  it('writes byte for byte what a gauge with the same series writes', async () => {
    const series = fc.record({ device_id: hostileText, metric_name: hostileText, value: anyValue });
    const unique = fc.uniqueArray(series, {
      minLength: 1,
      maxLength: 100,
      selector: ({ device_id, metric_name }) => JSON.stringify([device_id, metric_name]),
    });
    await fc.assert(
      fc.asyncProperty(unique, async (rows) => {
        const registry = new Registry();
        const { name, help, labels: labelNames } = TELEMETRY;
        const gauge = new Gauge({ name, help, labelNames, registers: [registry] });
        const store = createSeriesStore(TELEMETRY);
        for (const { value, ...labels } of rows) {
          gauge.set(labels, value);
          store.set(store.add(labels), value);
        }
        const text = renderHead(TEXT, TELEMETRY) + textOf(store);
        expect(text).toBe(Buffer.from(await registry.metrics()).toString());
      }),
      { numRuns: 300 },
    );
  });

  it('holds what a map holds after any adding, setting and removing', () => {
    const step = fc.record({ device: fc.nat(150), value: fc.option(fc.integer(), { nil: undefined }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
        const store = createSeriesStore(TELEMETRY);
        const model = new Map<number, { slot: Slot; value: number }>();
        for (const { device, value } of steps) {
          const known = model.get(device);
          if (known === undefined) model.set(device, { slot: addDevice(store, device, 0), value: 0 });
          else if (value === undefined) {
            store.remove(known.slot);
            model.delete(device);
          } else {
            store.set(known.slot, value);
            known.value = value;
          }
        }
        expect(store.size).toBe(model.size);
        for (const { slot, value } of model.values()) expect(store.get(slot)).toBe(value);
        const expected = [...model].map(([device, { value }]) => line(device, value));
        expect([...linesOf(store)].sort()).toEqual(expected.sort());
      }),
    );
  });
});

describe('createSeriesStore', () => {
  it('does not expose a series before its first value, and exposes NaN once it was set', () => {
    const store = createSeriesStore(TELEMETRY);
    const slot = store.add({ device_id: 'a', metric_name: 'm' });
    expect(store.get(slot)).toBeNaN();
    expect(store.size).toBe(1);
    expect(textOf(store)).toBe('');
    store.set(slot, NaN);
    expect(textOf(store)).toBe('device_telemetry{device_id="a",metric_name="m"} Nan\n');
  });

  it('writes a family without labels by its name alone', () => {
    const store = createSeriesStore({ ...TELEMETRY, labels: [] });
    const slot = store.add({});
    store.set(slot, 5);
    expect(Buffer.concat([...store.chunks()]).toString()).toBe('device_telemetry 5\n');
    store.remove(slot);
    expect([...store.chunks()]).toEqual([]);
  });

  it('yields nothing when empty', () => {
    expect([...createSeriesStore(TELEMETRY).chunks()]).toEqual([]);
  });

  it('does not show the value of the series that had the slot before', () => {
    const store = createSeriesStore(TELEMETRY);
    addDevice(store, 'kept', 1);
    const slot = addDevice(store, 'gone', 2);
    store.remove(slot);
    const reused = store.add({ device_id: 'new', metric_name: 'm' });
    expect(reused).toBe(slot);
    expect(store.get(reused)).toBeNaN();
    expect(linesOf(store)).toEqual([line('kept', 1)]);
  });

  it('forgets everything on clear and goes on working', () => {
    const store = createSeriesStore(TELEMETRY);
    for (let device = 0; device < 200; device += 1) addDevice(store, device, device);
    store.clear();
    expect(store.size).toBe(0);
    expect(textOf(store)).toBe('');
    addDevice(store, 'a', 1);
    expect(linesOf(store)).toEqual([line('a', 1)]);
  });

  it.each([
    ['never given', (): Slot => 7],
    [
      'removed',
      (store: Store): Slot => {
        const slot = addDevice(store, 'b', 1);
        store.remove(slot);
        return slot;
      },
    ],
  ])('refuses to set or remove a slot that was %s', (_, slotOf) => {
    const store = createSeriesStore(TELEMETRY);
    addDevice(store, 'a', 1);
    const slot = slotOf(store);
    expect(() => store.set(slot, 1)).toThrow(RangeError);
    expect(() => store.remove(slot)).toThrow('device_telemetry has no series in slot');
    expect(store.get(slot)).toBeNaN();
    expect(linesOf(store)).toEqual([line('a', 1)]);
  });

  it('keeps its pieces within the bound, cuts between lines and loses none', () => {
    const store = createSeriesStore(TELEMETRY);
    const devices = Array.from({ length: 5000 }, (_, index) => index);
    for (const device of devices) addDevice(store, device, device / 7);
    const chunks = [...store.chunks()];
    expect(chunks.length).toBeGreaterThan(3);
    for (const chunk of chunks) {
      expect(chunk.length).toBeLessThanOrEqual(CHUNK_BYTES);
      expect(chunk.at(-1)).toBe(10);
    }
    expect(linesOf(store)).toEqual(devices.map((device) => line(device, device / 7)));
  });

  it('writes a line that is longer than a piece', () => {
    const store = createSeriesStore(TELEMETRY);
    const long = 'ü'.repeat(CHUNK_BYTES);
    addDevice(store, 'before', 1);
    addDevice(store, long, 2);
    addDevice(store, 'after', 3);
    expect(linesOf(store)).toEqual([line('before', 1), line(long, 2), line('after', 3)]);
  });
});

describe('changes while a scrape goes on', () => {
  const filled = (count: number): { store: Store; slots: readonly Slot[] } => {
    const store = createSeriesStore(TELEMETRY);
    return { store, slots: Array.from({ length: count }, (_, device) => addDevice(store, device, device)) };
  };

  it('tears no line and shows no series twice, whatever is added and removed between two pieces', () => {
    const change = fc.record({ remove: fc.nat(), again: fc.boolean() });
    fc.assert(
      fc.property(fc.array(fc.array(change, { maxLength: 20 }), { minLength: 1, maxLength: 8 }), (rounds) => {
        const { store, slots } = filled(2500);
        const live = slots.map((slot, device) => ({ slot, device }));
        let text = '';
        let round = 0;
        for (const chunk of store.chunks()) {
          text += Buffer.from(chunk).toString();
          for (const { remove, again } of rounds[round++] ?? []) {
            const [gone] = live.splice(remove % live.length, 1);
            if (gone === undefined) throw new Error('nothing is left to remove');
            store.remove(gone.slot);
            if (again) live.push({ slot: addDevice(store, gone.device, gone.device), device: gone.device });
          }
        }
        const lines = text.split('\n').slice(0, -1);
        expect(new Set(lines).size).toBe(lines.length);
        for (const each of lines)
          expect(each).toMatch(/^device_telemetry\{device_id="(\d+)",metric_name="m"\} \1$/);
      }),
      { numRuns: 25 },
    );
  });

  it('shows a series that was added meanwhile in the next scrape', () => {
    const { store } = filled(2000);
    const scrape = store.chunks();
    scrape.next();
    addDevice(store, 'late', 5);
    expect(Buffer.concat([...scrape]).toString()).not.toContain('late');
    expect(textOf(store)).toContain(line('late', 5));
  });

  it('ends when the store is cleared', () => {
    const { store } = filled(4000);
    const scrape = store.chunks();
    expect(scrape.next().done).toBe(false);
    store.clear();
    addDevice(store, 'late', 5);
    expect(scrape.next().done).toBe(true);
  });

  it('does without the labels that are left out', () => {
    const store = createSeriesStore(DEVICE_STATUS, ['device_type', 'name']);
    store.set(store.add({ device_id: 'A', device_type: 'sensor' }), 1);
    expect(Buffer.concat([...store.chunks()]).toString()).toBe('valtronics_device_status{device_id="A"} 1\n');
  });
});
