import type { DeviceStatus } from '../../src/metrics/catalogue/devices.ts';

/** Settings of the model; with a silence limit of 24 h a device's own rhythm never matters. */
export const HOUR_MS = 3_600_000;
export const LIMIT = 24 * HOUR_MS;
export const EXPIRE_DEVICE = 72 * HOUR_MS;
export const EXPIRE_VALUE = 30 * HOUR_MS;

interface Report {
  status: string | null;
  at: number;
  restored: boolean;
}

export interface ModelDevice {
  registered: boolean;
  status: DeviceStatus;
  silent: boolean;
  lastSeen: number | null;
  /** The last_seen that the inventory stated last. */
  polled: number | null;
  /** Known from before it left. */
  remembered: boolean;
  quietFrom: number;
  created: number;
  mqtt: Report | null;
  api: Report | null;
  values: Map<string, { unit: string; value: number; at: number }>;
}

export interface ModelRow {
  readonly id: string;
  readonly status: string | null;
  readonly writtenAt: number | null;
  readonly lastSeen: number | null;
}

const WORDS: readonly DeviceStatus[] = ['online', 'warning', 'error', 'offline', 'maintenance'];

/** The fleet as one would write it down from the contract: maps, whole passes, no care for speed. */
export class FleetModel {
  readonly devices = new Map<string, ModelDevice>();
  readonly left = new Map<string, { readonly device: ModelDevice; readonly at: number }>();
  /** Whether an inventory decides and brings device types. */
  readonly hasInventory: boolean;
  available: boolean;

  constructor(hasInventory: boolean) {
    this.hasInventory = hasInventory;
    this.available = !hasInventory;
  }

  #meaning(id: string): string {
    if (!this.hasInventory || this.devices.has(id) || !/^\d+$/.test(id)) return id;
    const registered = [...this.devices].filter(
      ([known, { registered }]) => registered && known.endsWith(`-${id}`),
    );
    const [only] = registered;
    return registered.length === 1 && only !== undefined ? only[0] : id;
  }

  #make(id: string, registered: boolean, now: number): ModelDevice {
    const known = this.left.get(id)?.device;
    this.left.delete(id);
    const fresh: ModelDevice = {
      registered,
      status: 'unknown',
      silent: false,
      lastSeen: null,
      polled: null,
      remembered: known !== undefined,
      quietFrom: -Infinity,
      created: now,
      mqtt: null,
      api: null,
      values: new Map(),
    };
    const device =
      known === undefined
        ? fresh
        : {
            ...fresh,
            status: known.status,
            silent: known.silent,
            lastSeen: known.lastSeen,
            quietFrom:
              known.silent || known.lastSeen === null
                ? (known.lastSeen ?? -Infinity)
                : Math.max(known.lastSeen, now),
            mqtt: known.mqtt && { ...known.mqtt, restored: true },
            api: known.api && { ...known.api, restored: true },
          };
    this.devices.set(id, device);
    return device;
  }

  #evaluate(device: ModelDevice, now: number): void {
    const { mqtt, api } = device;
    const newest = mqtt !== null && (api === null || mqtt.at >= api.at) ? mqtt : api;
    const word = newest === null ? 'online' : (WORDS.find((known) => known === newest.status) ?? 'unknown');
    if (this.available) device.silent = device.lastSeen !== null && now - device.quietFrom > LIMIT;
    if (word === 'maintenance') device.status = word;
    else if (device.lastSeen === null)
      device.status = word === 'offline' && newest === mqtt && mqtt !== null ? 'offline' : 'unknown';
    else device.status = device.silent ? 'offline' : word;
  }

  #seen(device: ModelDevice, at: number): void {
    if (device.lastSeen !== null && at <= device.lastSeen) return;
    device.lastSeen = at;
    device.quietFrom = Math.max(device.quietFrom, at);
    if (!this.available) device.silent = false;
  }

  #heard(id: string, now: number): ModelDevice {
    const meant = this.#meaning(id);
    const device = this.devices.get(meant) ?? this.#make(meant, !this.hasInventory, now);
    this.#seen(device, now);
    this.#evaluate(device, now);
    return device;
  }

  heard(id: string, now: number): void {
    this.#heard(id, now);
  }

  report(id: string, status: string | null, now: number): void {
    const meant = this.#meaning(id);
    const device =
      status?.toLowerCase() === 'offline'
        ? (this.devices.get(meant) ?? this.#make(meant, !this.hasInventory, now))
        : this.#heard(id, now);
    device.mqtt = { status, at: now, restored: false };
    this.#evaluate(device, now);
  }

  point(id: string, metric: string, unit: string, value: number | null, now: number): void {
    const device = this.#heard(id, now);
    if (value !== null) device.values.set(metric, { unit, value, at: now });
  }

  applyInventory(rows: readonly ModelRow[], now: number): void {
    this.available = true;
    const first = new Map(rows.toReversed().map((row) => [row.id, row]));
    for (const [id, row] of first) {
      const device = this.devices.get(id) ?? this.#make(id, true, now);
      device.registered = true;
      const { api } = device;
      const written = Math.max(api?.at ?? 0, Math.min(now, row.writtenAt ?? now));
      if (api?.status === row.status) api.restored = false;
      else
        device.api = {
          status: row.status,
          at: api === null || api.restored ? written : now,
          restored: false,
        };
      if (row.lastSeen === null || row.lastSeen === device.polled) continue;
      // Ahead of now at the first sight of a device that was known before: it may have said so for years.
      const saysNothing = row.lastSeen > now && device.polled === null && device.remembered;
      device.polled = row.lastSeen;
      if (!saysNothing) this.#seen(device, Math.min(now, row.lastSeen));
    }
    for (const [id, device] of this.devices) {
      if (!device.registered || first.has(id)) continue;
      this.devices.delete(id);
      this.left.set(id, { device, at: now });
    }
    for (const [id, device] of [...this.devices]) this.#merge(id, device);
    for (const device of this.devices.values()) this.#evaluate(device, now);
  }

  #merge(id: string, device: ModelDevice): void {
    if (device.registered) return;
    this.devices.delete(id);
    const into = this.devices.get(this.#meaning(id));
    if (into === undefined) {
      this.devices.set(id, device);
      return;
    }
    if (device.mqtt !== null && (into.mqtt?.at ?? -1) < device.mqtt.at) into.mqtt = device.mqtt;
    if (device.lastSeen !== null) this.#seen(into, device.lastSeen);
    for (const [metric, value] of device.values) {
      if ((into.values.get(metric)?.at ?? -1) < value.at) into.values.set(metric, value);
    }
  }

  withdraw(): void {
    if (this.hasInventory) this.available = false;
  }

  refresh(now: number): void {
    for (const [id, device] of this.devices) {
      const canExpire = !device.registered || !this.hasInventory;
      if (canExpire && now - (device.lastSeen ?? device.created) > EXPIRE_DEVICE) this.devices.delete(id);
      for (const [metric, { at }] of device.values)
        if (now - at > EXPIRE_DEVICE) device.values.delete(metric);
      if (this.available) this.#evaluate(device, now);
    }
    for (const [id, { at }] of this.left) if (now - at > EXPIRE_DEVICE) this.left.delete(id);
  }
}
