import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { killAfterLines } from '../../../test/support/kill.ts';
import { temporaryFolder } from '../../../test/support/server.ts';
import { systemClock } from '../../base/clock.ts';
import { silentLogger } from '../../log/logger.ts';
import { createJournal } from './journal.ts';

const WRITER = join(import.meta.dirname, '..', '..', '..', 'test', 'support', 'journal-writer.ts');
const KILLS = 10;

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder('journal-kill');
});
afterEach(async () => {
  await folder.remove();
});

describe('a killed process', () => {
  it('leaves entries and position of one moment, and all that it said it wrote', async () => {
    const path = join(folder.path, 'logs.db');
    let claimed = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const lines = await killAfterLines(WRITER, [path], 1 + ((kill * 13) % 60));
      claimed = Number(lines.at(-1));
    }
    const journal = createJournal({
      ...{ path, logger: silentLogger(), clock: systemClock, maxBytes: 1e8, whenFull: 'block' },
      ...{ shipping: true, keepNewest: 1e6, onDrop: () => undefined },
    });
    const position = Number(journal.positions().get('file'));
    const stored = [...journal.newest(1e6)].flat().map(({ id }) => id);
    journal.close();
    expect(position).toBeGreaterThanOrEqual(claimed);
    expect(stored).toEqual(Array.from({ length: position }, (_, index) => `line-${index}`));
  });
});
