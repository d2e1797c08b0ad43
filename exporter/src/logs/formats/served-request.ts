import { withoutPort } from '../../access-line/client-address.ts';
import { methodOf } from '../../access-line/request-target.ts';
import type { LoggedRequest } from '../entry.ts';
import { digitsAt } from './line-time.ts';

const SPACE = 0x20;
const SWITCHING_PROTOCOLS = 101;
const FORBIDDEN = 403;
/** An IPv6 address with its port as a tuple. */
const LONGEST_CLIENT = 64;

/** The method and the target of `GET /path?query HTTP/1.1`; what is no request is kept as target alone. */
export function requestLine(text: string): { method?: string; url: string } {
  const methodEnd = text.indexOf(' ');
  if (methodEnd < 1) return { url: text };
  const method = methodOf(text.slice(0, methodEnd));
  if (method === 'other') return { url: text };
  const protocol = text.lastIndexOf(' HTTP/');
  return { method, url: text.slice(methodEnd + 1, protocol > methodEnd ? protocol : text.length) };
}

/** The address in `127.0.0.1:59046` or `('127.0.0.1', 36102)`, as uvicorn writes clients; undefined for anything else. */
function clientIp(text: string): string | undefined {
  if (!text.startsWith("('")) return withoutPort(text) ?? undefined;
  const end = text.indexOf("'", 2);
  return end === -1 ? undefined : text.slice(2, end);
}

function statusAt(text: string, start: number): number | undefined {
  if (text.startsWith('[accepted]', start)) return SWITCHING_PROTOCOLS;
  if (text.startsWith('[rejected]', start)) return FORBIDDEN;
  const status = digitsAt(text, start, 3);
  const end = text.charCodeAt(start + 3);
  return status >= 100 && status < 600 && (end === SPACE || Number.isNaN(end)) ? status : undefined;
}

/**
 * The request in `127.0.0.1:59046 - "GET /path HTTP/1.1" 200 OK` from an index to the end, as uvicorn writes it;
 * undefined for any other text. The request ends at the last quote: a query may hold others.
 */
export function servedRequest(line: string, start: number): LoggedRequest | undefined {
  const open = line.indexOf(' - "', start);
  if (open === -1 || open - start > LONGEST_CLIENT) return undefined;
  const close = line.lastIndexOf('" ');
  const status = close < open + 4 ? undefined : statusAt(line, close + 2);
  if (status === undefined) return undefined;
  const { method, url } = requestLine(line.slice(open + 4, close));
  return { method, url, status, clientIp: clientIp(line.slice(start, open)) };
}
