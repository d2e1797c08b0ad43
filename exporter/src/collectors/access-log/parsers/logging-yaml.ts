import type { AccessLine } from '../access-line.ts';
import { parseServedRequest } from './uvicorn.ts';

/** Local time without zone, level, and the logger's name where the "standard" formatter is used. */
const PREFIX = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:,\d{3})? \[INFO\] (?:uvicorn\.access: )?/;

/** Reads the `access` format of the platform's logging.yaml; null for every other line. Its time has no zone. */
export function parseLoggingYaml(line: string): AccessLine | null {
  const prefix = PREFIX.exec(line);
  return prefix === null ? null : parseServedRequest(line, prefix[0].length);
}
