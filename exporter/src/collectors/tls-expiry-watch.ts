import type { Clock } from '../base/clock.ts';
import { withDeadline } from '../base/deadline.ts';
import { messageOf } from '../base/errors.ts';
import type { Logger } from '../log/logger.ts';
import type { Collector } from './collector.ts';
import { describeNetworkError } from './network-error.ts';
import type { CertificateExpiry } from './tls-expiry.ts';
import { readCertificateEnd, type TlsEndpoint } from './tls-expiry-probe.ts';

export interface CertificateWatchOptions {
  readonly certificateExpiry: CertificateExpiry;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Milliseconds between two looks at one certificate. */
const INTERVAL = 3_600_000;
/** Milliseconds that one look may take. */
const DEADLINE = 10_000;

/**
 * The collector, whose attempts also look at the certificate that its source presents to newcomers: with the first
 * and then once an hour, by a connection of its own. The working connection may live for weeks and knows only the
 * certificate that it began with. An attempt does not wait for the look and does not fail with it; what went wrong is
 * logged when it is new. Without an endpoint there is nothing to look at.
 */
export function watchCertificate(
  collector: Collector,
  endpoint: TlsEndpoint | undefined,
  { certificateExpiry, clock, ...options }: CertificateWatchOptions,
): Collector {
  if (endpoint === undefined) return collector;
  const { target } = collector;
  const logger = options.logger.child({ collector: collector.name });
  const stopping = new AbortController();
  let dueAt = -Infinity;
  let looking: Promise<void> = Promise.resolve();
  let problem: string | undefined;

  async function look(place: TlsEndpoint): Promise<void> {
    try {
      const end = await withDeadline(stopping.signal, DEADLINE, (signal) =>
        readCertificateEnd(place, signal),
      );
      problem = undefined;
      if (end !== undefined && !stopping.signal.aborted) certificateExpiry.recordValidTo(target, end);
    } catch (error) {
      if (stopping.signal.aborted) return;
      const said = problem;
      problem = describeNetworkError(error, target) ?? messageOf(error);
      if (problem !== said) logger.warn({ target, error: problem }, 'the certificate cannot be looked at');
    }
  }

  return {
    ...collector,
    collect: (context) => {
      if (clock.monotonic() >= dueAt) {
        dueAt = clock.monotonic() + INTERVAL;
        looking = look(endpoint);
      }
      return collector.collect(context);
    },
    stop: async () => {
      stopping.abort();
      // Before the collector forgets its certificate, so that no late answer brings it back.
      await looking;
      await collector.stop?.();
    },
  };
}
