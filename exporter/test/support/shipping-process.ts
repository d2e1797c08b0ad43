import { setTimeout as delay } from 'node:timers/promises';
import { systemClock } from '../../src/base/clock.ts';
import { silentLogger } from '../../src/log/logger.ts';
import { createJournal } from '../../src/logs/journal/journal.ts';
import { setUpStore } from '../../src/logs/shipping/setup/set-up.ts';
import { createShipper } from '../../src/logs/shipping/shipper.ts';
import { createStoreClient } from '../../src/logs/shipping/store-client.ts';
import { LOGGED_AT, logEntry } from './log-entry.ts';

/**
 * Reads a made-up file of so many lines, on from where the journal says that an earlier run was, and ships them. Prints a
 * line for each thousand that arrived, and ends once all did.
 */
const [, , path = '', url = '', lines = '0'] = process.argv;
const total = Number(lines);
const journal = createJournal({
  ...{ path, logger: silentLogger(), clock: systemClock, maxBytes: 1e9, whenFull: 'block' },
  ...{ shipping: true, keepNewest: 100, onDrop: (reason) => process.stderr.write(`dropped: ${reason}\n`) },
});
const client = createStoreClient({ url });
let arrived = 0;
const shipper = createShipper({
  ...{ journal, client, clock: systemClock, logger: silentLogger(), backoff: { initial: 5, max: 50 } },
  prepare: async (signal) => {
    await setUpStore(client, 30, signal);
  },
  onShipped: (entries) => {
    const thousands = Math.floor(arrived / 1000);
    arrived += entries;
    if (Math.floor(arrived / 1000) > thousands) process.stdout.write(`${arrived}\n`);
  },
  onFailure: () => undefined,
});

/** The lines of the file go over midnight, and so into two indices. */
const lineAt = (number: number) =>
  logEntry({
    ...{ id: `line-${number}`, timestamp: LOGGED_AT + number * 3600, created: LOGGED_AT + 86_400_000 },
    ...{ offset: number * 80, message: `Line ${number} of the file`, deviceId: `PUMP-${number % 50}` },
  });

let position = Number(journal.positions().get('file') ?? 0);
shipper.start();
while (position < total) {
  const entries = Array.from({ length: Math.min(100, total - position) }, (_, index) =>
    lineAt(position + index),
  );
  position += entries.length;
  const answer = journal.append({ entries, positions: { file: position } });
  if (!answer.accepted) throw new Error(answer.message);
  await delay(1);
}
while (journal.stats().waitingEntries > 0) await delay(20);
await shipper.stop();
journal.close();
