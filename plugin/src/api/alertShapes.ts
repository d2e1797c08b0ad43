import { NOTICE_STATES, type Decision, type Notice } from '../domain/alerts/alert';
import {
  STORED_STATES,
  type AlertDelivery,
  type AlertEvent,
  type AlertOutcome,
  type OutboxEntry,
  type StoredAlert,
  type StoredAlertDetails,
  type StoredAlertPage,
  type StoreStatistics,
  type TestOutcome,
} from '../domain/alerts/alertTypes';
import {
  asList,
  asNumber,
  asNumberOrNull,
  asObject,
  asOneOf,
  asText,
  asTextOrNull,
  asTexts,
  asTime,
  asTimeOrNull,
} from './json';

function readDecision(value: unknown, where: string): Decision | null {
  if (value === null || value === undefined) return null;
  const decision = asObject(value, where);
  return {
    by: asText(decision.by, `${where}.by`),
    at: asTime(decision.at, `${where}.at`),
    comment: asText(decision.comment, `${where}.comment`),
  };
}

function readNotice(value: unknown, where: string): Notice {
  const notice = asObject(value, where);
  return {
    receiver: asText(notice.receiver, `${where}.receiver`),
    state: asOneOf(NOTICE_STATES, notice.state, `${where}.state`),
    at: asTime(notice.at, `${where}.at`),
  };
}

function readDelivery(value: unknown, where: string): AlertDelivery {
  return { ...readNotice(value, where), kind: asText(asObject(value, where).kind, `${where}.kind`) };
}

/** An alert of the store. An exporter of before has neither windows nor receivers in it. Throws `ShapeError`. */
export function readStoredAlert(value: unknown, where: string): StoredAlert {
  const alert = asObject(value, where);
  const text = (key: string): string => asText(alert[key], `${where}.${key}`);
  return {
    fingerprint: text('fingerprint'),
    name: text('name'),
    severity: text('severity'),
    source: text('source'),
    state: asOneOf(STORED_STATES, alert.state, `${where}.state`),
    message: text('message'),
    labels: asTexts(alert.labels, `${where}.labels`),
    annotations: asTexts(alert.annotations, `${where}.annotations`),
    generatorUrl: asTextOrNull(alert.generatorUrl, `${where}.generatorUrl`),
    startsAt: asTime(alert.startsAt, `${where}.startsAt`),
    lastSeen: asTime(alert.lastSeen, `${where}.lastSeen`),
    flappingSince: asTimeOrNull(alert.flappingSince ?? null, `${where}.flappingSince`) ?? undefined,
    count: asNumberOrNull(alert.count, `${where}.count`) ?? undefined,
    acknowledgement: readDecision(alert.acknowledgement, `${where}.acknowledgement`),
    resolution: readDecision(alert.resolution, `${where}.resolution`),
    maintenance: asList(alert.maintenance ?? [], `${where}.maintenance`, asText),
    notified: asList(alert.notified ?? [], `${where}.notified`, readNotice),
  };
}

/** A page of alerts. Throws `ShapeError`. */
export function readAlertPage(value: unknown): StoredAlertPage {
  const page = asObject(value, 'alerts');
  return {
    items: asList(page.items, 'alerts.items', readStoredAlert),
    nextCursor: asTextOrNull(page.nextCursor, 'alerts.nextCursor'),
  };
}

function readEvent(value: unknown, where: string): AlertEvent {
  const event = asObject(value, where);
  return {
    at: asTime(event.at, `${where}.at`),
    action: asText(event.action, `${where}.action`),
    by: asText(event.by, `${where}.by`),
    comment: asText(event.comment, `${where}.comment`),
  };
}

/** An alert with its life. Throws `ShapeError`. */
export function readAlertDetails(value: unknown): StoredAlertDetails {
  const alert = asObject(value, 'alert');
  return {
    alert: readStoredAlert(alert, 'alert'),
    events: asList(alert.events, 'alert.events', readEvent),
    deliveries: asList(alert.deliveries ?? [], 'alert.deliveries', readDelivery),
  };
}

function readOutcome(value: unknown, where: string): AlertOutcome {
  const outcome = asObject(value, where);
  return {
    fingerprint: asText(outcome.fingerprint, `${where}.fingerprint`),
    alert: outcome.alert === null ? null : readStoredAlert(outcome.alert, `${where}.alert`),
    error: asTextOrNull(outcome.error, `${where}.error`),
  };
}

/** What became of several alerts. Throws `ShapeError`. */
export function readOutcomes(value: unknown): AlertOutcome[] {
  return asList(asObject(value, 'outcomes').items, 'outcomes.items', readOutcome);
}

function milliseconds(value: unknown, where: string): number | null {
  const seconds = asNumberOrNull(value, where);
  return seconds === null ? null : seconds * 1000;
}

/** The store's figures. Throws `ShapeError`. */
export function readStatistics(value: unknown): StoreStatistics {
  const figures = asObject(value, 'statistics');
  const number = (key: string): number => asNumber(figures[key], `statistics.${key}`);
  const severities = asObject(figures.severity_counts, 'statistics.severity_counts');
  return {
    total: number('total_alerts'),
    open: number('active_alerts'),
    acknowledged: number('acknowledged_alerts'),
    resolved: number('resolved_alerts'),
    bySeverity: Object.fromEntries(
      Object.entries(severities).map(([name, count]) => [name, asNumber(count, `severity_counts.${name}`)]),
    ),
    rate: number('alert_rate'),
    meanTimeToAcknowledge: milliseconds(
      figures.mean_time_to_acknowledge_seconds,
      'mean_time_to_acknowledge_seconds',
    ),
    meanTimeToResolve: milliseconds(figures.mean_time_to_resolve_seconds, 'mean_time_to_resolve_seconds'),
    noisiest: asList(figures.noisiest, 'statistics.noisiest', (entry, where) => {
      const { name, count } = asObject(entry, where);
      return { name: asText(name, `${where}.name`), count: asNumber(count, `${where}.count`) };
    }),
  };
}

/** What receivers answered to a test alert. Throws `ShapeError`. */
export function readTestOutcomes(value: unknown): TestOutcome[] {
  return asList(asObject(value, 'test').items, 'test.items', (entry, where) => {
    const outcome = asObject(entry, where);
    return {
      receiver: asText(outcome.receiver, `${where}.receiver`),
      delivered: outcome.delivered === true,
      answer: asText(outcome.answer, `${where}.answer`),
      durationSeconds: asNumber(outcome.durationSeconds, `${where}.durationSeconds`),
    };
  });
}

/** The outbox. Throws `ShapeError`. */
export function readOutbox(value: unknown): OutboxEntry[] {
  return asList(asObject(value, 'deliveries').items, 'deliveries.items', (entry, where) => {
    const delivery = asObject(entry, where);
    return {
      id: asNumber(delivery.id, `${where}.id`),
      fingerprint: asText(delivery.fingerprint, `${where}.fingerprint`),
      receiver: asText(delivery.receiver, `${where}.receiver`),
      kind: asText(delivery.kind, `${where}.kind`),
      state: asOneOf(NOTICE_STATES, delivery.state, `${where}.state`),
      attempts: asNumber(delivery.attempts, `${where}.attempts`),
      createdAt: asTimeOrNull(delivery.createdAt, `${where}.createdAt`),
      nextAttempt: asTimeOrNull(delivery.nextAttempt, `${where}.nextAttempt`),
      deliveredAt: asTimeOrNull(delivery.deliveredAt, `${where}.deliveredAt`),
      lastError: asTextOrNull(delivery.lastError, `${where}.lastError`),
    };
  });
}

/** How many dead letters are tried again. Throws `ShapeError`. */
export function readRetried(value: unknown): number {
  return asNumber(asObject(value, 'answer').retried, 'answer.retried');
}
