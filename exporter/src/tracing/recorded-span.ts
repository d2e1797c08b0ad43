import type { Clock } from '../base/clock.ts';
import { errorCode, messageOf } from '../base/errors.ts';
import type { RecordedValue, SpanEvent, SpanRecord } from '../trace/span-record.ts';
import type { Attributes, ExemplarCell, Span, SpanContext, SpanKind } from '../trace/tracer.ts';
import { cleanText, cleanValue, type Mask } from './clean-values.ts';
import type { EndedSpan } from './sdk.ts';

/** Where the spans of a service come from and go to. */
export interface SpanHome {
  readonly service: string;
  readonly clock: Clock;
  readonly mask: Mask;
  /** A span's name without secrets. */
  readonly cleanName: (name: string) => string;
  readonly exemplar: (span: SpanContext, cell: ExemplarCell, value: number) => void;
  readonly onEnd: (span: EndedSpan) => void;
}

/** Both clocks at one moment: times of a trace are counted from there, so that no step of the wall clock bends it. */
export interface Anchor {
  readonly wall: number;
  readonly monotonic: number;
}

export interface SpanBeginning {
  readonly context: SpanContext;
  readonly parentSpanId: string | undefined;
  readonly name: string;
  readonly kind: SpanKind;
  readonly links: readonly SpanContext[] | undefined;
  /** Milliseconds since the epoch; now when undefined. */
  readonly startTime: number | undefined;
  readonly anchor: Anchor;
}

const ATTRIBUTES = 64;
const EVENTS = 32;
const ATTRIBUTES_OF_EVENT = 16;
const LINKS = 128;
const NO_LINKS: SpanRecord['links'] = [];
const NO_EVENTS: SpanRecord['events'] = [];
const NOTHING_DROPPED: EndedSpan['dropped'] = { attributes: 0, events: 0, links: 0 };

/** What `error.type` says: a code where there is one, else the class. */
function typeOf(error: unknown): string {
  return errorCode(error) ?? (error instanceof Error ? error.name : typeof error);
}

function linksOf(links: readonly SpanContext[] | undefined): SpanRecord['links'] {
  if (links === undefined || links.length === 0) return NO_LINKS;
  return links.slice(0, LINKS).map(({ traceId, spanId }) => ({ traceId, spanId }));
}

/** A span that is being recorded, in bounds and without secrets. */
export class RecordedSpan implements Span {
  readonly context: SpanContext;
  readonly anchor: Anchor;
  readonly #home: SpanHome;
  readonly #parentSpanId: string | undefined;
  readonly #kind: SpanKind;
  readonly #start: number;
  readonly #links: SpanRecord['links'];
  readonly #attributes: Record<string, RecordedValue> = {};
  readonly #linksLeftOut: number;
  #name: string;
  #attributeCount = 0;
  #attributesLeftOut = 0;
  #events: SpanEvent[] | undefined;
  #eventsLeftOut = 0;
  #failure: string | undefined;
  #isOver = false;

  constructor(
    home: SpanHome,
    { context, parentSpanId, name, kind, links, startTime, anchor }: SpanBeginning,
  ) {
    this.context = context;
    this.anchor = anchor;
    this.#home = home;
    this.#parentSpanId = parentSpanId;
    this.#name = name;
    this.#kind = kind;
    this.#links = linksOf(links);
    this.#linksLeftOut = (links?.length ?? 0) - this.#links.length;
    this.#start = startTime === undefined ? this.#now() : Math.round(startTime * 1000);
  }

  rename(name: string): void {
    if (!this.#isOver) this.#name = this.#home.cleanName(name);
  }

  set(attributes: Attributes): void {
    if (this.#isOver) return;
    for (const name in attributes) {
      const value = attributes[name];
      if (value !== undefined) this.#setOne(name, cleanValue(name, value, this.#home.mask));
    }
  }

  event(name: string, attributes: Attributes = {}): void {
    if (this.#isOver) return;
    const given = Object.entries(attributes).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, cleanValue(key, value, this.#home.mask)] as const],
    );
    this.#addEvent(name, Object.fromEntries(given.slice(0, ATTRIBUTES_OF_EVENT)));
  }

  fail(error: unknown): void {
    if (this.#isOver) return;
    const [type, message] = [typeOf(error), cleanText(messageOf(error), this.#home.mask)];
    this.#failure = message;
    this.#setOne('error.type', type);
    this.#addEvent('exception', { 'exception.type': type, 'exception.message': message });
  }

  exemplar(cell: ExemplarCell, value: number): void {
    this.#home.exemplar(this.context, cell, value);
  }

  end(endTime?: number): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const { traceId, spanId, sampled, traceState } = this.context;
    const end = endTime === undefined ? this.#now() : Math.round(endTime * 1000);
    this.#home.onEnd({
      record: {
        traceId,
        spanId,
        parentSpanId: this.#parentSpanId,
        service: this.#home.service,
        name: this.#name,
        kind: this.#kind,
        start: this.#start,
        duration: Math.max(0, end - this.#start),
        status: this.#failure === undefined ? 'unset' : 'error',
        statusMessage: this.#failure,
        attributes: this.#attributes,
        events: this.#events ?? NO_EVENTS,
        links: this.#links,
      },
      sampled,
      traceState,
      dropped: this.#leftOut(),
    });
  }

  /** Microseconds since the epoch. */
  #now(): number {
    return Math.round((this.anchor.wall + this.#home.clock.monotonic() - this.anchor.monotonic) * 1000);
  }

  #setOne(name: string, value: RecordedValue): void {
    if (!Object.hasOwn(this.#attributes, name)) {
      if (this.#attributeCount >= ATTRIBUTES) {
        this.#attributesLeftOut++;
        return;
      }
      this.#attributeCount++;
    }
    this.#attributes[name] = value;
  }

  /** Of too many the first go: how it ended says more than how it began. */
  #addEvent(name: string, attributes: SpanEvent['attributes']): void {
    this.#events ??= [];
    if (this.#events.length >= EVENTS) {
      this.#events.shift();
      this.#eventsLeftOut++;
    }
    this.#events.push({ name, time: this.#now(), attributes });
  }

  #leftOut(): EndedSpan['dropped'] {
    const [attributes, events, links] = [this.#attributesLeftOut, this.#eventsLeftOut, this.#linksLeftOut];
    return attributes + events + links === 0 ? NOTHING_DROPPED : { attributes, events, links };
  }
}
