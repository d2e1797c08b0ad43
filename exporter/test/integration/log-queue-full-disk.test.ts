import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ManualClock, manualClock } from '../support/clock.ts';
import { recordingLogger } from '../support/http.ts';
import { logEntry, noise } from '../support/log-entry.ts';
import { temporaryFolder } from '../support/server.ts';
import { createJournal, type Journal } from '../../src/logs/journal/journal.ts';

const MIB = 1024 * 1024;

/** A file system of so many bytes at the folder; false where only root may make one, and this is not root. */
function mountSmall(folder: string, bytes: number): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'valtronics-test', folder]).status === 0;
}

function mayMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'valtronics-mount-'));
  const mounted = mountSmall(folder, MIB);
  if (mounted) spawnSync('umount', [folder]);
  rmdirSync(folder);
  return mounted;
}

const isAllowed = mayMount();
const describeMounted = isAllowed ? describe : describe.skip;

describeMounted(`a disk that is full${isAllowed ? '' : ' [skipped: only root may mount one]'}`, () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let journal: Journal;
  let clock: ManualClock;
  const lines = { written: 0, dropped: 0 };
  beforeEach(() => {
    folder = temporaryFolder('full-disk');
    expect(mountSmall(folder.path, 20 * MIB)).toBe(true);
    Object.assign(lines, { written: 0, dropped: 0 });
  });
  afterEach(async () => {
    journal.close();
    spawnSync('umount', [folder.path]);
    await folder.remove();
  });

  /** With as much to spare as `minFreeBytes`, or none, so that SQLite itself meets the end of the disk. */
  function open(whenFull: 'block' | 'drop_oldest', minFreeBytes: number): Journal {
    clock = manualClock();
    journal = createJournal({
      ...{ path: join(folder.path, 'logs.db'), clock, logger: recordingLogger() },
      ...{ maxBytes: 1e9, whenFull, shipping: true, keepNewest: 0, minFreeBytes },
      onDrop: (_reason, entries) => (lines.dropped += entries),
    });
    return journal;
  }

  function append(): string {
    // The free space is looked at once a second.
    clock.advance(1000);
    const answer = journal.append({
      entries: [logEntry({ id: `line-${lines.written}`, raw: noise(30_000, lines.written) })],
      positions: { file: lines.written + 1 },
    });
    if (!answer.accepted) return answer.reason;
    lines.written += 1;
    return 'accepted';
  }

  function fill(): string {
    for (let write = 0; write < 1000; write += 1) {
      const outcome = append();
      if (outcome !== 'accepted') return outcome;
    }
    return 'never full';
  }

  /** Ids of all that waits. */
  function waiting(): string[] {
    const found: string[] = [];
    for (let batch = journal.next(0); batch !== undefined; batch = journal.next(batch.seq))
      found.push(...batch.entries.map(({ id }) => id));
    return found;
  }

  const all = (): string[] => Array.from({ length: lines.written }, (_, index) => `line-${index}`);

  it.each([
    ['of the disk', 0, 'failed'],
    ['that others need', 6 * MIB, 'disk_full'],
  ])(
    'refuses at the end %s, keeps what it took, and goes on when there is room',
    async (_, spare, reason) => {
      open('block', spare);
      const filler = join(folder.path, 'filler');
      writeFileSync(filler, Buffer.alloc(8 * MIB));
      expect(fill()).toBe(reason);
      expect(journal.positions().get('file')).toBe(lines.written);
      expect(waiting()).toEqual(all());
      journal.close();
      open('block', spare);
      expect(waiting()).toEqual(all());
      await rm(filler);
      expect(append()).toBe('accepted');
      expect(waiting()).toEqual(all());
      expect(lines.dropped).toBe(0);
    },
  );

  it('gives up the oldest where that is wanted, and counts them', () => {
    open('drop_oldest', 8 * MIB);
    for (let write = 0; write < 300; write += 1) expect(append()).toBe('accepted');
    expect(lines.dropped).toBeGreaterThan(100);
    expect(journal.stats().waitingBytes).toBeGreaterThan(2 * MIB);
    expect(waiting()).toEqual(all().slice(lines.dropped));
    expect(readdirSync(folder.path)).toContain('logs.db');
  });
});
