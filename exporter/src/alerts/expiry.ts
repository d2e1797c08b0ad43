import { system } from './alert.ts';
import type { Policy } from './policies.ts';
import type { AlertStore } from './store/store.ts';

/** Alerts that are ended in one transaction. */
const PIECE = 100;

/** A policy: ends what was raised for a time that is over and was not raised again. */
export function createExpiry(store: Pick<AlertStore, 'expired' | 'report'>): Policy {
  return async (now) => {
    const gone = (await store.expired('api', now, PIECE)).map((fingerprint) => ({ fingerprint }));
    if (gone.length === 0) return 'idle';
    const comment = 'it was not raised again within the time that it was given';
    await store.report({ source: 'api', firing: [], gone, comment, by: system('expiry'), now });
    return gone.length === PIECE ? 'more' : 'told';
  };
}
