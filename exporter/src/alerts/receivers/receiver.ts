import type { Alert } from '../alert.ts';

/** One thing to tell: that an alert fires, or that it is over. */
export interface Notice {
  readonly kind: 'firing' | 'resolved';
  readonly alert: Alert;
}

/** Somebody who is told about alerts. */
export interface Receiver {
  readonly name: 'alertmanager' | 'webhook' | 'pagerduty' | 'slack';
  /** Most notices of one sending. */
  readonly batch: number;
  /**
   * When given, every open alert is told again after so many milliseconds: this receiver forgets what is not
   * repeated.
   */
  readonly repeat?: number;
  /** Resolves when the receiver has taken them, with what it said; rejects with a DeliveryError. */
  send(notices: readonly Notice[], signal: AbortSignal): Promise<string>;
}

/** A sending that failed. */
export class DeliveryError extends Error {
  /** True when trying the same again is of no use. */
  readonly permanent: boolean;
  /** Milliseconds that the receiver wants to be left alone. */
  readonly retryAfter: number | undefined;

  constructor(message: string, options: { permanent?: boolean; retryAfter?: number | undefined } = {}) {
    super(message);
    this.name = 'DeliveryError';
    this.permanent = options.permanent ?? false;
    this.retryAfter = options.retryAfter;
  }
}
