import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { killAfterLines } from '../../../test/support/kill.ts';
import { temporaryFolder } from '../../../test/support/server.ts';
import { recordingLogger } from '../../../test/support/http.ts';
import { openDatabase } from './database.ts';
import { createAlertStore } from './store.ts';

const WRITER = fileURLToPath(new URL('../../../test/support/alert-writer.ts', import.meta.url));
const KILLS = 50;

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder('alert-kill');
});
afterEach(() => folder.remove());

describe('an exporter that is killed while alerts are acknowledged', () => {
  it(`loses none of them in ${KILLS} kills, and stores no report half`, async () => {
    const path = join(folder.path, 'alerts.db');
    const claimed: string[] = [];
    for (let kill = 0; kill < KILLS; kill += 1)
      claimed.push(...(await killAfterLines(WRITER, [path, `k${kill}`], 1 + Math.floor(Math.random() * 20))));
    const logger = recordingLogger();
    const store = createAlertStore({
      database: openDatabase({ path, logger }),
      externalLabels: [],
      limits: { entries: 1000, age: 1e12 },
      maxOpen: 1e6,
    });
    expect(claimed.length).toBeGreaterThanOrEqual(KILLS);
    const found = await Promise.all(claimed.map((fingerprint) => store.find(fingerprint)));
    const lost = found.filter(
      (alert) => alert?.state !== 'acknowledged' || !alert.acknowledgement?.comment.startsWith('comment '),
    );
    const { total } = await store.statistics(Date.now());
    await store.close();
    expect(lost).toEqual([]);
    expect(total % 2).toBe(0);
    expect(logger.lines).toEqual([]);
  }, 300_000);
});
