import type { TLSSocket } from 'node:tls';
import { CERTIFICATE_EXPIRY } from '../metrics/catalogue/platform.ts';
import type { Metrics } from '../metrics/metrics.ts';

/** Collects when the certificates of all sources expire: one instance for the whole exporter. */
export interface CertificateExpiry {
  /** Reads the peer's certificate of a connected socket. `target` is the source's address without secrets. */
  record(target: string, socket: TLSSocket): void;
  /** The same for who gets a certificate and no socket; `validTo` as in Node's `PeerCertificate.valid_to`. */
  recordValidTo(target: string, validTo: string): void;
  /** The source is no longer configured: its certificate is nobody's business any more. */
  forget(target: string): void;
}

/**
 * Publishes `valtronics_tls_certificate_expiry_timestamp_seconds{target}`. The last known time stays when a
 * source can no longer be reached: an expired certificate is often the reason.
 */
export function createCertificateExpiry(metrics: Metrics): CertificateExpiry {
  const expiries = new Map<string, number>();

  function publish(): void {
    const samples = [...expiries].map(([label, value]) => ({ labels: { target: label }, value }));
    if (samples.length > 0) metrics.publish(CERTIFICATE_EXPIRY, samples);
    else metrics.withdraw(CERTIFICATE_EXPIRY);
  }

  function recordValidTo(target: string, validTo: string): void {
    const seconds = Date.parse(validTo) / 1000;
    if (Number.isNaN(seconds) || expiries.get(target) === seconds) return;
    expiries.set(target, seconds);
    publish();
  }

  return {
    recordValidTo,
    forget: (target) => {
      if (expiries.delete(target)) publish();
    },
    record: (target, socket) => {
      // Empty after a resumed session or without a certificate, whatever the type says.
      const certificate: Partial<ReturnType<TLSSocket['getPeerCertificate']>> = socket.getPeerCertificate();
      if (certificate.valid_to !== undefined) recordValidTo(target, certificate.valid_to);
    },
  };
}
