import { isIP } from 'node:net';
import { type AccessLine, parseStatus, SWITCHING_PROTOCOLS } from './access-line.ts';
import { withoutPort } from './client-address.ts';
import { parseRequestLine } from './request-target.ts';

/** `INFO:     ` of uvicorn's own formatter, `INFO:uvicorn.access:` of Python's basicConfig: the client is all between. */
const UVICORN = /^INFO:(?: {5}|uvicorn\.access:)/;
/** The platform's logging.yaml: local time without zone, level, the logger's name with the "standard" formatter. */
const LOGGING_YAML = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:,\d{3})? \[INFO\] (?:uvicorn\.access: )?/;
/** `('127.0.0.1', 36102)`: how uvicorn writes the client of a WebSocket. */
const TUPLE = /^\('([^']{1,64})', \d{1,5}\)$/;

function clientOf(text: string): string | null {
  return TUPLE.exec(text)?.[1] ?? withoutPort(text);
}

function statusOf(text: string): string | null {
  if (text === '[accepted]') return SWITCHING_PROTOCOLS;
  const end = text.indexOf(' ');
  return parseStatus(end === -1 ? text : text.slice(0, end));
}

/** The client behind a prefix that is not known (syslog, compose, any formatter): the last word, if it is an address. */
function lastAddress(text: string): string | null {
  const start = text.endsWith(')') ? text.lastIndexOf("('") : text.lastIndexOf(' ') + 1;
  const client = start === -1 ? null : clientOf(text.slice(start));
  return client !== null && isIP(client) !== 0 ? client : null;
}

/** A line of uvicorn or of gunicorn with uvicorn's workers. */
export interface ServedRequest {
  readonly format: 'uvicorn' | 'logging_yaml';
  readonly access: AccessLine;
}

/**
 * Reads `127.0.0.1:59046 - "GET /path HTTP/1.1" 200 OK`, whatever a formatter, syslog or compose wrote before it. Null for
 * every other line. It has neither duration nor a time with zone. The request ends at the last quote: a query may hold
 * others.
 */
export function parseServedRequest(line: string): ServedRequest | null {
  const open = line.indexOf(' - "');
  if (open === -1) return null;
  const close = line.lastIndexOf('" ');
  if (close < open + 4) return null;
  const status = statusOf(line.slice(close + 2));
  if (status === null) return null;
  const { method, path } = parseRequestLine(line.slice(open + 4, close));
  const prefix = UVICORN.exec(line)?.[0].length;
  const isPlatform = prefix === undefined && LOGGING_YAML.test(line);
  const client = prefix === undefined ? lastAddress(line.slice(0, open)) : clientOf(line.slice(prefix, open));
  if (client === null && prefix === undefined && !isPlatform) return null;
  const access = { method, path, status, durationSeconds: null, client, time: null };
  return { format: isPlatform ? 'logging_yaml' : 'uvicorn', access };
}
