import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { silentLogger } from '../../log/logger.ts';
import { killAfterLines } from '../../../test/support/kill.ts';
import { temporaryFolder } from '../../../test/support/server.ts';
import { openDatabase } from '../store/database.ts';
import { createAlertStore } from '../store/store.ts';

const WRITER = fileURLToPath(new URL('../../../test/support/escalation-writer.ts', import.meta.url));
const KILLS = 15;

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder('escalation-kill');
});
afterEach(() => folder.remove());

const countRow = z.object({ fingerprint: z.string(), escalations: z.number() });

describe('an exporter that is killed while it escalates', () => {
  it(`escalates each alert once to each receiver, in ${KILLS} kills`, async () => {
    const path = join(folder.path, 'alerts.db');
    const claimed: string[] = [];
    for (let kill = 0; kill < KILLS; kill += 1)
      claimed.push(...(await killAfterLines(WRITER, [path, `k${kill}`], 1 + Math.floor(Math.random() * 20))));
    const database = openDatabase({ path, logger: silentLogger() });
    const store = createAlertStore({
      ...{ database, externalLabels: [], limits: { entries: 1000, age: 1e12 }, maxOpen: 1e6 },
    });
    // What was raised and not yet escalated when the process died is escalated by the next one.
    await store.escalate({ after: 0, every: 0 }, () => false, Date.now());
    expect(await store.escalate({ after: 0, every: 0 }, () => false, Date.now())).toEqual([]);
    const counts = new Map(
      (
        await database.read((sql) =>
          sql.all(
            countRow,
            "select fingerprint, count(*) as escalations from deliveries where kind = 'escalation' group by 1",
          ),
        )
      ).map(({ fingerprint, escalations }) => [fingerprint, escalations]),
    );
    await store.close();
    expect(claimed.length).toBeGreaterThanOrEqual(KILLS);
    expect(claimed.filter((fingerprint) => counts.get(fingerprint) !== 2)).toEqual([]);
    expect([...counts.values()].filter((count) => count !== 2)).toEqual([]);
  }, 300_000);
});
