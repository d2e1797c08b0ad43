import { afterEach, describe, expect, it } from '@jest/globals';
import { startPostgres } from '../../../exporter/test/support/postgres.ts';
import { describeWith, POSTGRES } from '../../../exporter/test/support/require.ts';
import { waitFor } from '../../../exporter/test/support/server.ts';
import { createAlertStore } from '../platform/alert-store.ts';
import { createTables } from './prepare.ts';
import { createRowWriter, type RowWriter } from './row-writer.ts';
import { deleteRows, insertTelemetry, setSequence, upsertAlerts } from './statements.ts';

let writer: RowWriter | undefined;
afterEach(async () => {
  await writer?.stop();
  writer = undefined;
});

describe('createRowWriter', () => {
  it('says once that it cannot write, and keeps what waits', async () => {
    const states: [boolean, string][] = [];
    writer = createRowWriter({
      url: 'postgresql://nobody:x@127.0.0.1:1/none',
      interval: 60_000,
      maxAge: 1,
      maxRows: 1,
      onState: (healthy, reason) => states.push([healthy, reason]),
    });
    createAlertStore(writer.sink).add({ deviceId: 1, title: 't', severity: 'info', alertType: 'device' }, 0);
    await writer.flush();
    await writer.flush();
    expect(writer.healthy()).toBe(false);
    expect(states).toEqual([[false, expect.stringContaining('ECONNREFUSED')]]);
  });

  it('is not healthy while it is suspended', async () => {
    writer = createRowWriter({
      url: 'postgresql://x',
      interval: 60_000,
      maxAge: 1,
      maxRows: 1,
      onState: () => undefined,
    });
    expect(writer.healthy()).toBe(true);
    await writer.suspend();
    expect(writer.healthy()).toBe(false);
  });
});

describeWith([POSTGRES], 'createRowWriter with a real PostgreSQL', () => {
  it('writes again once the server is back, with nothing that waits', async () => {
    const server = await startPostgres();
    try {
      await createTables(server.url(), []);
      const created = createRowWriter({
        url: server.url(),
        interval: 20,
        maxAge: 60_000,
        maxRows: 10,
        onState: () => undefined,
      });
      writer = created;
      // What is to be deleted needs no row that it refers to.
      created.sink.alertsDeleted([1]);
      await created.flush();
      await waitFor('it writes', () => created.healthy());
      await server.halt();
      await waitFor('the loss is seen', () => !created.healthy());
      await server.resume();
      await waitFor('it writes again', () => created.healthy());
    } finally {
      await writer?.stop();
      writer = undefined;
      await server.stop();
    }
  });
});

describe('statements', () => {
  it('pass whole columns, times with microseconds', () => {
    const { values } = insertTelemetry([
      { id: 1, deviceId: 2, metricName: 'a', metricValue: NaN, unit: null, timestamp: 1.001 },
      { id: 3, deviceId: 4, metricName: 'b', metricValue: 5, unit: 'V', timestamp: 0 },
    ]);
    expect(values).toEqual([
      [1, 3],
      [2, 4],
      ['a', 'b'],
      [NaN, 5],
      [null, 'V'],
      ['1970-01-01T00:00:00.001001Z', '1970-01-01T00:00:00Z'],
    ]);
  });

  it('have a column for each of their parameters', () => {
    for (const { text, values } of [upsertAlerts([]), deleteRows('alerts', [1]), setSequence('devices', 7)]) {
      const parameters = new Set(text.match(/\$\d+/g));
      expect(parameters.size).toBe(values.length);
    }
  });
});
