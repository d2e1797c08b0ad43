import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { silentLogger } from '../../src/log/logger.ts';
import { createTail } from '../../src/log-tail/tail.ts';

/** Follows the files of the pattern in a process of its own and writes their lines to standard output. */
const [pattern = '', statePath = ''] = process.argv.slice(2);

function readState(): unknown {
  try {
    return JSON.parse(readFileSync(statePath, 'utf8'));
  } catch {
    return undefined;
  }
}

const tail = createTail({
  patterns: [pattern],
  onLines: ({ lines }) => {
    writeFileSync(1, `${lines.map(({ text }) => text).join('\n')}\n`);
  },
  state: {
    read: readState,
    write: (_, document) => {
      writeFileSync(`${statePath}.new`, JSON.stringify(document));
      renameSync(`${statePath}.new`, statePath);
      return Promise.resolve();
    },
  },
  stateName: 'positions',
  logger: silentLogger(),
  pollInterval: 5,
  scanInterval: 50,
  saveInterval: 20,
});
tail.start();
process.once('SIGTERM', () => void tail.stop());
await tail.poll(1000);
writeFileSync(1, 'ready\n');
