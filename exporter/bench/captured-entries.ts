import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../src/base/clock.ts';
import type { LogEntry } from '../src/logs/entry.ts';
import { createEntryReader } from '../src/logs/reading/entry-reader.ts';
import { logEntry } from '../test/support/log-entry.ts';

const CAPTURES = join(import.meta.dirname, '..', 'test', 'captures', 'logs');

/** So many entries of the captured mix, each with an id and a time of its own. */
export function capturedEntries(count: number): LogEntry[] {
  const read = readdirSync(CAPTURES).flatMap((file) => {
    const path = `/var/log/valtronics/${file}`;
    const reader = createEntryReader({ service: 'valtronics-api', fileKey: file, path, clock: systemClock });
    const entries: LogEntry[] = [];
    let offset = 0;
    for (const text of readFileSync(join(CAPTURES, file), 'utf8').split('\n')) {
      entries.push(...reader.push({ text, offset, truncated: false }));
      offset += text.length + 1;
    }
    return [...entries, ...reader.flush()];
  });
  return Array.from({ length: count }, (_, index) => {
    const entry = read[index % read.length] ?? logEntry();
    return { ...entry, id: `${entry.id.slice(0, 20)}${index}`, timestamp: entry.timestamp + index };
  });
}
