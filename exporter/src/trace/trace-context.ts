import { NO_SPAN_ID, NO_TRACE_ID, type SpanContext } from './tracer.ts';

/** What travels with a request or a message: the names of W3C Trace Context and Baggage, in lower case. */
export interface TraceHeaders {
  readonly traceparent: string;
  readonly tracestate?: string;
  readonly baggage?: string;
}

/**
 * Where such names are looked up: headers of Node's HTTP, user properties of MQTT 5, or the outermost members of a
 * message's JSON object, which is all that MQTT 3 has room for. Whatever stands there is from outside.
 */
export type Carrier = Readonly<Record<string, unknown>>;

const TRACEPARENT = /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(-.*)?$/;
const LONGEST_TRACEPARENT = 512;

const STATE_MEMBER =
  /^(?:[a-z][\da-z_*/-]{0,255}|[\da-z][\da-z_*/-]{0,240}@[a-z][\da-z_*/-]{0,13})=[ -+\--<>-~]{0,255}[!-+\--<>-~]$/;
const STATE_MEMBERS = 32;
/** What every implementation has to carry; the members of the newest hands stand first. */
const STATE_LENGTH = 512;

const BAGGAGE_MEMBER =
  /^[!#$%&'*+.^_`|~\dA-Za-z-]+[ \t]*=[ \t]*[!#-+\--:<-[\]-~]*(?:[ \t]*;[ \t!#-+\--[\]-~]*)?$/;
const BAGGAGE_MEMBERS = 64;
const BAGGAGE_LENGTH = 8192;

/** Whether the text is the id of a trace: 32 lower-case hexadecimal digits, not all of them zero. */
export function isTraceId(text: string): boolean {
  return /^[\da-f]{32}$/.test(text) && text !== NO_TRACE_ID;
}

/**
 * The span that a `traceparent` names; undefined for what the specification calls invalid. Of later versions the part
 * that this one knows is read.
 */
export function parseTraceparent(text: string): SpanContext | undefined {
  if (text.length > LONGEST_TRACEPARENT) return undefined;
  const [, version, traceId = '', spanId = '', flags = '', more] = TRACEPARENT.exec(text.trim()) ?? [];
  if (version === undefined || version === 'ff' || (version === '00' && more !== undefined)) return undefined;
  if (traceId === NO_TRACE_ID || spanId === NO_SPAN_ID) return undefined;
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

/** The `traceparent` that makes others children of this span. */
export function formatTraceparent({ traceId, spanId, sampled }: SpanContext): string {
  return `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`;
}

/** The members of a list, without the blanks around them; empty ones are allowed and say nothing. */
function membersOf(text: string): string[] {
  return text.split(',').flatMap((member) => (member.trim() === '' ? [] : [member.trim()]));
}

/** As many of the members, from the first on, as the length has room for. */
function within(members: readonly string[], length: number): string | undefined {
  let text = '';
  for (const member of members) {
    if (text.length + member.length + 1 > length) break;
    text += text === '' ? member : `,${member}`;
  }
  return text === '' ? undefined : text;
}

/** A `tracestate` as it may be passed on: all of it or, where it breaks the rules, nothing. Cut between members when it is too long. */
export function parseTracestate(text: string): string | undefined {
  if (text.length > BAGGAGE_LENGTH) return undefined;
  const members = membersOf(text);
  const keys = new Set(members.map((member) => member.slice(0, member.indexOf('='))));
  if (members.length > STATE_MEMBERS || keys.size < members.length) return undefined;
  return members.every((member) => STATE_MEMBER.test(member)) ? within(members, STATE_LENGTH) : undefined;
}

/** A `baggage` as it may be passed on: its well-formed members, as many as the specification has room for. */
export function parseBaggage(text: string): string | undefined {
  if (text.length > 2 * BAGGAGE_LENGTH) return undefined;
  const members = membersOf(text).filter((member) => BAGGAGE_MEMBER.test(member));
  return within(members.slice(0, BAGGAGE_MEMBERS), BAGGAGE_LENGTH);
}

/** One value under the name; of a name that was given several times they are a list. */
function listIn(carrier: Carrier, name: string): string | undefined {
  const value = carrier[name];
  if (typeof value === 'string') return value;
  return Array.isArray(value) && value.every((part) => typeof part === 'string')
    ? value.join(',')
    : undefined;
}

/** The span that came with a request or a message; undefined when none did, or none that is well formed. Never throws. */
export function readContext(carrier: Carrier): SpanContext | undefined {
  const { traceparent } = carrier;
  const context = typeof traceparent === 'string' ? parseTraceparent(traceparent) : undefined;
  if (context === undefined) return undefined;
  const state = listIn(carrier, 'tracestate');
  const carried = listIn(carrier, 'baggage');
  const traceState = state === undefined ? undefined : parseTracestate(state);
  const baggage = carried === undefined ? undefined : parseBaggage(carried);
  return {
    ...context,
    ...(traceState === undefined ? {} : { traceState }),
    ...(baggage === undefined ? {} : { baggage }),
  };
}

/** What to send along so that others' spans become children of this one. */
export function writeContext(context: SpanContext): TraceHeaders {
  const { traceState: tracestate, baggage } = context;
  return {
    traceparent: formatTraceparent(context),
    ...(tracestate === undefined ? {} : { tracestate }),
    ...(baggage === undefined ? {} : { baggage }),
  };
}
