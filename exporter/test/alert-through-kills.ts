import { raiseThroughKills } from './support/exporter-pair.ts';
import { startPostgres } from './support/postgres.ts';

/**
 * Raises so many alerts at two exporters with one store in PostgreSQL through so many `kill -9` of either, and counts what
 * the receiver heard. By hand: it takes minutes.
 *
 *     node exporter/test/alert-through-kills.ts [alerts] [kills] [seed]
 */
const [, , alerts = '1000', kills = '50', seed = '1'] = process.argv;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const postgres = await startPostgres();
try {
  const outcome = await raiseThroughKills({
    ...{ storeUrl: postgres.url(), alerts: Number(alerts), kills: Number(kills), seed: Number(seed), say },
  });
  const { lost, doubled, repeated, rows, killed } = outcome;
  say(
    `${alerts} alerts, ${killed.join(' + ')} kills: ${lost.length} lost, ${doubled.length} doubled, ` +
      `${repeated} sent again under their key; rows: ${rows.join(' and ')}`,
  );
  process.exitCode = lost.length + doubled.length === 0 && rows.every((n) => n === Number(alerts)) ? 0 : 1;
} finally {
  await postgres.stop();
}
