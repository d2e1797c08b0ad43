import type { Actor, Alert, AlertContent, Decision } from './alert.ts';

/** A change that the alert's state does not allow; the sentence is shown to whoever asked for it. */
export class TransitionError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TransitionError';
  }
}

/** What a report of an alert makes of the store. */
export type Raised =
  | { readonly kind: 'new'; readonly alert: Alert }
  | { readonly kind: 'seen'; readonly alert: Alert; readonly changed: boolean };

function sameTexts(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

function sameContent(a: AlertContent, b: AlertContent): boolean {
  return (
    a.message === b.message &&
    a.generatorUrl === b.generatorUrl &&
    (a.expiresAt ?? null) === (b.expiresAt ?? null) &&
    (b.count === undefined || a.count === b.count) &&
    sameTexts(a.annotations, b.annotations)
  );
}

/** The newest time that the source gave, in whole milliseconds: PostgreSQL's times have microseconds. */
function sourceTimeOf({ sourceTime, startsAt }: AlertContent): number {
  return Math.floor(sourceTime ?? startsAt);
}

/**
 * An alert is reported at `now`. Without an open alert of that fingerprint it is a new one, which cannot have
 * begun before the last one ended. An open one is seen again: its source may change its words, nothing else;
 * another source's report (our own alert coming back from Alertmanager) changes nothing.
 */
export function raise(
  previous: Alert | undefined,
  fingerprint: string,
  content: AlertContent,
  now: number,
): Raised {
  if (previous !== undefined && previous.state !== 'resolved') {
    if (previous.source !== content.source) return { kind: 'seen', alert: previous, changed: false };
    const { message, annotations, generatorUrl, expiresAt = null } = content;
    const { count = previous.count } = content;
    const sourceTime = Math.max(previous.sourceTime, sourceTimeOf(content));
    const alert = {
      ...previous,
      message,
      annotations,
      generatorUrl,
      // Of several exporters, who has heard a device later has counted less.
      count: content.source === 'device' ? Math.max(previous.count, count) : count,
      expiresAt,
      sourceTime,
      lastSeen: now,
    };
    return { kind: 'seen', alert, changed: !sameContent(previous, content) };
  }
  return {
    kind: 'new',
    alert: {
      ...content,
      startsAt: Math.floor(Math.min(now, Math.max(content.startsAt, previous?.resolution?.at ?? 0))),
      sourceTime: sourceTimeOf(content),
      count: content.count ?? 1,
      expiresAt: content.expiresAt ?? null,
      fingerprint,
      state: 'active',
      lastSeen: now,
      acknowledgement: null,
      firstAcknowledged: null,
      resolution: null,
    },
  };
}

const sameActor = (a: Actor, b: Actor): boolean => a.kind === b.kind && a.name === b.name;

/**
 * Somebody takes the alert on. Who has it may do so again, with other words; somebody else only when they say that they
 * mean to take it over (`replaces`), unless no person has it. The time of the first stays.
 *
 * @throws TransitionError when the alert is resolved, or when somebody else has taken it on
 */
export function acknowledge(alert: Alert, decision: Decision, replaces = false): Alert {
  if (alert.state === 'resolved')
    throw new TransitionError('the alert is resolved: there is nothing to acknowledge');
  const { acknowledgement: held } = alert;
  if (held !== null && held.by.kind !== 'system' && !replaces && !sameActor(held.by, decision.by)) {
    const said = held.comment === '' ? '' : ` (“${held.comment}”)`;
    throw new TransitionError(
      `${held.by.name} has acknowledged it at ${new Date(held.at).toISOString()}${said}: send "replace": true to take it over`,
    );
  }
  return {
    ...alert,
    state: 'acknowledged',
    acknowledgement: decision,
    firstAcknowledged: alert.firstAcknowledged ?? decision.at,
  };
}

/**
 * The cause is gone, or somebody says so. A resolution cannot lie before the beginning.
 *
 * @throws TransitionError when it is resolved already
 */
export function resolve(alert: Alert, decision: Decision): Alert {
  if (alert.state === 'resolved') throw new TransitionError('the alert is resolved already');
  return {
    ...alert,
    state: 'resolved',
    resolution: { ...decision, at: Math.max(decision.at, alert.startsAt) },
  };
}
