/** The ids of a trace and of a span in it: 32 and 16 lower-case hexadecimal digits. */
export interface TraceIds {
  readonly traceId: string;
  readonly spanId: string;
}

const [TRACE_LENGTH, SPAN_LENGTH] = [32, 16];
/** `00-` and a dash in front of the span. */
const [TRACE_AT, SPAN_AT] = [3, 36];

/** Whether as many hexadecimal digits stand at an index, not all of them zero. */
function isId(text: string, start: number, length: number): boolean {
  let zeros = 0;
  for (let index = start; index < start + length; index++) {
    const code = text.charCodeAt(index);
    const digit = (code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x66);
    if (!digit && !(code >= 0x41 && code <= 0x46)) return false;
    if (code === 0x30) zeros++;
  }
  return zeros < length;
}

/** The id of a trace at an index; undefined where none stands. */
export function traceIdAt(text: string, start: number): string | undefined {
  return isId(text, start, TRACE_LENGTH) ? text.slice(start, start + TRACE_LENGTH).toLowerCase() : undefined;
}

/** The id of a span at an index; undefined where none stands. */
export function spanIdAt(text: string, start: number): string | undefined {
  return isId(text, start, SPAN_LENGTH) ? text.slice(start, start + SPAN_LENGTH).toLowerCase() : undefined;
}

/** The ids in a W3C `traceparent` at an index: `00-<trace>-<span>-<flags>`; undefined for any other text. */
export function traceparentAt(text: string, start: number): TraceIds | undefined {
  if (text.charCodeAt(start + 2) !== 0x2d || text.charCodeAt(start + SPAN_AT - 1) !== 0x2d) return undefined;
  const traceId = traceIdAt(text, start + TRACE_AT);
  const spanId = spanIdAt(text, start + SPAN_AT);
  return traceId === undefined || spanId === undefined ? undefined : { traceId, spanId };
}
