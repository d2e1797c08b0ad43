/** Lets `burst` through at once and one more each `interval`. */
export interface TokenBucket {
  /** Takes a token when there is one. */
  take(): boolean;
  /** Milliseconds until there is a token; 0 when there is one now. */
  wait(): number;
}

/** `interval` in milliseconds; `now` is any clock in milliseconds that does not go back. The bucket starts full. */
export function createTokenBucket(burst: number, interval: number, now: () => number): TokenBucket {
  let tokens = burst;
  let at = now();

  function refill(): void {
    const moment = now();
    tokens = Math.min(burst, tokens + Math.max(0, moment - at) / interval);
    at = moment;
  }

  return {
    take: () => {
      refill();
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
    wait: () => {
      refill();
      return tokens >= 1 ? 0 : Math.ceil((1 - tokens) * interval);
    },
  };
}
