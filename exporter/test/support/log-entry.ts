import type { LogEntry } from '../../src/logs/entry.ts';

/** When the entries of tests were written and read. */
export const LOGGED_AT = Date.UTC(2026, 10, 29, 12);

/** An entry of a service's log with what the test is about. */
export function logEntry(fields: Partial<LogEntry> = {}): LogEntry {
  const message = fields.message ?? 'Telemetry from unknown device: NOPE';
  return {
    id: 'entry-1',
    timestamp: LOGGED_AT,
    timeSource: 'line',
    created: LOGGED_AT + 250,
    level: 'INFO',
    service: 'valtronics-api',
    dataset: 'valtronics.api',
    category: 'application',
    message,
    raw: fields.raw ?? message,
    truncated: false,
    ...fields,
  };
}

/** Text of 15 random bits a character, the same for the same seed: no compression makes it shorter. */
export function noise(length: number, seed: number): string {
  const codes = new Uint16Array(length);
  let state = seed + 1;
  for (let index = 0; index < length; index += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    codes[index] = 0x1000 + ((state >>> 16) & 0x7fff);
  }
  return Buffer.from(codes.buffer).toString('utf16le');
}
