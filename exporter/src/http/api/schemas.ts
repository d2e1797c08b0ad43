import { z } from 'zod';
import { DEVICE_STATUSES } from '../../metrics/catalogue/devices.ts';
import { COLLECTOR_NAMES } from '../../metrics/family.ts';

/** The schemas that have a name in the OpenAPI document. */
export const SCHEMAS = z.registry<{ id: string; description?: string }>();

const taken = new Set<string>();

/** Gives the schema a name in the OpenAPI document; throws where another one has it. */
export function named<S extends z.ZodType>(id: string, description: string, schema: S): S {
  if (taken.has(id)) throw new Error(`two schemas are named ${id}`);
  taken.add(id);
  SCHEMAS.add(schema, { id, description });
  return schema;
}

/** A moment of an answer, ISO 8601 in UTC. */
export const time = () => z.iso.datetime();

/** Labels, annotations and the like. */
export const texts = () => z.record(z.string(), z.string());

export const errorSchema = named(
  'Error',
  'Every answer that is no success.',
  z.strictObject({
    error: z.strictObject({
      code: z.string().describe('A word for programs, e.g. not_found'),
      message: z.string().describe('A sentence for people'),
      details: z.unknown().optional(),
    }),
  }),
);

export const deviceStatusSchema = named(
  'DeviceStatus',
  'Effective status of a device.',
  z.enum([...DEVICE_STATUSES]),
);

const reportedSchema = named(
  'ReportedStatus',
  'The newest status that one source reported, as found.',
  z.strictObject({
    source: z.enum(['api', 'postgres', 'mqtt']),
    status: z.string().nullable(),
    at: time(),
  }),
);

const valueSchema = named(
  'DeviceValue',
  'Newest numeric value of a metric.',
  z.strictObject({ metric: z.string(), unit: z.string(), value: z.number(), at: time() }),
);

export const deviceSchema = named(
  'Device',
  'A device with its effective status and what the sources say of it.',
  z.strictObject({
    deviceId: z.string(),
    name: z.string(),
    deviceType: z.string(),
    location: z.string(),
    manufacturer: z.string(),
    model: z.string(),
    firmwareVersion: z.string(),
    status: deviceStatusSchema,
    statusSince: time(),
    reported: z.array(reportedSchema).readonly(),
    lastSeen: time().nullable(),
    registered: z.boolean().describe('False for a device that only MQTT knows'),
    values: z.array(valueSchema).readonly(),
  }),
);

export const devicePageSchema = named(
  'DevicePage',
  'A page of devices; nextCursor is null on the last one.',
  z.strictObject({ items: z.array(deviceSchema).readonly(), nextCursor: z.string().nullable() }),
);

const sampleSchema = named(
  'Sample',
  'A sample of a metric; what JSON cannot write as a number is a string.',
  z.strictObject({
    labels: z.record(z.string(), z.string()),
    value: z.union([z.number(), z.enum(['NaN', '+Inf', '-Inf'])]),
  }),
);

export const summarySchema = named(
  'Summary',
  'All samples by metric name; a histogram has its _bucket, _sum and _count.',
  z.record(z.string(), z.array(sampleSchema)),
);

export const collectorSchema = named(
  'Collector',
  'A source of the platform and how its collection goes.',
  z.strictObject({
    name: z.enum([...COLLECTOR_NAMES]),
    state: z.enum(['ok', 'failing', 'paused', 'waiting', 'not_configured']),
    words: z.string().describe('The state in words, for people'),
    target: z.string().nullable(),
    setting: z.string().describe('The setting that turns it on'),
    lastSuccess: time().nullable(),
    lastDurationSeconds: z.number().nullable(),
    lastError: z.string().nullable(),
    failures: z.int().min(0).describe('Failed attempts in a row'),
    nextTry: time().nullable(),
  }),
);

export const collectorsSchema = named(
  'Collectors',
  'Every source that the exporter can collect, configured or not.',
  z.strictObject({ items: z.array(collectorSchema) }),
);

const componentSchema = named(
  'ComponentHealth',
  'Health of one component, 0 to 100; null when it is not measured.',
  z.strictObject({
    component: z.string(),
    score: z.number().min(0).max(100).nullable(),
    explanation: z.string(),
  }),
);

export const healthSchema = named(
  'Health',
  'The health score and where it comes from.',
  z.strictObject({
    overall: z.number().min(0).max(100).nullable(),
    components: z.array(componentSchema),
  }),
);

export const statusWordSchema = named(
  'ServerStatus',
  'Whether the exporter is alive or ready.',
  z.strictObject({ status: z.enum(['healthy', 'ready', 'reloaded']) }),
);
