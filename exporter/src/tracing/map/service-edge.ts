import {
  SERVICE_GRAPH_FAILED,
  SERVICE_GRAPH_REQUESTS,
  SERVICE_GRAPH_SECONDS,
} from '../../metrics/catalogue/traces.ts';
import type { CounterCell, HistogramCell, Metrics } from '../../metrics/metrics.ts';
import { quantile } from '../../metrics/quantile.ts';

export const MINUTE = 60_000;
/** How far back the map reaches. */
export const MINUTES = 360;
const BOUNDS = SERVICE_GRAPH_SECONDS.buckets ?? [];
const ALL_BOUNDS = [...BOUNDS, Infinity];
/** Requests, failed ones, then requests by bucket of duration, the last one above all bounds. */
const WIDTH = 2 + BOUNDS.length + 1;

/** Calls of a stretch of time. */
export class Traffic {
  requests = 0;
  failed = 0;
  readonly #buckets = new Float64Array(WIDTH - 2);

  add(slots: Uint32Array, at: number): void {
    this.requests += slots[at] ?? 0;
    this.failed += slots[at + 1] ?? 0;
    for (let index = 0; index < this.#buckets.length; index++)
      this.#buckets[index] = (this.#buckets[index] ?? 0) + (slots[at + 2 + index] ?? 0);
  }

  addAll(other: Traffic): void {
    this.requests += other.requests;
    this.failed += other.failed;
    for (const [index, count] of other.#buckets.entries())
      this.#buckets[index] = (this.#buckets[index] ?? 0) + count;
  }

  /** Milliseconds in which 95 of 100 were done; null without calls. */
  p95Ms(): number | null {
    let below = 0;
    const counts = Array.from(this.#buckets, (count) => (below += count));
    const seconds = quantile(0.95, { bounds: ALL_BOUNDS, counts });
    return seconds === undefined ? null : 1000 * seconds;
  }
}

function bucketOf(seconds: number): number {
  let index = 0;
  while (index < BOUNDS.length && seconds > (BOUNDS[index] ?? 0)) index += 1;
  return index;
}

/** The calls of one client to one server: counted for Prometheus, and by minutes for the map. */
export class ServiceEdge {
  readonly client: string;
  readonly server: string;
  readonly seconds: HistogramCell;
  readonly #requests: CounterCell;
  readonly #failed: CounterCell;
  /** A ring of minutes. */
  readonly #slots = new Uint32Array(MINUTES * WIDTH);
  /** Which minute a slot is of. */
  readonly #minutes = new Int32Array(MINUTES);

  constructor(metrics: Metrics, client: string, server: string) {
    this.client = client;
    this.server = server;
    const labels = { client, server };
    this.#requests = metrics.counter(SERVICE_GRAPH_REQUESTS, labels);
    this.#failed = metrics.counter(SERVICE_GRAPH_FAILED, labels);
    this.seconds = metrics.histogram(SERVICE_GRAPH_SECONDS, labels);
  }

  /** Counts a call that ended at a time, milliseconds since the epoch; `seconds` is how long it took. */
  count(at: number, seconds: number, failed: boolean): void {
    this.#requests.inc();
    if (failed) this.#failed.inc();
    this.seconds.observe(seconds);
    const minute = Math.floor(at / MINUTE);
    const slot = minute % MINUTES;
    const place = slot * WIDTH;
    if (this.#minutes[slot] !== minute) {
      this.#minutes[slot] = minute;
      this.#slots.fill(0, place, place + WIDTH);
    }
    const bucket = place + 2 + bucketOf(seconds);
    this.#slots[place] = (this.#slots[place] ?? 0) + 1;
    if (failed) this.#slots[place + 1] = (this.#slots[place + 1] ?? 0) + 1;
    this.#slots[bucket] = (this.#slots[bucket] ?? 0) + 1;
  }

  /** Calls of the minutes from the one to the other, both included. */
  traffic(from: number, to: number): Traffic {
    const traffic = new Traffic();
    for (const [slot, minute] of this.#minutes.entries())
      if (minute >= from && minute <= to) traffic.add(this.#slots, slot * WIDTH);
    return traffic;
  }
}
