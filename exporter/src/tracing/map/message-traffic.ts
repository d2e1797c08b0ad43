import { MINUTE, MINUTES } from './service-edge.ts';

/** Messages of a stretch of time. */
export interface MessageCount {
  readonly messages: number;
  /** Those of which something could not be used. */
  readonly failed: number;
}

/** Counts by minutes, as far back as the map reaches; the slot of a minute that is over is used again. */
class MinuteRing {
  readonly #minutes = new Int32Array(MINUTES);
  readonly #counts = new Float64Array(MINUTES);

  add(minute: number, count: number): void {
    const slot = minute % MINUTES;
    if (this.#minutes[slot] !== minute) {
      this.#minutes[slot] = minute;
      this.#counts[slot] = 0;
    }
    this.#counts[slot] = (this.#counts[slot] ?? 0) + count;
  }

  /** The sum of the minutes from the one to the other, both included. */
  sum(first: number, last: number): number {
    let sum = 0;
    for (const [slot, minute] of this.#minutes.entries())
      if (minute >= first && minute <= last) sum += this.#counts[slot] ?? 0;
    return sum;
  }
}

/** What devices of one type sent. */
export class SentMessages {
  readonly messages = new MinuteRing();
  readonly failed = new MinuteRing();

  /** A message; `failed`: something of it could not be used. */
  sent(failed: boolean, at: number): void {
    const minute = Math.floor(at / MINUTE);
    this.messages.add(minute, 1);
    if (failed) this.failed.add(minute, 1);
  }
}

/** MQTT messages by minutes, for the map: counted one by one, since of messages only a few have a span. */
export interface MessageTraffic {
  /** Whether messages can arrive from now on; milliseconds since the epoch. */
  listening(isListening: boolean, at: number): void;
  /** A message arrived; of those that go to devices the platform is the sender. */
  received(direction: 'publish' | 'subscribe', at: number): void;
  /** Counts those of devices of the type; '' where it is not known. */
  senderOf(type: string): Pick<SentMessages, 'sent'>;
  readonly isListening: boolean;
  /** Seconds of these minutes, both included, in which messages could arrive. */
  seconds(first: number, last: number, now: number): number;
  /** All that arrived. */
  all(first: number, last: number): number;
  toDevices(first: number, last: number): number;
  fromDevices(first: number, last: number): ReadonlyMap<string, MessageCount>;
}

/** Types that are told apart; an inventory may hold any number. Those beyond are counted as not known. */
const MAX_TYPES = 100;
const UNKNOWN = '';

/** Starts with no message, and with nobody listening. */
export function createMessageTraffic(): MessageTraffic {
  const types = new Map<string, SentMessages>();
  const all = new MinuteRing();
  const toDevices = new MinuteRing();
  /** Milliseconds. */
  const listened = new MinuteRing();
  let listeningFrom: number | undefined;

  function sentBy(type: string): SentMessages {
    const known = types.get(type);
    if (known !== undefined) return known;
    if (types.size >= MAX_TYPES && type !== UNKNOWN) return sentBy(UNKNOWN);
    const made = new SentMessages();
    types.set(type, made);
    return made;
  }

  /** Notes the time since the last look, minute by minute. */
  function settle(now: number): void {
    if (listeningFrom === undefined) return;
    let from = Math.max(listeningFrom, now - MINUTES * MINUTE);
    while (from < now) {
      const minute = Math.floor(from / MINUTE);
      const end = Math.min((minute + 1) * MINUTE, now);
      listened.add(minute, end - from);
      from = end;
    }
    listeningFrom = now;
  }

  return {
    listening: (isListening, at) => {
      settle(at);
      listeningFrom = isListening ? at : undefined;
    },
    received: (direction, at) => {
      const minute = Math.floor(at / MINUTE);
      all.add(minute, 1);
      if (direction === 'publish') toDevices.add(minute, 1);
    },
    senderOf: sentBy,
    get isListening() {
      return listeningFrom !== undefined;
    },
    seconds: (first, last, now) => {
      settle(now);
      return listened.sum(first, last) / 1000;
    },
    all: (first, last) => all.sum(first, last),
    toDevices: (first, last) => toDevices.sum(first, last),
    fromDevices: (first, last) =>
      new Map(
        [...types].map(([type, { messages, failed }]) => [
          type,
          { messages: messages.sum(first, last), failed: failed.sum(first, last) },
        ]),
      ),
  };
}
