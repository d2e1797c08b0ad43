import { isIP } from 'node:net';

/** Addresses that are told apart at once; more are not counted. */
const MOST_CLIENTS = 10_000;
/** How long an address counts after its last request, milliseconds. */
const WINDOW = 5 * 60 * 1000;

/** Least time between two searches for old addresses while the room is full, milliseconds. */
const SWEEP_INTERVAL = 1000;

/** Counts the distinct addresses of the last five minutes. They never leave this object. */
export interface Clients {
  /** Notes a request that is `age` milliseconds old; what is no IP address is left out. */
  seen(address: string, age: number): void;
  count(): number;
}

/** One spelling an address: lower case, without zone, IPv4 not wrapped into IPv6. A copy that keeps no line alive. */
function normalised(address: string): string | undefined {
  const zone = address.indexOf('%');
  const text = (zone === -1 ? address : address.slice(0, zone)).toLowerCase();
  if (isIP(text) === 0) return undefined;
  const bare = text.startsWith('::ffff:') && text.includes('.') ? text.slice(7) : text;
  return Buffer.from(bare).toString();
}

/** Exact up to 10,000 addresses. `now`: milliseconds that no step of the system's clock moves. */
export function createClients(now: () => number): Clients {
  const lastSeen = new Map<string, number>();
  let swept = -Infinity;

  function forgetOld(present: number): void {
    swept = present;
    for (const [address, at] of lastSeen) if (at <= present - WINDOW) lastSeen.delete(address);
  }

  return {
    seen: (address, age) => {
      const present = now();
      // A clock that is ahead must not make an address last longer.
      const time = present - Math.max(0, age);
      if (time <= present - WINDOW) return;
      const known = lastSeen.get(address);
      if (known !== undefined) {
        if (time > known) lastSeen.set(address, time);
        return;
      }
      const key = normalised(address);
      if (key === undefined) return;
      const isFull = (): boolean => lastSeen.size >= MOST_CLIENTS && !lastSeen.has(key);
      if (isFull() && present - swept >= SWEEP_INTERVAL) forgetOld(present);
      if (isFull()) return;
      lastSeen.set(key, Math.max(time, lastSeen.get(key) ?? 0));
    },
    count: () => {
      forgetOld(now());
      return lastSeen.size;
    },
  };
}
