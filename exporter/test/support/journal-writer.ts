import { systemClock } from '../../src/base/clock.ts';
import { silentLogger } from '../../src/log/logger.ts';
import { createJournal } from '../../src/logs/journal/journal.ts';
import { logEntry } from './log-entry.ts';

/**
 * Reads a made-up file whose n-th line is its number, on from the journal's position, and prints the position after each
 * write: what a parent process expects to find after it has killed this one. Ships a part as it goes.
 */
const [, , path = ''] = process.argv;
const journal = createJournal({
  ...{ path, logger: silentLogger(), clock: systemClock, maxBytes: 1e8, whenFull: 'block' },
  ...{ shipping: true, keepNewest: 1e6, onDrop: () => undefined },
});
let position = Number(journal.positions().get('file') ?? 0);
for (let write = 0; ; write += 1) {
  const entries = Array.from({ length: 1 + (write % 40) }, (_, index) =>
    logEntry({ id: `line-${position + index}`, raw: 'x'.repeat((write * 37) % 500) }),
  );
  position += entries.length;
  const answer = journal.append({ entries, positions: { file: position } });
  if (!answer.accepted) throw new Error(answer.message);
  if (write % 7 === 0) journal.done([journal.next(0)?.seq ?? 0]);
  process.stdout.write(`${position}\n`);
}
