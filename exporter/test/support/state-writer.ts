import { writeSync } from 'node:fs';
import { silentLogger } from '../../src/log/logger.ts';
import { openStateStore } from '../../src/state/file-state-store.ts';

/**
 * Writes the document `killed` over and over until it is killed: `state-writer.ts FOLDER FIRST`. Prints the
 * number of each document once it is said to be on disk.
 */
const [, , folder = '', first = '0'] = process.argv;
const store = openStateStore(folder, silentLogger());
for (let count = Number(first); ; count += 1) {
  await store.write('killed', { count, filler: String(count % 10).repeat(20_000 + (count % 7) * 9_000) });
  writeSync(1, `${count}\n`);
}
