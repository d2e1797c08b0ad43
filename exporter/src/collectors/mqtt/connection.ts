import type { TLSSocket } from 'node:tls';
import { type Clock, systemClock } from '../../base/clock.ts';
import { messageOf } from '../../base/errors.ts';
import type { Logger } from '../../log/logger.ts';
import type { StateStore } from '../../state/state-store.ts';
import { type Backoff, backoffDelay } from '../../base/backoff.ts';
import { NO_TRACER, type Tracer } from '../../trace/tracer.ts';
import { type BatchSpans, createBatchSpans } from './batch-spans.ts';
import { parseBrokerUrl } from './broker-url.ts';
import { openLink, type Filter, type Link, type LinkEnd, type LinkOptions } from './link.ts';
import { describeEnd } from './end-words.ts';
import { createProtocolChoice } from './protocol-version.ts';
import { openSession, type Session } from './session.ts';
import type { TlsFiles } from './transport.ts';
import { createWake } from './wake.ts';

/** What a collector wants from the broker. */
export interface Subscription extends Filter {
  /** Messages whose topic begins so are this subscription's. */
  readonly prefix: string;
  /**
   * `payload` is undefined when it was too large to keep. `properties` are those of MQTT 5. Both are only valid during
   * the call. `now`: milliseconds since the epoch. `repeated`: the broker says that it has sent it before.
   */
  onMessage(
    topic: string,
    payload: Buffer | undefined,
    size: number,
    retained: boolean,
    now: number,
    properties?: Buffer,
    repeated?: boolean,
  ): void;
  /**
   * The messages that arrived together were handled: when they may be acknowledged, undefined for at once. Never rejects.
   */
  onHandled?(): Promise<void> | undefined;
}

/** Whether messages of a subscription can arrive. */
export interface SubscriptionStatus {
  readonly ready: boolean;
  /** A sentence for operators; '' when ready. */
  readonly problem: string;
}

export interface MqttConnectionOptions {
  /** `mqtt[s]://user:password@host:port`. */
  readonly url: string;
  /** Client id of the persistent session; made once and kept in the state when left out. */
  readonly clientId?: string;
  readonly files?: TlsFiles;
  /** How long the broker keeps messages while the exporter is away, milliseconds (MQTT 5). */
  readonly sessionExpiry: number;
  /** Larger payloads are not kept, bytes. */
  readonly maxPayloadBytes: number;
  readonly state: StateStore;
  readonly logger: Logger;
  /** Told about each TLS connection, to watch the certificate. */
  readonly onSecure?: (target: string, socket: TLSSocket) => void;
  readonly backoff?: Backoff;
  /** Milliseconds; how often the connection is proven alive. */
  readonly keepAlive?: number;
  /** Milliseconds until an attempt without an answer has failed. */
  readonly connectTimeout?: number;
  /** How long 3.1.1 is spoken to a broker that met 5 with silence before 5 is tried again, milliseconds. */
  readonly retryVersionAfter?: number;
  readonly random?: () => number;
  readonly clock?: Clock;
  readonly tracer?: Tracer;
}

/** One connection to the broker, shared by the collectors `mqtt` and `broker`. */
export interface MqttConnection {
  /** Address without credentials. */
  readonly target: string;
  /** The user's name that the broker sees, for messages. */
  readonly user: string | undefined;
  /** Spans of the batches that arrive; who handles messages tells it of them. */
  readonly batches: BatchSpans;
  /** Adds a subscription; all are made before the first `start`. */
  add(subscription: Subscription): void;
  /** Called after each change of a status. */
  onChange(listener: () => void): void;
  /**
   * Begins to connect. Each user calls it once, and `stop` once; the last `stop` ends the connection. Throws when the
   * session's document cannot be read; then it has not begun.
   */
  start(): void;
  /** Disconnects cleanly; the session stays at the broker. Takes less than a second. */
  stop(): Promise<void>;
  status(filter: string): SubscriptionStatus;
  /**
   * Resolves when the first attempt has succeeded or failed or when the signal is aborted, at the latest after so many
   * milliseconds.
   */
  settled(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Times that a lost connection was replaced. */
  reconnects(): number;
}

const DEFAULT_BACKOFF: Backoff = { initial: 500, max: 30_000 };
/** A connection that lasted so long was good: the next failure begins the backoff anew. */
const STABLE_AFTER = 10_000;
const CLOSE_PATIENCE = 700;
const RETRY_VERSION_AFTER = 6 * 60 * 60 * 1000;

interface Entry {
  readonly subscription: Subscription;
  ready: boolean;
  refusal: string | undefined;
}

/**
 * Keeps a persistent session with the broker: MQTT 5, or 3.1.1 where that is refused; reconnects with
 * exponential backoff and jitter; subscribes again until every subscription is granted.
 */
export function createMqttConnection(options: MqttConnectionOptions): MqttConnection {
  const { logger } = options;
  const broker = parseBrokerUrl(options.url);
  const { target, user } = broker;
  const backoff = options.backoff ?? DEFAULT_BACKOFF;
  const random = options.random ?? Math.random;
  const { clock = systemClock, tracer = NO_TRACER } = options;
  const { wall, monotonic } = clock;
  const { keepAlive = 30_000, connectTimeout = 10_000, retryVersionAfter = RETRY_VERSION_AFTER } = options;
  const { host, port } = broker.address;
  const batches = createBatchSpans({ tracer, clock, host, port });
  const protocol = createProtocolChoice();
  const entries: Entry[] = [];
  const listeners: (() => void)[] = [];
  const wake = createWake();
  let users = 0;
  let opened: Session | undefined;
  let link: Link | undefined;
  let timer: NodeJS.Timeout | undefined;
  let versionTimer: NodeJS.Timeout | undefined;
  let failures = 0;
  let acceptedAt: number | undefined;
  let connections = 0;
  let settled = false;
  let problem = `not connected to ${target} yet`;
  let nextTry: number | undefined;

  /** Read by the first start and kept: the id must not change while the exporter runs. */
  function session(): Session {
    return (opened ??= openSession(options.state, options.clientId, logger));
  }

  function changed(): void {
    for (const listener of listeners) listener();
    wake.notify();
  }

  function later(action: () => void): void {
    failures += 1;
    const wait = backoffDelay(backoff, failures, random());
    nextTry = monotonic() + wait;
    timer = setTimeout(action, wait);
  }

  const onMessage: LinkOptions['onMessage'] = (topic, payload, size, retained, properties, repeated) => {
    const now = wall();
    for (const { subscription } of entries) {
      if (topic.startsWith(subscription.prefix))
        subscription.onMessage(topic, payload, size, retained, now, properties, repeated);
    }
  };

  function refusalOf(filter: string, code: number): string {
    const who = user === undefined ? 'clients without a user' : `user "${user}"`;
    return (
      `${target} refuses the subscription to ${filter} (reason code ${code}): ` +
      `allow ${who} to subscribe to it and to read it in the broker’s ACL`
    );
  }

  async function subscribe(current: Link): Promise<void> {
    const wanted = entries.map(({ subscription }) => subscription);
    const filters = wanted.map(({ filter }) => filter);
    const stale = session().stale(filters);
    if (stale.length > 0) await current.unsubscribe(stale);
    const granted = await current.subscribe(wanted);
    if (link !== current) return;
    entries.forEach((entry, index) => {
      const code = granted[index] ?? 128;
      entry.ready = code < 128;
      entry.refusal = entry.ready ? undefined : refusalOf(entry.subscription.filter, code);
      if (entry.refusal !== undefined)
        logger.warn({ target, filter: entry.subscription.filter, code }, 'subscription refused');
    });
    settled = true;
    nextTry = undefined;
    if (entries.some(({ ready }) => !ready)) later(() => resubscribe(current));
    changed();
    await session().remember(filters);
  }

  /** A connection on which nobody can subscribe is of no use: it is closed, and its end leads to the next attempt. */
  function resubscribe(current: Link): void {
    subscribe(current).catch((error: unknown) => {
      if (link === current) current.fail(new Error(`the subscription failed: ${messageOf(error)}`));
    });
  }

  function accepted(resumed: boolean): void {
    connections += 1;
    acceptedAt = monotonic();
    logger.info(
      { target, protocolVersion: protocol.version(), resumed, clientId: session().clientId },
      'connected to the broker',
    );
    const current = link;
    if (current === undefined) return;
    resubscribe(current);
    if (!protocol.isDoubtful()) return;
    // Without 5 the broker keeps the session as long as it likes: the session's length is worth another try.
    versionTimer = setTimeout(() => current.fail(new Error('MQTT 5 is tried again')), retryVersionAfter);
  }

  function ended(end: LinkEnd): void {
    link = undefined;
    clearTimeout(timer);
    clearTimeout(versionTimer);
    const isRefusal = protocol.ended(end);
    if (users === 0) return;
    if (isRefusal) {
      logger.info({ target }, 'the broker refuses MQTT 5: going on with 3.1.1');
      connect();
      return;
    }
    const wasStable = acceptedAt !== undefined && monotonic() - acceptedAt >= STABLE_AFTER;
    const wasShort = end.accepted && !wasStable;
    problem = describeEnd(end, {
      target,
      user,
      clientId: session().clientId,
      connectTimeout,
      keepAlive,
      wasShort,
    });
    if (wasStable) failures = 0;
    acceptedAt = undefined;
    settled = true;
    for (const entry of entries) entry.ready = false;
    later(connect);
    logger.warn({ target, error: problem, failures }, 'not connected to the broker');
    changed();
  }

  function connect(): void {
    try {
      link = openLink({
        broker,
        files: options.files ?? {},
        clientId: session().clientId,
        protocolVersion: protocol.version(),
        sessionExpiry: options.sessionExpiry,
        keepAlive,
        connectTimeout,
        maxPayloadBytes: options.maxPayloadBytes,
        aroundBatch: batches.around,
        onMessage,
        onHandled: () => {
          const written = entries
            .map(({ subscription }) => subscription.onHandled?.())
            .filter((one) => one !== undefined);
          return written.length === 0 ? undefined : Promise.all(written);
        },
        onSecure: (socket) => options.onSecure?.(target, socket),
        onAccepted: accepted,
        onEnd: ended,
      });
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(String(error));
      ended({ accepted: false, code: undefined, error: failure });
    }
  }

  function problemOf(entry: Entry): string {
    const wait =
      nextTry === undefined
        ? ''
        : `; next try in ${Math.max(0, Math.ceil((nextTry - monotonic()) / 1000))} s`;
    return (entry.refusal ?? problem) + wait;
  }

  return {
    target,
    user,
    batches,
    add: (subscription) => entries.push({ subscription, ready: false, refusal: undefined }),
    onChange: (listener) => listeners.push(listener),
    start: () => {
      session();
      users += 1;
      if (users === 1) connect();
    },
    stop: async () => {
      users -= 1;
      if (users > 0) return;
      clearTimeout(timer);
      clearTimeout(versionTimer);
      await link?.close(CLOSE_PATIENCE);
      link = undefined;
      problem = `disconnected from ${target}`;
      for (const entry of entries) entry.ready = false;
      changed();
    },
    status: (filter) => {
      const entry = entries.find(({ subscription }) => subscription.filter === filter);
      if (entry === undefined) throw new Error(`nobody subscribed to ${filter}`);
      return { ready: entry.ready, problem: entry.ready ? '' : problemOf(entry) };
    },
    settled: async (milliseconds, signal) => {
      const end = monotonic() + milliseconds;
      while (!settled && !signal.aborted && monotonic() < end) await wake.wait(end - monotonic(), signal);
    },
    reconnects: () => Math.max(0, connections - 1),
  };
}
