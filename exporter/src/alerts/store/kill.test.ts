import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { describeStores } from '../../../test/support/alert-stores.ts';
import { killAfterLines } from '../../../test/support/kill.ts';
import { recordingLogger } from '../../../test/support/http.ts';
import { storeArguments } from '../../../test/support/store-place.ts';
import { createAlertStore } from './store.ts';

const WRITER = fileURLToPath(new URL('../../../test/support/alert-writer.ts', import.meta.url));
const KILLS = 25;

describeStores((stores) => {
  describe('an exporter that is killed while alerts are acknowledged', () => {
    it(`loses none of them in ${KILLS} kills, and stores no report half`, async () => {
      const place = storeArguments(stores.place());
      const claimed: string[] = [];
      for (let kill = 0; kill < KILLS; kill += 1)
        claimed.push(...(await killAfterLines(WRITER, [`k${kill}`, ...place], 1 + ((7 * kill) % 20))));
      const logger = recordingLogger();
      const store = createAlertStore({
        database: stores.open(logger),
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
    }, 1_200_000);
  });
});
