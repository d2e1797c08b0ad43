import type { Clock } from '../../base/clock.ts';
import { DEVICE_ID } from '../../trace/attribute-names.ts';
import type { Attributes, SpanContext, Tracer } from '../../trace/tracer.ts';

/** The message that is handled. */
export interface TracedMessage {
  readonly topic: string;
  /** The topic with `+` for what varies. */
  readonly template: string;
  readonly deviceId: string | null;
  /** When it arrived, milliseconds since the epoch. */
  readonly at: number;
}

/**
 * Spans of what a broker sends. Never one a message: a batch is what arrived at once, and of batches one in a while has a
 * span, which links to the messages that carry a context. Of such messages the first few have a span in the trace that
 * they came with, so that the way of a device's message is seen to its end.
 */
export interface BatchSpans {
  /** Reads what arrived at once. */
  around(read: () => void): void;
  /** Whether this batch is watched: who would have to look for a context first need not. */
  readonly watched: boolean;
  /** A message of the batch, by its topic's template. */
  message(template: string): void;
  /** A message that carried a context was handled. */
  carried(context: SpanContext, message: TracedMessage): void;
}

/** Between two spans of batches, milliseconds: of those in which nobody carried a context, and of the others. */
const PLAIN_INTERVAL = 10_000;
const LINKED_INTERVAL = 1000;
/** Links of one span. */
const MOST_LINKS = 32;
/** Messages with a span of their own in each interval of {@link LINKED_INTERVAL}. */
const MOST_MESSAGES = 10;

export interface BatchSpansOptions {
  readonly tracer: Tracer;
  readonly clock: Clock;
  readonly host: string;
  readonly port: number;
}

export function createBatchSpans({ tracer, clock, host, port }: BatchSpansOptions): BatchSpans {
  const common: Attributes = {
    'messaging.system': 'mqtt',
    'messaging.operation.name': 'process',
    'messaging.operation.type': 'process',
    'server.address': host,
    'server.port': port,
  };
  let watched = false;
  let messages = 0;
  /** Of all messages of the batch; undefined when they have several. */
  let template: string | undefined;
  let links: SpanContext[] = [];
  let spannedAt = -Infinity;
  let messagesSince = -Infinity;
  let spannedMessages = 0;

  function finish(startTime: number, failure: unknown): void {
    const now = clock.monotonic();
    const interval = links.length > 0 ? LINKED_INTERVAL : PLAIN_INTERVAL;
    if (messages === 0 || (failure === undefined && now - spannedAt < interval)) return;
    spannedAt = now;
    const span = tracer.start(template === undefined ? 'process' : `process ${template}`, {
      ...{ kind: 'consumer', parent: 'root', startTime, links },
      attributes: {
        ...common,
        'messaging.destination.template': template,
        'messaging.batch.message_count': messages,
      },
    });
    if (failure !== undefined) span.fail(failure);
    span.end();
  }

  return {
    get watched() {
      return watched;
    },
    around: (read) => {
      watched = tracer.enabled;
      if (!watched) {
        read();
        return;
      }
      const startTime = clock.wall();
      let failure: unknown;
      messages = 0;
      template = undefined;
      links = [];
      try {
        read();
      } catch (error) {
        failure = error;
        throw error;
      } finally {
        finish(startTime, failure);
      }
    },
    message: (of) => {
      if (messages === 0) template = of;
      else if (template !== of) template = undefined;
      messages += 1;
    },
    carried: (context, message) => {
      if (!watched || !context.sampled) return;
      if (links.length < MOST_LINKS) links.push(context);
      const now = clock.monotonic();
      if (now - messagesSince >= LINKED_INTERVAL) {
        messagesSince = now;
        spannedMessages = 0;
      }
      if (spannedMessages >= MOST_MESSAGES) return;
      spannedMessages += 1;
      tracer
        .start(`process ${message.template}`, {
          ...{ kind: 'consumer', parent: context, startTime: message.at },
          attributes: {
            ...common,
            'messaging.destination.name': message.topic,
            'messaging.destination.template': message.template,
            [DEVICE_ID]: message.deviceId ?? undefined,
          },
        })
        .end();
    },
  };
}
