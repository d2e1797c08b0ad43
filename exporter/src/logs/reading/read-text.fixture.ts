import type { LogEntry } from '../entry.ts';
import { createEntryReader, type EntryReaderOptions } from './entry-reader.ts';

/** When the fixtures are read. */
export const NOW = Date.UTC(2026, 10, 29, 12, 0, 0);

/** Every entry of a text, read as a file of service `test` in UTC. */
export function readText(text: string, options: Partial<EntryReaderOptions> = {}): LogEntry[] {
  const clock = { wall: () => NOW };
  const reader = createEntryReader({
    service: 'test',
    fileKey: 'file',
    path: '/var/log/test.log',
    timezone: 'UTC',
    clock,
    ...options,
  });
  const entries: LogEntry[] = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    if (line !== '') entries.push(...reader.push({ text: line, offset, truncated: false }));
    offset += Buffer.byteLength(line) + 1;
  }
  return [...entries, ...reader.flush()];
}
