import { setImmediate as nextTurn } from 'node:timers/promises';
import { backoffDelay } from '../../base/backoff.ts';
import type { Clock } from '../../base/clock.ts';
import { messageOf } from '../../base/errors.ts';
import type { Logger } from '../../log/logger.ts';
import { NO_TRACER, type Tracer } from '../../trace/tracer.ts';
import type { Journal } from '../journal/journal.ts';
import { bulkLines } from './bulk.ts';
import { type Attempt, createSender, type Trouble } from './send.ts';
import { createSettling, type Item, type Settling } from './settling.ts';
import { type StoreClient, StoreUnreachableError } from './store-client.ts';

export interface ShipperOptions {
  readonly journal: Pick<Journal, 'next' | 'done'>;
  readonly client: StoreClient;
  /** Done once before the first entry is sent; rejects with StoreUnreachableError when it has to be tried again. */
  readonly prepare?: (signal: AbortSignal) => Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The store has so many entries more; those that it had already included. */
  readonly onShipped: (entries: number) => void;
  /** An attempt failed and is repeated; the reason is one of a few words for metrics. */
  readonly onFailure: (reason: string) => void;
  /** Rests after failures; the default is 1 s to 1 min. */
  readonly backoff?: { readonly initial: number; readonly max: number };
  /** Longest that the end waits for what can be sent, milliseconds; the default is 3 s. */
  readonly flush?: number;
  readonly random?: () => number;
  readonly tracer?: Tracer;
}

export interface ShipperStatus {
  /** Why nothing arrives at present, for operators; undefined when it does. */
  readonly problem: string | undefined;
  /** When entries last arrived, milliseconds since the epoch. */
  readonly lastShipped: number | undefined;
}

/** Sends what waits in the journal to the log store, each entry until it is there or refused for good. */
export interface Shipper {
  start(): void;
  status(): ShipperStatus;
  /** Sends what waits as far as that goes without failures and in the time for it, and ends. */
  stop(): Promise<void>;
}

const MOST_ENTRIES = 2000;
const MOST_BYTES = 5_000_000;
const LEAST_BYTES = 65_536;
/** How long entries are waited for that could go with the others, milliseconds. */
const LINGER = 1000;
/** Longest that a store's `Retry-After` is obeyed, milliseconds. */
const LONGEST_REST = 300_000;
const FLUSH = 3000;

/** The shipper; nothing happens before `start`. */
export function createShipper(options: ShipperOptions): Shipper {
  const { journal, client, prepare, clock, logger, onShipped, onFailure, random = Math.random } = options;
  const { backoff = { initial: 1000, max: 60_000 }, flush = FLUSH, tracer = NO_TRACER } = options;
  const sender = createSender(client);
  const ending = new AbortController();
  let stopping = false;
  let awaken: () => void = () => undefined;
  let running: Promise<void> = Promise.resolve();
  let prepared = prepare === undefined;
  let failures = 0;
  let mostBytes = MOST_BYTES;
  let problem: string | undefined;
  let lastShipped: number | undefined;

  function rest(milliseconds: number): Promise<void> {
    if (stopping) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds).unref();
      awaken = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function restAfter({ reason, message, retryAfter = 0 }: Trouble): Promise<void> {
    // What is cut off at the end is no failure: it is sent by the next run.
    if (ending.signal.aborted) return;
    failures += 1;
    onFailure(reason);
    if (problem === undefined) logger.warn({ reason, error: message }, 'log entries cannot be shipped');
    problem = message;
    await rest(Math.max(backoffDelay(backoff, failures, random()), Math.min(retryAfter, LONGEST_REST)));
  }

  function arrived(entries: number): void {
    if (entries === 0) return;
    onShipped(entries);
    lastShipped = clock.wall();
    failures = 0;
  }

  function recovered(): void {
    if (problem !== undefined) logger.info({}, 'log entries are shipped again');
    problem = undefined;
  }

  /** As many entries as go into one body; lets others have a turn after each batch. */
  async function gather(settling: Settling): Promise<{ items: Item[]; full: boolean }> {
    const items: Item[] = [];
    let bytes = 0;
    for (let after = 0; ;) {
      const batch = journal.next(after);
      if (batch === undefined) return { items, full: false };
      const added = batch.entries.map((entry): Item => {
        const lines = bulkLines(entry);
        return { seq: batch.seq, entry, lines, bytes: Buffer.byteLength(lines) };
      });
      const size = added.reduce((sum, item) => sum + item.bytes, 0);
      const fits = items.length + added.length <= MOST_ENTRIES && bytes + size <= mostBytes;
      if (!fits && items.length > 0) return { items, full: true };
      settling.add(batch);
      items.push(...added);
      bytes += size;
      after = batch.seq;
      await nextTurn();
    }
  }

  /** Each attempt is a trace of its own: between two of them may lie hours. */
  function send(items: readonly Item[], settling: Settling): Promise<Attempt> {
    const attributes = { 'valtronics.log.entries': items.length };
    return tracer.span('ship log entries', { parent: 'root', attributes }, async (span) => {
      const attempt = await sender.send(items, settling, ending.signal);
      if (attempt.trouble !== undefined) span.fail(attempt.trouble.message);
      return attempt;
    });
  }

  /** Ships one body of entries; true when there may be more at once. */
  async function ship(): Promise<boolean> {
    const settling = createSettling(journal);
    const { items, full } = await gather(settling);
    let left: readonly Item[] = items;
    while (left.length > 0) {
      const attempt = await send(left, settling);
      if (attempt.tooLarge) mostBytes = Math.max(LEAST_BYTES, mostBytes / 2);
      ({ left } = attempt);
      arrived(settling.commit());
      if (attempt.trouble === undefined) continue;
      await restAfter(attempt.trouble);
      if (stopping) return false;
    }
    if (items.length > 0) recovered();
    return full || (stopping && items.length > 0);
  }

  /** True when there may be more to ship at once. */
  async function turn(): Promise<boolean> {
    try {
      if (!prepared) await prepare?.(ending.signal);
      prepared = true;
      const more = await ship();
      if (!more) await rest(LINGER);
      return more;
    } catch (error) {
      const reason = error instanceof StoreUnreachableError ? error.reason : 'queue';
      await restAfter({ reason, message: messageOf(error) });
      return false;
    }
  }

  async function run(): Promise<void> {
    for (;;) {
      // At the end what waits is sent as long as everything arrives.
      const isLast = stopping;
      if (isLast && (problem !== undefined || ending.signal.aborted)) return;
      const more = await turn();
      if (isLast && !more) return;
    }
  }

  return {
    start: () => {
      running = run();
    },
    status: () => ({ problem, lastShipped }),
    stop: async () => {
      stopping = true;
      awaken();
      const timer = setTimeout(() => ending.abort(), problem === undefined ? flush : 0);
      await running;
      clearTimeout(timer);
      client.close();
    },
  };
}
