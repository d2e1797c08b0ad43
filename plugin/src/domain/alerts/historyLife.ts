import type { StoredAlertDetails } from './alertTypes';
import type { NoticeState } from './alert';
import type { PastAlert } from './pastAlert';

/** What happened to an alert. `by` is a person, a receiver or a part of the system; empty where nobody did it. */
export interface LifeEvent {
  readonly what: 'began' | 'raised' | 'acknowledged' | 'notified' | 'resolved' | 'ended' | 'other';
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly by: string;
  readonly comment: string;
  /** How telling a receiver went; undefined for everything else. */
  readonly notice?: NoticeState;
  /** What the receiver was told: `firing`, `resolved`; the store's own word for an action that has none here. */
  readonly kind?: string;
}

/** What tells events of one alert apart, unless they are alike. */
export function eventKey({ what, at, by, kind }: LifeEvent): string {
  return `${what} ${at} ${by} ${kind ?? ''}`;
}

/** The audit log and the outbox may be written a little after what they tell of, milliseconds. */
const LATENESS = 10 * 60_000;

const ACTIONS: Readonly<Record<string, LifeEvent['what']>> = {
  raised: 'raised',
  acknowledged: 'acknowledged',
  resolved: 'resolved',
};

/** When an alert was there. */
type Lifetime = Pick<PastAlert, 'startsAt' | 'endsAt' | 'beganBefore'>;

/** Its beginning and, when it is over and nobody wrote down more, its end. */
function ownEvents({ startsAt, endsAt, beganBefore }: Lifetime, isResolved: boolean): LifeEvent[] {
  const event = (what: LifeEvent['what'], at: number): LifeEvent => ({ what, at, by: '', comment: '' });
  return [
    ...(beganBefore ? [] : [event('began', startsAt)]),
    ...(endsAt === null || isResolved ? [] : [event('ended', endsAt)]),
  ];
}

/**
 * The life of one alert, oldest first. The store's log is of all alerts of a fingerprint: what lies outside of this
 * one's time belongs to others. `details` is undefined where the store does not know it.
 */
export function lifeOf(alert: Lifetime, details: StoredAlertDetails | undefined): LifeEvent[] {
  const until = (alert.endsAt ?? Infinity) + LATENESS;
  const mine = ({ at }: { readonly at: number }): boolean => at >= alert.startsAt && at <= until;
  const events = (details?.events ?? []).filter(mine).map(({ at, action, by, comment }): LifeEvent => {
    const what = ACTIONS[action] ?? 'other';
    return { what, at, by, comment, ...(what === 'other' ? { kind: action } : {}) };
  });
  const notices = (details?.deliveries ?? []).filter(mine).map(({ at, receiver, state, kind }): LifeEvent => {
    return { what: 'notified', at, by: receiver, comment: '', notice: state, kind };
  });
  const isResolved = events.some(({ what }) => what === 'resolved');
  return [...ownEvents(alert, isResolved), ...events, ...notices].sort((a, b) => a.at - b.at);
}
