import { z } from 'zod';
import { named, time } from '../../http/api/schemas.ts';
import { SPAN_KINDS } from '../../trace/tracer.ts';
import { EDGE_KINDS, NODE_TYPES, UNMEASURED } from '../map/service-map.ts';

const count = () => z.int().min(0);
const share = () => z.number().describe('0 to 1');
const source = () =>
  z
    .enum(['buffer', 'jaeger', 'off'])
    .describe('Where it comes from: kept in memory, Jaeger, or nowhere as tracing is off');

export const traceSummarySchema = named(
  'TraceSummary',
  'One request or piece of work, with all that it caused.',
  z.strictObject({
    traceId: z.string(),
    service: z.string().describe('Of its first span, as operation and kind'),
    operation: z.string(),
    kind: z.enum(SPAN_KINDS),
    start: time(),
    durationMs: z.number(),
    status: z.enum(['ok', 'error']),
    error: z.string().nullable().describe('What went wrong, in words'),
    spanCount: count(),
    errorCount: count(),
    services: z.array(z.string()).readonly(),
    method: z.string().nullable(),
    route: z.string().nullable().describe('Such as /api/v1/devices/{device_id}'),
    httpStatus: z.int().nullable(),
    deviceId: z.string().nullable(),
    correlationId: z.string().nullable().describe('X-Request-ID of the request'),
  }),
);

export const tracePageSchema = named(
  'TracePage',
  'Traces, newest or slowest first.',
  z.strictObject({
    items: z.array(traceSummarySchema).readonly(),
    source: source(),
    oldest: time().nullable().describe('How far back the source is known to reach'),
    kept: count().describe('Traces in memory'),
    problem: z.string().nullable().describe('Why the answer is not what was asked for, in words'),
  }),
);

export const traceServicesSchema = named(
  'TraceServices',
  'Services with the names of their spans.',
  z.strictObject({
    items: z.array(z.strictObject({ service: z.string(), operations: z.array(z.string()).readonly() })),
    source: source(),
    problem: z.string().nullable().describe('Why Jaeger was not asked although there is one, in words'),
  }),
);

const tag = () =>
  z.strictObject({
    key: z.string(),
    type: z.enum(['string', 'bool', 'int64', 'float64']),
    value: z.union([z.string(), z.number(), z.boolean()]),
  });
const tags = () => z.array(tag()).readonly();
const warnings = () => z.array(z.string()).readonly().nullable();

const jaegerSpanSchema = named(
  'JaegerSpan',
  'A span in Jaeger’s JSON; times are microseconds.',
  z.strictObject({
    traceID: z.string(),
    spanID: z.string(),
    operationName: z.string(),
    references: z
      .array(
        z.strictObject({
          refType: z.enum(['CHILD_OF', 'FOLLOWS_FROM']),
          traceID: z.string(),
          spanID: z.string(),
        }),
      )
      .readonly(),
    startTime: z.number(),
    duration: z.number(),
    tags: tags(),
    logs: z.array(z.strictObject({ timestamp: z.number(), fields: tags() })).readonly(),
    processID: z.string(),
    warnings: warnings(),
  }),
);

export const jaegerAnswerSchema = named(
  'JaegerTraces',
  'A trace in Jaeger’s JSON.',
  z.strictObject({
    data: z
      .array(
        z.strictObject({
          traceID: z.string(),
          spans: z.array(jaegerSpanSchema).readonly(),
          processes: z.record(z.string(), z.strictObject({ serviceName: z.string(), tags: tags() })),
          warnings: warnings(),
        }),
      )
      .readonly(),
    total: count(),
    limit: count(),
    offset: count(),
    errors: z.null(),
  }),
);

const measured = {
  rate: z.number().nullable().describe('Calls, or messages, a second; null where nobody measures them'),
  errorRate: share().nullable(),
  p95Ms: z.number().nullable().describe('Milliseconds in which 95 of 100 were done; null for messages'),
};

export const serviceMapSchema = named(
  'ServiceMap',
  'Who calls whom.',
  z.strictObject({
    nodes: z
      .array(
        z.strictObject({
          id: z.string(),
          title: z.string(),
          type: z.enum(NODE_TYPES),
          ...measured,
          devices: count().optional().describe('How many there are, of a node that stands for devices'),
        }),
      )
      .readonly(),
    edges: z
      .array(
        z.strictObject({
          client: z.string().describe('Id of a node, as server'),
          server: z.string(),
          kind: z
            .enum(EDGE_KINDS)
            .describe(
              'messages: MQTT messages, counted by the exporter while it is subscribed; those have failed of which something could not be used',
            ),
          unmeasured: z
            .enum(UNMEASURED)
            .nullable()
            .describe(
              'Why there are no figures now: broker_away, the exporter is not subscribed at the broker',
            ),
          ...measured,
          requests: count(),
          failed: count(),
        }),
      )
      .readonly(),
    windowSeconds: z.number().describe('Length of time that the figures are of'),
    source: source(),
  }),
);
