/** One served request, as a line of an access log tells it. */
export interface AccessLine {
  /** A method of HTTP in capitals, else `other`. */
  readonly method: string;
  /** Path of the request without host, query and fragment, as logged; null where the request has none. */
  readonly path: string | null;
  /** Three digits, e.g. `200`; `000` where none was sent. */
  readonly status: string;
  /** Null where the line has no duration, or none that says how long serving took. */
  readonly durationSeconds: number | null;
  /** Address without port, unchecked; null where the line has none. Never exposed. */
  readonly client: string | null;
  /** Milliseconds since the epoch; null where the line has no time or one without zone. */
  readonly time: number | null;
}

/** Status of a connection that became a WebSocket: its "duration" is the life of the connection. */
export const SWITCHING_PROTOCOLS = '101';

const STATUS = /^(?:000|[1-5]\d\d)$/;

/** The status of a line, or null when the text is none. */
export function parseStatus(text: string): string | null {
  return STATUS.test(text) ? text : null;
}
