/** Which traces are listed; an empty part lets everything through. */
export interface TraceFilter {
  readonly service: string;
  /** Name of a span, e.g. `GET /api/v1/devices/{device_id}`. */
  readonly operation: string;
  /** Shorter ones are left out, milliseconds; 0 for none. */
  readonly minDuration: number;
  readonly device: string;
  readonly correlation: string;
}

export const NO_TRACE_FILTER: TraceFilter = {
  service: '',
  operation: '',
  minDuration: 0,
  device: '',
  correlation: '',
};

/** A part of the filter, as it is named to people and cleared. */
export type TraceFilterPart = keyof TraceFilter;

const PARTS: readonly TraceFilterPart[] = ['service', 'operation', 'minDuration', 'device', 'correlation'];

/** The parts that keep traces away. */
export function activeTraceParts(filter: TraceFilter): TraceFilterPart[] {
  return PARTS.filter((part) => filter[part] !== NO_TRACE_FILTER[part]);
}

/** The trace id that a text is, in lower case: 32 hexadecimal digits, or the 16 of older systems; else undefined. */
export function traceIdOf(text: string): string | undefined {
  const id = text.trim();
  return /^(?:[\da-f]{16}|[\da-f]{32})$/i.test(id) ? id.toLowerCase() : undefined;
}
