import pg from 'pg';
import type { AlertRow, DeviceRow, RowSink, TelemetryRow } from '../platform/rows.ts';
import { createRetention } from './retention.ts';
import {
  deleteRows,
  insertTelemetry,
  setSequence,
  type Statement,
  upsertAlerts,
  upsertDevices,
} from './statements.ts';

/** Keeps the database in step with the rows in memory, in batches. */
export interface RowWriter {
  readonly sink: RowSink;
  /** True while the last batch was written. */
  healthy(): boolean;
  /** Resolves when everything given so far has been written, or could not be. */
  flush(): Promise<void>;
  /** Closes the connection until `resume`; what comes meanwhile waits. */
  suspend(): Promise<void>;
  resume(): Promise<void>;
  stop(): Promise<void>;
}

export interface RowWriterOptions {
  readonly url: string;
  /** Milliseconds between two batches. */
  readonly interval: number;
  /** Milliseconds that telemetry is kept, and rows at most. */
  readonly maxAge: number;
  readonly maxRows: number;
  /** Told once when writing begins to fail, and once when it works again. */
  readonly onState: (healthy: boolean, reason: string) => void;
}

/** Telemetry that waits for an unreachable database at most; older points are lost. */
const MAX_WAITING = 100_000;
const CLEAN_EVERY = 60_000;

interface Batch {
  readonly devices: Set<DeviceRow>;
  readonly telemetry: TelemetryRow[];
  readonly telemetryDeleted: number[];
  readonly alerts: Set<AlertRow>;
  readonly alertsDeleted: number[];
}

function emptyBatch(): Batch {
  return { devices: new Set(), telemetry: [], telemetryDeleted: [], alerts: new Set(), alertsDeleted: [] };
}

function maxId(rows: Iterable<{ readonly id: number }>): number {
  let max = 0;
  for (const { id } of rows) max = Math.max(max, id);
  return max;
}

function statementsOf(batch: Batch): Statement[] {
  const statements: Statement[] = [];
  if (batch.devices.size > 0) statements.push(upsertDevices([...batch.devices]));
  if (batch.telemetry.length > 0) {
    statements.push(insertTelemetry(batch.telemetry), setSequence('telemetry_data', maxId(batch.telemetry)));
  }
  if (batch.alerts.size > 0) statements.push(upsertAlerts([...batch.alerts]));
  if (batch.telemetryDeleted.length > 0)
    statements.push(deleteRows('telemetry_data', batch.telemetryDeleted));
  if (batch.alertsDeleted.length > 0) statements.push(deleteRows('alerts', batch.alertsDeleted));
  return statements;
}

export function createRowWriter(options: RowWriterOptions): RowWriter {
  const { url, interval, onState } = options;
  const retention = createRetention(options.maxAge, options.maxRows);
  let waiting = emptyBatch();
  let client: pg.Client | undefined;
  let good = true;
  let suspended = false;
  let lastTelemetryId = 0;
  let cleanedAt = Date.now();
  let work: Promise<void> = Promise.resolve();

  const report = (healthy: boolean, reason: string): void => {
    if (healthy !== good) onState(healthy, reason);
    good = healthy;
  };
  const disconnect = async (): Promise<void> => {
    const closing = client;
    client = undefined;
    await closing?.end().catch((error: unknown) => report(false, String(error)));
  };
  const connect = async (): Promise<pg.Client> => {
    if (client !== undefined) return client;
    const fresh = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
    fresh.on('error', (error) => {
      if (client === fresh) client = undefined;
      if (!suspended) report(false, error.message);
    });
    await fresh.connect();
    client = fresh;
    return fresh;
  };
  const giveBack = (batch: Batch): void => {
    const next = waiting;
    waiting = {
      devices: new Set([...batch.devices, ...next.devices]),
      telemetry: [...batch.telemetry, ...next.telemetry].slice(-MAX_WAITING),
      telemetryDeleted: [...batch.telemetryDeleted, ...next.telemetryDeleted],
      alerts: new Set([...batch.alerts, ...next.alerts]),
      alertsDeleted: [...batch.alertsDeleted, ...next.alertsDeleted],
    };
  };

  const write = async (): Promise<void> => {
    if (suspended) return;
    const batch = waiting;
    const statements = statementsOf(batch);
    const now = Date.now();
    if (now - cleanedAt >= CLEAN_EVERY) {
      cleanedAt = now;
      retention.note(lastTelemetryId, now);
      const cutoff = retention.cutoff(now);
      if (cutoff > 0)
        statements.push({ text: 'delete from telemetry_data where id <= $1', values: [cutoff] });
    }
    // With nothing to write, too, it is tried again: the platform makes no rows while it cannot write.
    if (statements.length === 0 && good) return;
    waiting = emptyBatch();
    try {
      const connection = await connect();
      await connection.query('begin');
      for (const { text, values } of statements) await connection.query(text, values);
      await connection.query('commit');
      lastTelemetryId = Math.max(lastTelemetryId, maxId(batch.telemetry));
      report(true, '');
    } catch (error) {
      giveBack(batch);
      await disconnect();
      report(false, error instanceof Error ? error.message : String(error));
    }
  };
  const flush = (): Promise<void> => {
    work = work.then(write);
    return work;
  };
  const timer = setInterval(() => void flush(), interval);

  return {
    sink: {
      device: (row) => void waiting.devices.add(row),
      telemetry: (row) => void waiting.telemetry.push(row),
      telemetryDeleted: (ids) => void waiting.telemetryDeleted.push(...ids),
      alert: (row) => void waiting.alerts.add(row),
      alertsDeleted: (ids) => void waiting.alertsDeleted.push(...ids),
    },
    healthy: () => good && !suspended,
    flush,
    async suspend() {
      await flush();
      suspended = true;
      await disconnect();
    },
    async resume() {
      suspended = false;
      await flush();
    },
    async stop() {
      clearInterval(timer);
      await flush();
      suspended = true;
      await disconnect();
    },
  };
}
