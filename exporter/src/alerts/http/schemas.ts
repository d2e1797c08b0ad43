import { z } from 'zod';
import { named, texts, time } from '../../http/api/schemas.ts';
import { ALERT_SOURCES, ALERT_STATES } from '../alert.ts';
import { DELIVERY_STATES, NOTICE_KINDS } from '../store/notified.ts';

export const alertStateSchema = named('AlertState', 'What became of an alert.', z.enum(ALERT_STATES));
export const alertSourceSchema = named('AlertSource', 'Who brought the alert.', z.enum(ALERT_SOURCES));

const decisionSchema = named(
  'AlertDecision',
  'Who acknowledged or resolved an alert, when and why.',
  z.strictObject({
    by: z.string().describe('Login of the Grafana user, else a word such as token or alertmanager'),
    at: time(),
    comment: z.string(),
  }),
);

const alertShape = {
  fingerprint: z.string().describe('As Alertmanager computes it, without external labels'),
  name: z.string(),
  severity: z.string(),
  source: alertSourceSchema,
  state: alertStateSchema,
  message: z.string(),
  labels: texts(),
  annotations: texts(),
  generatorUrl: z.string().nullable(),
  startsAt: time(),
  lastSeen: time(),
  count: z.int().describe('How often its source raised it, as far as the source says'),
  expiresAt: time().nullable().describe('When it is over unless it is raised again'),
  acknowledgement: decisionSchema.nullable(),
  resolution: decisionSchema.nullable(),
  maintenance: z.array(z.string()).describe('Ids of the maintenance windows that cover it now'),
};

export const alertSchema = named(
  'Alert',
  'An alert from its raising to its resolution.',
  z.strictObject(alertShape),
);

const eventSchema = named(
  'AlertEvent',
  'One change of an alert, from the audit log.',
  z.strictObject({
    at: time(),
    action: z.string().describe('raised, acknowledged, escalated or resolved'),
    by: z.string(),
    kind: z.string().describe('How that one was known: grafana, token, basic, loopback or system'),
    comment: z.string(),
  }),
);

const toldShape = {
  receiver: z.string(),
  state: z.enum(DELIVERY_STATES),
  at: time().describe('When it was delivered, else is tried next, else was to be told first'),
};

const flappingShape = {
  flappingSince: time().nullable().describe('Since when it goes on and off; null when it does not'),
};

export const alertDetailsSchema = named(
  'AlertDetails',
  'An alert with what happened to all alerts of its fingerprint, newest first, and what receivers were told of it.',
  z.strictObject({
    ...alertShape,
    ...flappingShape,
    deliveries: z
      .array(z.strictObject({ ...toldShape, kind: z.enum(NOTICE_KINDS) }))
      .describe('The newest of each receiver and kind'),
    events: z.array(eventSchema),
  }),
);

const alertRowSchema = named(
  'AlertRow',
  'An alert with the newest word of its firing to each receiver.',
  z.strictObject({ ...alertShape, ...flappingShape, notified: z.array(z.strictObject(toldShape)) }),
);

export const alertPageSchema = named(
  'AlertPage',
  'A page of alerts, the last raised first; nextCursor is null on the last one.',
  z.strictObject({ items: z.array(alertRowSchema).readonly(), nextCursor: z.string().nullable() }),
);

export const alertOutcomesSchema = named(
  'AlertOutcomes',
  'What became of each of several alerts: the alert as it is now, or why it was refused.',
  z.strictObject({
    items: z.array(
      z.strictObject({
        fingerprint: z.string(),
        alert: alertSchema.nullable(),
        error: z.string().nullable(),
      }),
    ),
  }),
);

export const alertStatisticsSchema = named(
  'AlertStatistics',
  'Figures about the alerts that the store holds.',
  z.strictObject({
    total_alerts: z.int(),
    active_alerts: z.int().describe('Not resolved, acknowledged or not'),
    acknowledged_alerts: z.int(),
    resolved_alerts: z.int(),
    severity_counts: z.record(z.string(), z.int()).describe('Alerts that are not resolved, by severity'),
    alert_rate: z.number().describe('Raised per hour over the last day'),
    mean_time_to_acknowledge_seconds: z.number().nullable(),
    mean_time_to_resolve_seconds: z.number().nullable(),
    noisiest: z
      .array(z.strictObject({ name: z.string(), count: z.int() }))
      .readonly()
      .describe('By name, and by type what the platform and devices raise'),
  }),
);

export const webhookAnswerSchema = named(
  'AlertWebhookAnswer',
  'What became of a notification.',
  z.strictObject({
    stored: z.int().describe('Firing alerts that are in the store now'),
    resolved: z.int().describe('Alerts that this notification resolved'),
    ignored: z.int().describe('Watchdog alerts, which are never stored'),
    truncated: z.int().describe('Alerts that Alertmanager left out of its notification'),
  }),
);
