/** What one line of the access log tells. */
export interface ServedRequest {
  readonly address: string;
  /** Milliseconds since the epoch of the answer's end. */
  readonly at: number;
  readonly method: string;
  /** The request target with its query, as it came. */
  readonly target: string;
  readonly httpVersion: string;
  readonly status: number;
  readonly bodyBytes: number;
  readonly referer: string | undefined;
  readonly userAgent: string | undefined;
  /** Seconds. */
  readonly duration: number;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** nginx's `$time_local`, in UTC: `22/Nov/2026:23:29:16 +0000`. */
export function timeLocal(at: number): string {
  const time = new Date(at);
  const day = String(time.getUTCDate()).padStart(2, '0');
  const clock = time.toISOString().slice(11, 19);
  return `${day}/${MONTHS[time.getUTCMonth()] ?? ''}/${time.getUTCFullYear()}:${clock} +0000`;
}

/** Escapes what would end a quoted field, as nginx does. */
function quoted(text: string | undefined): string {
  if (text === undefined || text === '') return '"-"';
  const escaped = text.replaceAll(/[^\x20-\x7e]|["\\]/gu, (letter) =>
    [...Buffer.from(letter)].map((byte) => `\\x${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
  return `"${escaped}"`;
}

/** nginx's combined format with `$request_time` at its end. */
export function accessLine(request: ServedRequest): string {
  const { address, at, method, target, httpVersion, status, bodyBytes, referer, userAgent, duration } =
    request;
  const first = quoted(`${method} ${target} HTTP/${httpVersion}`);
  const head = `${address} - - [${timeLocal(at)}] ${first} ${status} ${bodyBytes}`;
  return `${head} ${quoted(referer)} ${quoted(userAgent)} ${duration.toFixed(3)}`;
}
