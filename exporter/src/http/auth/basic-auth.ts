import { createHmac, randomBytes } from 'node:crypto';
import bcrypt from 'bcryptjs';
import { clientNetwork } from '../client-network.ts';
import { createTokenBucket, type TokenBucket } from '../../base/token-bucket.ts';

/** bcrypt hashes by user name. */
export type BasicUsers = ReadonlyMap<string, string>;

export interface BasicAuthOptions {
  /** Asked at each attempt, so that a changed file is obeyed at once. */
  readonly users: () => BasicUsers;
  /** Milliseconds of a clock that does not go back. */
  readonly now: () => number;
  /** Failed attempts that one address has at once; one more comes back every 6 s. */
  readonly failures?: number;
}

/** `right`, `wrong`, or too many attempts: not before so many milliseconds. */
export type BasicOutcome = 'right' | 'wrong' | { readonly retryAfter: number };

const FAILURES = 10;
const FAILURE_INTERVAL = 6000;
/** Results and addresses that are remembered. */
const MEMORY = 1000;
/** Comparisons that may wait: each takes a tenth of a second or more, and they run one by one. */
const QUEUE = 16;

function remember<V>(memory: Map<string, V>, key: string, value: V): void {
  memory.delete(key);
  memory.set(key, value);
  const [oldest] = memory.keys();
  if (memory.size > MEMORY && oldest !== undefined) memory.delete(oldest);
}

/**
 * Checks users and passwords against bcrypt hashes. Results are remembered, so that only the first request of
 * a client pays for bcrypt; comparisons run one at a time; an address that fails too often has to wait, yet a
 * password that was right before is always let in.
 */
export function createBasicAuth({ users, now, failures = FAILURES }: BasicAuthOptions) {
  const key = randomBytes(32);
  const results = new Map<string, boolean>();
  const addresses = new Map<string, TokenBucket>();
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  async function compare(password: string, hash: string): Promise<boolean> {
    const turn = last.then(() => bcrypt.compare(password, hash));
    waiting += 1;
    last = turn.catch(() => undefined).finally(() => (waiting -= 1));
    return turn;
  }

  function bucketOf(address: string): TokenBucket {
    const client = clientNetwork(address);
    const bucket = addresses.get(client) ?? createTokenBucket(failures, FAILURE_INTERVAL, now);
    remember(addresses, client, bucket);
    return bucket;
  }

  /** One attempt from an address (the socket's, not a header's). */
  return async function check(address: string, user: string, password: string): Promise<BasicOutcome> {
    const known = users();
    // An unknown user costs as much as a known one, so that names cannot be found out by the time taken.
    const hash = known.get(user) ?? [...known.values()][0];
    if (hash === undefined) return 'wrong';
    const id = createHmac('sha256', key)
      .update(JSON.stringify([user, hash, password]))
      .digest('base64');
    const cached = results.get(id);
    if (cached === true && known.has(user)) return 'right';
    const bucket = bucketOf(address);
    const wait = bucket.wait();
    if (wait > 0) return { retryAfter: wait };
    if (cached === undefined && waiting >= QUEUE) return { retryAfter: 1000 };
    const right = cached ?? (await compare(password, hash));
    const accepted = right && known.has(user);
    remember(results, id, accepted);
    if (accepted) return 'right';
    bucket.take();
    return 'wrong';
  };
}

export type BasicAuth = ReturnType<typeof createBasicAuth>;
