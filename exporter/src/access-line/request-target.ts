const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT']);

/** What was asked for. */
export interface Request {
  readonly method: string;
  readonly path: string | null;
}

/** A request that is no HTTP: a TLS handshake on a plain port, a scanner, a connection closed without a word. */
const MALFORMED: Request = { method: 'other', path: null };

/** The method in capitals when HTTP has it, else `other`. uvicorn logs a WebSocket handshake, which is a GET, by that name. */
export function methodOf(text: string): string {
  if (METHODS.has(text)) return text;
  if (text === 'WebSocket') return 'GET';
  const upper = text.toUpperCase();
  return METHODS.has(upper) ? upper : 'other';
}

/** The path of a request target in any form of RFC 9112 §3.2, without query and fragment; null where it has none. */
export function pathOf(target: string): string | null {
  let start = 0;
  if (target.charCodeAt(0) !== 0x2f) {
    const scheme = target.indexOf('://');
    if (scheme < 1 || scheme > 10) return null;
    start = target.indexOf('/', scheme + 3);
    if (start === -1) return '/';
  }
  const query = target.indexOf('?', start);
  const fragment = target.indexOf('#', start);
  const end = query === -1 ? fragment : fragment === -1 ? query : Math.min(query, fragment);
  return end === -1 ? target.slice(start) : target.slice(start, Math.max(start, end));
}

/** Reads `GET /path?query HTTP/1.1`, also without the protocol. Never fails: what is no request has no path. */
export function parseRequestLine(text: string): Request {
  const methodEnd = text.indexOf(' ');
  if (methodEnd < 1) return MALFORMED;
  const last = text.lastIndexOf(' ');
  const hasProtocol = last > methodEnd && text.startsWith('HTTP/', last + 1);
  const target = text.slice(methodEnd + 1, hasProtocol ? last : text.length);
  return { method: methodOf(text.slice(0, methodEnd)), path: pathOf(target) };
}
