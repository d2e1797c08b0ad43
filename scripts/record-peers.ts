import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findExecutable } from '../exporter/test/support/server.ts';
import { PEERS_FOLDER, scrapedSeries } from './queries/series.ts';
import { ROOT } from './root.ts';
import { metricsOf, peerLines, PEERS } from './test/support/peers.ts';

/**
 * `node scripts/bootstrap.mjs scripts/record-peers.ts [NAME …]`: writes the lists of the exporters that our queries may
 * ask, from real ones, as far as they are installed. What this machine cannot show (disks, sensors) is not in them.
 */
const wanted = process.argv.slice(2);
for (const { name, needs, start } of PEERS) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const lacking = needs.filter(({ names, folders }) => findExecutable(names, folders) === undefined);
  if (lacking.length > 0) {
    process.stdout.write(`${name}: needs ${lacking.map(({ package: debian }) => debian ?? '').join(', ')}\n`);
    continue;
  }
  const peer = await start();
  try {
    const own = new Set(
      scrapedSeries()
        .filter(({ of }) => of === 'catalogue')
        .map((series) => series.name),
    );
    const lines = peerLines(await metricsOf(peer.target), own);
    const head = `# Series of ${name}, recorded from a real one by scripts/record-peers.ts.`;
    writeFileSync(join(ROOT, PEERS_FOLDER, `${name}.txt`), `${[head, ...lines].join('\n')}\n`);
    process.stdout.write(`${name}: ${lines.length} series\n`);
  } finally {
    await peer.stop();
  }
}
