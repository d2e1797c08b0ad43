import { z } from 'zod';
import { named, time } from '../../http/api/schemas.ts';
import { ERROR_CLASSES } from '../aggregate/error-class.ts';
import { LOG_CATEGORIES, LOG_LEVELS } from '../entry.ts';

export const logLevelSchema = named('LogLevel', 'Severity of a line.', z.enum(LOG_LEVELS));
export const logCategorySchema = named('LogCategory', 'What a line is about.', z.enum(LOG_CATEGORIES));

const requestSchema = z.strictObject({
  method: z.string().optional(),
  url: z.string().optional(),
  status: z.number().optional(),
  durationSeconds: z.number().optional(),
  upstreamSeconds: z.number().optional().describe('Waiting for the API, where the gateway wrote the line'),
  overheadSeconds: z.number().optional().describe('The gateway’s own work'),
  bytes: z.number().optional(),
  clientIp: z.string().optional(),
  userAgent: z.string().optional(),
});

const lineShape = {
  id: z.string(),
  timestamp: time(),
  level: logLevelSchema,
  service: z.string(),
  category: logCategorySchema,
  message: z.string(),
  deviceId: z.string().nullable(),
  traceId: z.string().nullable(),
  correlationId: z.string().nullable(),
  pattern: z.string().nullable().describe('Id of the pattern that the message follows'),
  file: z.string().nullable(),
  raw: z
    .string()
    .nullable()
    .describe('All of it as it was written, secrets masked; null for who may not see it'),
  timeSource: z
    .enum(['line', 'zoneless', 'read'])
    .describe('Whether the time is the line’s, one without a zone, or that of reading'),
  created: time().describe('When it was read'),
  levelText: z.string().nullable().describe('The level as the line has it'),
  dataset: z.string(),
  logger: z.string().nullable(),
  spanId: z.string().nullable(),
  request: requestSchema.nullable(),
  error: z.strictObject({ type: z.string(), message: z.string(), stack: z.string().nullable() }).nullable(),
  truncated: z.boolean().describe('The line was too long and its end is missing'),
  parsed: z.boolean().describe('False for what no format could read'),
};

export const lineSchema = named('LogLine', 'One event of a log.', z.strictObject(lineShape));

const lines = () => z.array(lineSchema).readonly();

const searched = {
  source: z.enum(['elasticsearch', 'buffer']).describe('Where the lines come from'),
  oldest: time().nullable().describe('How far back the source reaches'),
  problem: z.string().nullable().describe('Why the log store was not asked, when it should have been'),
};

export const linePageSchema = named(
  'LogLinePage',
  'A page of lines, newest first, or, after a tail cursor, in the order of arrival.',
  z.strictObject({
    items: lines(),
    nextCursor: z.string().nullable().describe('Where the next page begins; null on the last one'),
    tailCursor: z.string().nullable().describe('`after` of a search for what comes next'),
    missed: z.int().describe('Lines that were forgotten before this tail asked for them'),
    ...searched,
  }),
);

export const lineDetailsSchema = named(
  'LogLineDetails',
  'A line with what stands around it in its file.',
  z.strictObject({ ...lineShape, before: lines(), after: lines() }),
);

const counted = {
  counted: z
    .enum(['lines', 'hours'])
    .describe(
      'Counted line by line from the buffer, or from counts of whole hours, which reach back further',
    ),
  oldest: time().nullable().describe('How far back that reaches'),
};

const count = () => z.int().min(0);
const topMessages = () => z.array(z.strictObject({ message: z.string(), count: count() })).readonly();

export const errorSummarySchema = named(
  'LogErrors',
  'Errors of a period: level ERROR or CRITICAL.',
  z.strictObject({
    period: z.string().describe('Such as 24h'),
    total_errors: count(),
    errors_by_service: z.record(
      z.string(),
      z.strictObject({
        count: count(),
        rate: z.number().describe('Errors an hour'),
        top_messages: topMessages(),
      }),
    ),
    error_patterns: z.record(z.string(), count()).describe(`Errors by class: ${ERROR_CLASSES.join(', ')}`),
    top_errors: topMessages(),
    ...counted,
  }),
);

export const serviceHealthSchema = named(
  'LogServiceHealth',
  'Health of a service by what it logs.',
  z.strictObject({
    health_score: z
      .number()
      .nullable()
      .describe('100 less the percentage of errors; null when it said nothing in the window'),
    total_logs: count(),
    error_rate: z.number().describe('Part of the lines that are errors, 0 to 1'),
    status: z.enum(['healthy', 'degraded', 'unhealthy', 'unknown']).describe('Above 80, above 60, else'),
    reason: z.string().describe('Why, in words'),
    window_minutes: z.int(),
    top_error: z
      .strictObject({ pattern: z.string(), template: z.string(), count: count() })
      .nullable()
      .describe('The most frequent pattern of its errors'),
  }),
);

const figures = () =>
  z.record(z.string(), z.strictObject({ total: count(), avg: z.number(), max: count(), min: count() }));
const counts = () => z.record(z.string(), count());

export const trendsSchema = named(
  'LogTrends',
  'Lines over time.',
  z.strictObject({
    period: z.string(),
    hourly_stats: z
      .record(z.string(), counts())
      .describe('By hour, such as 2026-11-29-14 in UTC: lines by service and by level'),
    level_trends: figures().describe('Figures over the hours in which there was anything'),
    service_trends: figures(),
    stepSeconds: z.number(),
    buckets: z
      .array(z.strictObject({ at: time(), total: count(), levels: counts(), services: counts() }))
      .readonly()
      .describe('The same without holes, in steps'),
    ...counted,
  }),
);

export const patternListSchema = named(
  'LogPatterns',
  'What messages have in common, the most frequent first.',
  z.strictObject({
    items: z
      .array(
        z.strictObject({
          id: z.string(),
          template: z.string().describe('The message; <*> stands for what differs'),
          count: count(),
          share: z.number().describe('Part of all lines that were looked at, 0 to 1'),
          errors: count(),
          class: z.enum(ERROR_CLASSES).nullable(),
          isNew: z.boolean(),
          firstSeen: time(),
          lastSeen: time(),
          services: z.array(z.strictObject({ service: z.string(), count: count() })).readonly(),
          levels: counts(),
          example: z.string().nullable().describe('A message; null for who may not see raw lines'),
          hours: z.array(z.strictObject({ at: time(), count: count() })).readonly(),
          course: z
            .array(count())
            .readonly()
            .describe('Lines in pieces of the range of equal length, oldest first'),
        }),
      )
      .readonly(),
    total: count().describe('Patterns that match, whatever the limit'),
    ...counted,
  }),
);

export const logStatisticsSchema = named(
  'LogStatistics',
  'Totals of all times, and what the buffer holds.',
  z.strictObject({
    total_logs: count(),
    error_logs: count(),
    warning_logs: count(),
    info_logs: count(),
    debug_logs: count(),
    critical_logs: count(),
    unknown_logs: count(),
    service_stats: z.record(z.string(), counts()),
    sources: count().nullable().describe('How many sources of lines are configured'),
    patterns: count(),
    forgotten_patterns: z.strictObject({ patterns: count(), entries: count() }),
    buffer: z.strictObject({
      size: count(),
      capacity: count(),
      oldest: time().nullable(),
      newest: time().nullable(),
    }),
  }),
);
export const intakeAnswerSchema = named(
  'LogIntake',
  'What became of the lines that were sent.',
  z.strictObject({
    accepted: count(),
    rejected: z
      .array(z.strictObject({ index: count(), reason: z.string() }))
      .readonly()
      .describe('The first thousand that were refused, by their place'),
    rejectedTotal: count(),
  }),
);
