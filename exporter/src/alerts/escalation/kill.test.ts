import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { describeStores } from '../../../test/support/alert-stores.ts';
import { z } from 'zod';
import { killAfterLines } from '../../../test/support/kill.ts';
import { storeArguments } from '../../../test/support/store-place.ts';
import { createAlertStore } from '../store/store.ts';

const WRITER = fileURLToPath(new URL('../../../test/support/escalation-writer.ts', import.meta.url));
const KILLS = 15;

const countRow = z.object({ fingerprint: z.string(), escalations: z.number() });

describeStores((stores) => {
  describe('an exporter that is killed while it escalates', () => {
    it(`escalates each alert once to each receiver, in ${KILLS} kills`, async () => {
      const place = storeArguments(stores.place());
      const claimed: string[] = [];
      for (let kill = 0; kill < KILLS; kill += 1)
        claimed.push(...(await killAfterLines(WRITER, [`k${kill}`, ...place], 1 + ((7 * kill) % 20))));
      const database = stores.open();
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
    }, 1_200_000);
  });
});
