import { backoffDelay } from '../../base/backoff.ts';
import { messageOf } from '../../base/errors.ts';
import type { Logger } from '../../log/logger.ts';
import type { CollectorClient, Delivery } from './collector-client.ts';

/** Why a request failed: nobody answered, the collector is not able at present, or it will not have it. */
export type FailureReason = 'unreachable' | 'unavailable' | 'refused';

/** Why spans that were kept did not arrive. */
export type LossReason = 'queue_full' | 'refused' | 'unreachable' | 'shutdown';

export interface SpanQueueOptions<E> {
  readonly client: CollectorClient;
  /** The body of a request with these spans. */
  readonly encode: (spans: readonly E[]) => Uint8Array;
  /** How many spans of a body that was taken the collector refused after all, and why. Throws for what is no answer. */
  readonly decodeAnswer: (answer: Uint8Array) => { readonly rejected: number; readonly message: string };
  readonly logger: Logger;
  readonly onExported: (spans: number) => void;
  readonly onLost: (spans: number, reason: LossReason) => void;
  /** Told of each request that failed. */
  readonly onFailure: (reason: FailureReason) => void;
  readonly random?: () => number;
  readonly limits?: Partial<SpanQueueLimits>;
}

export interface SpanQueueLimits {
  /** Spans of one request. */
  readonly batch: number;
  /** Bytes of one request, before they are compressed; one span may have more. */
  readonly body: number;
  /** How long spans wait for others, milliseconds. */
  readonly linger: number;
  /** Bytes of bodies that wait; over it the oldest go. */
  readonly bytes: number;
  /** Rests after failures, milliseconds. */
  readonly backoff: { readonly initial: number; readonly max: number };
  /** How long the end takes at most, milliseconds. */
  readonly flush: number;
}

/** Sends spans to the collector, in bounds of memory and without anybody waiting for it. */
export interface SpanQueue<E> {
  add(spans: readonly E[]): void;
  /** Why nothing arrives at present, for operators; undefined when it does. */
  problem(): string | undefined;
  /** Sends what waits as far as that goes within the deadline, and ends; the rest is lost. Never rejects. */
  stop(): Promise<void>;
}

interface Body {
  readonly bytes: Uint8Array;
  readonly spans: number;
}

const LIMITS: SpanQueueLimits = {
  batch: 512,
  body: 2 * 1024 * 1024,
  linger: 2000,
  bytes: 8 * 1024 * 1024,
  backoff: { initial: 1000, max: 30_000 },
  flush: 2000,
};
/** Longest that a collector's `Retry-After` is obeyed, milliseconds. */
const LONGEST_REST = 300_000;

/**
 * Spans are encoded as soon as a request is full or they have waited long enough: what waits for a collector that is gone
 * is bytes of a known number, and not objects. When there are too many the oldest go, since people look at what is new.
 */
export function createSpanQueue<E>(options: SpanQueueOptions<E>): SpanQueue<E> {
  const { client, encode, decodeAnswer, logger, onExported, onLost, onFailure } = options;
  const { random = Math.random } = options;
  const limits = { ...LIMITS, ...options.limits };
  const ending = new AbortController();
  const bodies: Body[] = [];
  let gathered: E[] = [];
  let waiting = 0;
  let lingering: NodeJS.Timeout | undefined;
  let working: Promise<void> = Promise.resolve();
  let isBusy = false;
  let awaken: () => void = () => undefined;
  let isStopping = false;
  let failures = 0;
  let answers = true;
  let problem: string | undefined;

  function lose(spans: number, reason: LossReason): void {
    if (spans > 0) onLost(spans, reason);
  }

  function failed(reason: FailureReason, message: string): void {
    onFailure(reason);
    if (problem === undefined) logger.warn({ error: message }, 'traces do not reach their collector');
    problem = message;
  }

  function makeRoom(): void {
    while (waiting > limits.bytes) {
      const oldest = bodies.shift();
      if (oldest === undefined) return;
      waiting -= oldest.bytes.byteLength;
      lose(oldest.spans, answers ? 'queue_full' : 'unreachable');
    }
  }

  function encoded(spans: readonly E[]): Uint8Array | undefined {
    try {
      return encode(spans);
    } catch (error) {
      logger.error({ error: messageOf(error) }, 'spans cannot be encoded');
      lose(spans.length, 'refused');
      return undefined;
    }
  }

  /** Spans with much to say go in smaller parties: collectors limit what they take at once. */
  function putAside(spans: readonly E[]): void {
    const bytes = encoded(spans);
    if (bytes === undefined) return;
    if (bytes.byteLength > limits.body && spans.length > 1) {
      const half = Math.ceil(spans.length / 2);
      putAside(spans.slice(0, half));
      putAside(spans.slice(half));
      return;
    }
    bodies.push({ bytes, spans: spans.length });
    waiting += bytes.byteLength;
  }

  function pack(): void {
    clearTimeout(lingering);
    lingering = undefined;
    const spans = gathered;
    gathered = [];
    if (spans.length === 0) return;
    putAside(spans);
    makeRoom();
    if (!isBusy) working = work();
  }

  async function rest(milliseconds: number): Promise<void> {
    if (isStopping) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds).unref();
      awaken = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Some collectors answer with a text or with nothing: then the status alone counts. */
  function refusedIn(answer: Uint8Array): { readonly rejected: number; readonly message: string } {
    try {
      return decodeAnswer(answer);
    } catch {
      return { rejected: 0, message: '' };
    }
  }

  function arrived(spans: number, answer: Uint8Array): void {
    const { rejected, message } = refusedIn(answer);
    const refused = Math.min(spans, Math.max(0, rejected));
    onExported(spans - refused);
    lose(refused, 'refused');
    if (refused > 0) {
      failed('refused', `the collector of traces refuses some spans: ${message}`);
      return;
    }
    if (problem !== undefined) logger.info({}, 'traces reach their collector again');
    problem = undefined;
  }

  /** Puts a body back where it was, and says how long to leave the collector alone. */
  function postpone(body: Body, delivery: Delivery & { outcome: 'later' }): number {
    bodies.unshift(body);
    waiting += body.bytes.byteLength;
    makeRoom();
    // What is cut off at the end says nothing about the collector.
    if (!ending.signal.aborted) failed(delivery.answered ? 'unavailable' : 'unreachable', delivery.message);
    failures++;
    return Math.min(
      LONGEST_REST,
      Math.max(delivery.wait ?? 0, backoffDelay(limits.backoff, failures, random())),
    );
  }

  async function work(): Promise<void> {
    isBusy = true;
    for (let body = bodies.shift(); body !== undefined; body = bodies.shift()) {
      waiting -= body.bytes.byteLength;
      const delivery = await client.send(body.bytes, ending.signal);
      answers = delivery.outcome !== 'later' || delivery.answered;
      if (delivery.outcome === 'later') {
        const wait = postpone(body, delivery);
        if (isStopping) break;
        await rest(wait);
        continue;
      }
      failures = 0;
      if (delivery.outcome === 'taken') arrived(body.spans, delivery.answer);
      else {
        lose(body.spans, 'refused');
        failed('refused', delivery.message);
      }
    }
    isBusy = false;
  }

  return {
    add: (spans) => {
      if (isStopping) {
        lose(spans.length, 'shutdown');
        return;
      }
      for (const span of spans) {
        gathered.push(span);
        if (gathered.length >= limits.batch) pack();
      }
      if (gathered.length > 0) lingering ??= setTimeout(pack, limits.linger).unref();
    },
    problem: () => problem,
    stop: async () => {
      isStopping = true;
      const deadline = setTimeout(() => ending.abort(), limits.flush);
      pack();
      awaken();
      await working;
      clearTimeout(deadline);
      lose(
        bodies.splice(0).reduce((sum, { spans }) => sum + spans, 0),
        'shutdown',
      );
      client.close();
    },
  };
}
