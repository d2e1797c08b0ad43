import type { DeviceRow, RowSink } from './rows.ts';

export interface NewDevice {
  readonly deviceId: string;
  readonly name: string;
  readonly deviceType: string;
  readonly manufacturer?: string | null;
  readonly model?: string | null;
  readonly firmwareVersion?: string | null;
  readonly location?: string | null;
  readonly status?: string;
  readonly lastSeen?: number | null;
}

export type DeviceChange = Partial<
  Pick<
    DeviceRow,
    | 'name'
    | 'deviceType'
    | 'manufacturer'
    | 'model'
    | 'firmwareVersion'
    | 'location'
    | 'status'
    | 'isActive'
    | 'lastSeen'
  >
>;

/** The platform's devices table. Soft-deleted rows stay, and keep their device_id. */
export interface DeviceStore {
  add(device: NewDevice, at: number): DeviceRow;
  /** Changes the row and its updated_at. */
  update(row: DeviceRow, change: DeviceChange, at: number): void;
  get(id: number): DeviceRow | undefined;
  byDeviceId(deviceId: string): DeviceRow | undefined;
  /** Active rows in the order of the table's heap: an updated row moves, as in PostgreSQL without ORDER BY. */
  active(): DeviceRow[];
  all(): DeviceRow[];
}

export function createDeviceStore(sink: RowSink): DeviceStore {
  const byId = new Map<number, DeviceRow>();
  const byDeviceId = new Map<string, DeviceRow>();
  const heapOrder = new Map<number, DeviceRow>();
  let lastId = 0;
  return {
    add(device, at) {
      lastId += 1;
      const row: DeviceRow = {
        id: lastId,
        deviceId: device.deviceId,
        name: device.name,
        deviceType: device.deviceType,
        manufacturer: device.manufacturer ?? null,
        model: device.model ?? null,
        firmwareVersion: device.firmwareVersion ?? null,
        location: device.location ?? null,
        status: device.status ?? 'offline',
        isActive: true,
        createdAt: at,
        updatedAt: null,
        lastSeen: device.lastSeen ?? null,
      };
      byId.set(row.id, row);
      byDeviceId.set(row.deviceId, row);
      heapOrder.set(row.id, row);
      sink.device(row, true);
      return row;
    },
    update(row, change, at) {
      Object.assign(row, change);
      row.updatedAt = at;
      heapOrder.delete(row.id);
      heapOrder.set(row.id, row);
      sink.device(row, false);
    },
    get: (id) => byId.get(id),
    byDeviceId: (deviceId) => byDeviceId.get(deviceId),
    active: () => [...heapOrder.values()].filter((row) => row.isActive),
    all: () => [...byId.values()],
  };
}
