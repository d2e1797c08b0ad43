import { type AccessLine, parseStatus, SWITCHING_PROTOCOLS } from '../access-line.ts';
import { withoutPort } from './client-address.ts';
import { parseRequestLine } from './request-target.ts';

/** `INFO:     ` of uvicorn's own formatter, `INFO:uvicorn.access:` of Python's basicConfig. */
const PREFIX = /^INFO:(?: {5}|uvicorn\.access:)/;

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

/**
 * Reads `127.0.0.1:59046 - "GET /path HTTP/1.1" 200 OK` from an index on, the part that uvicorn and the
 * platform's logging.yaml share. Null when it is no such text. The request ends at the last quote: a query
 * may hold others.
 */
export function parseServedRequest(line: string, start: number): AccessLine | null {
  const open = line.indexOf(' - "', start);
  if (open === -1) return null;
  const close = line.lastIndexOf('" ');
  if (close < open + 4) return null;
  const status = statusOf(line.slice(close + 2));
  if (status === null) return null;
  const { method, path } = parseRequestLine(line.slice(open + 4, close));
  const client = clientOf(line.slice(start, open));
  return { method, path, status, durationSeconds: null, client, time: null };
}

/** Reads a line of uvicorn's access log; null for every other line. It has neither duration nor time. */
export function parseUvicorn(line: string): AccessLine | null {
  const prefix = PREFIX.exec(line);
  return prefix === null ? null : parseServedRequest(line, prefix[0].length);
}
