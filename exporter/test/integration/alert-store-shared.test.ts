import { expect, it } from '@jest/globals';
import { raiseThroughKills } from '../support/exporter-pair.ts';
import { startPostgres } from '../support/postgres.ts';
import { describeWith, POSTGRES } from '../support/require.ts';

describeWith([POSTGRES], 'two exporters with one store', () => {
  it('lose no alert and tell none twice, whichever of them is killed', async () => {
    const server = await startPostgres();
    try {
      const outcome = await raiseThroughKills({ storeUrl: server.url(), alerts: 40, kills: 4, seed: 11 });
      expect(outcome).toMatchObject({ lost: [], doubled: [], rows: [40, 40] });
      expect(outcome.killed.reduce((sum, times) => sum + times, 0)).toBe(4);
    } finally {
      await server.stop();
    }
  }, 300_000);
});
