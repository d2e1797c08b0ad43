import { isIP } from 'node:net';
import { type AccessLine, parseStatus } from '../access-line.ts';
import { clientAddress, forwardedClient } from './client-address.ts';
import { closingQuote, type Field, splitFields } from './fields.ts';
import { parseCommonTime, parseIsoTime } from './log-time.ts';
import { parseRequestLine } from './request-target.ts';

/** nginx writes $request_time always with three decimals; nothing else in the usual formats looks so. */
const SECONDS = /^\d{1,9}\.\d{3}$/;
const KEYED = /^(?:rt|request_time|urt|upstream_response_time)="?(\d{1,9}(?:\.\d{1,9})?)/;

interface Extras {
  readonly durationSeconds: number | null;
  readonly forwarded: string | null;
}

/** The fields behind bytes: referer and user agent where they are quoted, then what the operator has added. */
function extrasOf(fields: readonly Field[]): Extras {
  const added = fields[0]?.quoted === true && fields[1]?.quoted === true ? fields.slice(2) : fields;
  let bare: string | undefined;
  let request: string | undefined;
  let upstream: string | undefined;
  let forwarded: string | null = null;
  for (const { text, quoted } of added) {
    const keyed = KEYED.exec(text)?.[1];
    if (keyed !== undefined && text.startsWith('u')) upstream ??= keyed;
    else if (keyed !== undefined) request ??= keyed;
    else if (SECONDS.test(text)) bare ??= text;
    else if (quoted && forwarded === null) {
      const client = forwardedClient(text);
      if (client !== null && isIP(client) !== 0) forwarded = client;
    }
  }
  const seconds = request ?? bare ?? upstream;
  return { durationSeconds: seconds === undefined ? null : Number(seconds), forwarded };
}

/**
 * Reads the common and combined formats of nginx, Apache and gunicorn, with any of X-Forwarded-For (quoted),
 * `$request_time` (quoted or not) or `rt=…`/`urt=…` behind them; so also ingress-nginx's format. Null for
 * every other line. Bare times: the first is the request's, as nginx's own examples have it.
 */
export function parseCombined(line: string): AccessLine | null {
  const timeStart = line.indexOf(' [');
  if (timeStart < 1) return null;
  const timeEnd = line.indexOf('] "', timeStart);
  if (timeEnd === -1 || timeEnd - timeStart > 40) return null;
  const written = line.slice(timeStart + 2, timeEnd);
  const time = parseCommonTime(written) ?? parseIsoTime(written);
  if (time === null) return null;
  const requestStart = timeEnd + 3;
  const requestEnd = closingQuote(line, requestStart);
  if (requestEnd === -1) return null;
  const [statusField, , ...rest] = splitFields(line, requestEnd + 1);
  const status = parseStatus(statusField?.text ?? '');
  if (status === null) return null;
  const { method, path } = parseRequestLine(line.slice(requestStart, requestEnd));
  const { durationSeconds, forwarded } = extrasOf(rest);
  const client = forwarded ?? clientAddress(line.slice(0, line.indexOf(' ')));
  return { method, path, status, durationSeconds, client, time };
}
