import { type AccessLine, parseStatus } from './access-line.ts';
import { withoutPort } from './client-address.ts';
import { parseRequestLine } from './request-target.ts';

/** `[06/Feb/2009:12:14:14.655] `: when HAProxy accepted the request, local time without zone. */
const ACCEPTED = /^\[\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d\.\d{3}\] /;
const ACCEPTED_LENGTH = 27;
/** The five times of an HTTP request, milliseconds; -1 for what did not happen, + when it was logged early. */
const TIMERS = /^(?:[+-]?\d{1,10}\/){4}([+-]?\d{1,10})$/;

/**
 * Reads HAProxy's `option httplog`, as it stands in a file of syslog; null for every other line. `<BADREQ>` is a request
 * without path. The time has no zone.
 */
export function parseHaproxy(line: string): AccessLine | null {
  let open = line.indexOf(' [');
  while (open !== -1 && !ACCEPTED.test(line.slice(open + 1, open + 1 + ACCEPTED_LENGTH)))
    open = line.indexOf(' [', open + 2);
  if (open === -1) return null;
  const [, , timers, written] = line.slice(open + 1 + ACCEPTED_LENGTH).split(' ', 4);
  const total = TIMERS.exec(timers ?? '')?.[1];
  const status = parseStatus(written === '-1' ? '000' : (written ?? ''));
  const quote = line.indexOf('"', open);
  if (total === undefined || status === null || quote === -1) return null;
  const end = line.indexOf('"', quote + 1);
  const request = line.slice(quote + 1, end === -1 ? line.length : end);
  const milliseconds = Number(total);
  return {
    ...parseRequestLine(request),
    status,
    durationSeconds: milliseconds < 0 ? null : milliseconds / 1000,
    client: withoutPort(line.slice(line.lastIndexOf(' ', open - 1) + 1, open)),
    time: null,
  };
}
