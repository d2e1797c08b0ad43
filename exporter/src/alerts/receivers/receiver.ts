import type { ReceiverName } from '../../config/alert-sections.ts';
import type { Alert } from '../alert.ts';
import type { NoticeKind } from '../store/notified.ts';

/** One thing to tell: that an alert fires, that nobody has taken it on, or that it is over. */
export interface Notice {
  readonly kind: NoticeKind;
  readonly alert: Alert;
  /** By which a repeated sending of this is known. */
  readonly key?: string;
}

/** How notices are joined into messages. */
export interface Grouping {
  /** How long the first notice of a group waits for others, milliseconds. */
  readonly wait: number;
  /** Least time between two messages about one group, milliseconds. */
  readonly interval: number;
  /** Most messages an hour; what is more waits and is joined; 0: any number. */
  readonly rate: number;
}

/** A message that is about no single alert. */
export interface Letter {
  /** By which a repeated sending is known. */
  readonly key: string;
  readonly subject: string;
  readonly lines: readonly string[];
}

/** Somebody who is told about alerts. */
export interface Receiver {
  /** Who is told, under which the outbox keeps what became of it: the integration, and a recipient of several. */
  readonly name: string;
  readonly integration: ReceiverName | 'alertmanager';
  /** When given, several notices become one message; the batch says nothing then. */
  readonly grouping?: Grouping | undefined;
  /** Most notices of one sending. */
  readonly batch: number;
  /**
   * When given, every open alert is told again after so many milliseconds: this receiver forgets what is not
   * repeated.
   */
  readonly repeat?: number;
  /** Writes to people; undefined where there are none to read it. As `send`. */
  readonly write?: ((letter: Letter, signal: AbortSignal) => Promise<string>) | undefined;
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
