import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import { systemClock } from '../../src/base/clock.ts';
import { silentLogger } from '../../src/log/logger.ts';
import { createJournal } from '../../src/logs/journal/journal.ts';
import { setUpStore } from '../../src/logs/shipping/setup/set-up.ts';
import { createShipper } from '../../src/logs/shipping/shipper.ts';
import { createStoreClient } from '../../src/logs/shipping/store-client.ts';
import { logEntry } from '../support/log-entry.ts';
import { describeWith, GO } from '../support/require.ts';
import { temporaryFolder, waitFor } from '../support/server.ts';
import { startVictoriaLogs, type VictoriaLogs } from '../support/victoria-logs.ts';

const ENTRIES = 3000;
const countRow = z.object({ count: z.coerce.number() });
const entryRow = z.object({ _msg: z.string(), _time: z.string(), 'labels.device_id': z.string() });

describeWith([GO], 'a real VictoriaLogs', () => {
  let store: VictoriaLogs;
  beforeAll(async () => {
    store = await startVictoriaLogs();
  }, 600_000);
  afterAll(() => store.stop());

  /** Rows of LogsQL. */
  async function query(text: string): Promise<unknown[]> {
    const body = new URLSearchParams({ query: text });
    const answer = await fetch(`${store.url}/select/logsql/query`, { method: 'POST', body });
    return (await answer.text())
      .split('\n')
      .filter((line) => line !== '')
      .map((line): unknown => JSON.parse(line));
  }

  it('takes entries with their message, time and labels, and is left to its own retention', async () => {
    const folder = temporaryFolder('victoria-shipping');
    const client = createStoreClient({ url: `${store.url}/insert/elasticsearch` });
    const journal = createJournal({
      ...{ path: join(folder.path, 'logs.db'), logger: silentLogger(), clock: systemClock, maxBytes: 1e8 },
      ...{ whenFull: 'block', shipping: true, keepNewest: 0, onDrop: () => undefined },
    });
    expect(await setUpStore(client, 30, new AbortController().signal)).toMatchObject({ retention: 'own' });
    const failures: string[] = [];
    const shipper = createShipper({
      ...{ journal, client, clock: systemClock, logger: silentLogger(), onShipped: () => undefined },
      onFailure: (reason) => failures.push(reason),
    });
    const entries = Array.from({ length: ENTRIES }, (_, index) =>
      logEntry({ id: `v${index}`, message: `Line ${index}`, deviceId: `PUMP-${index % 7}` }),
    );
    for (let first = 0; first < ENTRIES; first += 500)
      journal.append({ entries: entries.slice(first, first + 500) });
    shipper.start();
    await waitFor('an empty queue', () => journal.stats().waitingEntries === 0);
    await shipper.stop();
    expect([failures, journal.stats().deadLetters]).toEqual([[], 0]);
    journal.close();
    const count = async () => countRow.parse((await query('* | stats count() as count'))[0]).count;
    await waitFor('all entries', async () => (await count()) === ENTRIES);
    expect(z.array(entryRow).parse(await query('_msg:"Line 1234"'))).toEqual([
      { _msg: 'Line 1234', _time: '2026-11-29T12:00:00Z', 'labels.device_id': 'PUMP-2' },
    ]);
    await folder.remove();
  });
});
