import { parse } from 'yaml';
import { z } from 'zod';
import { parseDuration } from '../../../base/duration.ts';
import { messageOf } from '../../../base/errors.ts';
import { isObject } from '../../../base/is-object.ts';
import { textsByName } from '../../texts.ts';
import type { Rule, RuleGroup } from './rule.ts';

/** A rule file that cannot be used; the message names the file and the place in it. */
export class RuleFileError extends Error {
  constructor(file: string, why: string) {
    super(`${file}: ${why}`);
    this.name = 'RuleFileError';
  }
}

/** Prometheus' duration as milliseconds. */
const duration = z.string().transform((text, context) => {
  const milliseconds = parseDuration(text);
  if (milliseconds !== undefined) return milliseconds;
  context.addIssue({
    code: 'custom',
    message: `${JSON.stringify(text)} is no duration such as 30s, 5m or 1h30m`,
  });
  return z.NEVER;
});
/** A key without anything behind it counts as left out. */
function optional<T extends z.ZodType>(schema: T) {
  return z.preprocess((given) => (given === '' ? undefined : given), schema);
}

/** Names as Prometheus takes them in labels and annotations. */
const labelName = z
  .string()
  .regex(/^[a-zA-Z_]\w*$/, 'is no name: letters, digits and _ only, no digit first');
const texts = optional(textsByName(z.string(), labelName).prefault({}));
const count = z.string().regex(/^\d+$/, 'must be a whole number').transform(Number);

const recording = z.strictObject({ record: z.string().min(1), expr: z.string().min(1), labels: texts });
const alerting = z.strictObject({
  alert: z.string().min(1),
  expr: z.string().min(1),
  for: duration.default(0),
  keep_firing_for: duration.default(0),
  labels: texts,
  annotations: texts,
});

const group = {
  name: z.string().min(1),
  interval: duration.optional(),
  query_offset: duration.default(0),
  limit: count.default(0),
  labels: texts,
  rules: optional(z.array(z.unknown()).default([])),
};
const groups = optional(z.array(z.strictObject(group)).default([]));
const fileSchema = z.strictObject({ groups });
/** A PrometheusRule of the Prometheus operator. What it says of Thanos means nothing here, as for Prometheus. */
const resourceSchema = z.looseObject({
  kind: z.literal('PrometheusRule'),
  spec: z.strictObject({
    groups: optional(
      z.array(z.strictObject({ ...group, partial_response_strategy: z.string().optional() })).default([]),
    ),
  }),
});

function checked<T extends z.ZodType>(schema: T, value: unknown, file: string, where: string): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => {
    const place = [where, ...path.map(String)].filter((part) => part !== '').join('.');
    return place === '' ? message : `${place}: ${message}`;
  });
  throw new RuleFileError(file, problems.join('; '));
}

function parseRule(value: unknown, file: string, where: string): Rule {
  if (isObject(value) && 'record' in value) {
    const { record, expr, labels } = checked(recording, value, file, where);
    return { kind: 'recording', name: record, expression: expr.trim(), labels };
  }
  const { alert, expr, labels, annotations, ...times } = checked(alerting, value, file, where);
  return {
    kind: 'alerting',
    name: alert,
    expression: expr.trim(),
    holdFor: times.for,
    keepFiringFor: times.keep_firing_for,
    labels,
    annotations,
  };
}

function requireDistinct(names: readonly string[], file: string): void {
  const repeated = names.find((name, index) => names.indexOf(name) < index);
  if (repeated !== undefined) throw new RuleFileError(file, `the group ${repeated} is there twice`);
}

/** The groups of a rule file of Prometheus, or of a PrometheusRule. Throws a RuleFileError that names the file. */
export function parseRuleFile(content: string, file: string): readonly RuleGroup[] {
  let document: unknown;
  try {
    // As Prometheus reads it: every scalar is a text, whatever it looks like.
    document = parse(content, { schema: 'failsafe' });
  } catch (error) {
    throw new RuleFileError(file, messageOf(error).split('\n')[0] ?? '');
  }
  if (document === null || document === undefined || document === '' || document === 'null')
    throw new RuleFileError(file, 'the file is empty: it has no groups of rules');
  const found =
    isObject(document) && 'kind' in document
      ? checked(resourceSchema, document, file, '').spec.groups
      : checked(fileSchema, document, file, '').groups;
  requireDistinct(
    found.map(({ name }) => name),
    file,
  );
  return found.map(({ name, interval, query_offset: queryOffset, limit, labels, rules }) => ({
    name,
    origin: file,
    interval,
    queryOffset,
    limit,
    rules: rules
      .map((rule, index) => parseRule(rule, file, `group ${name}, rule ${index + 1}`))
      // A rule's own label wins over its group's.
      .map((rule) => ({ ...rule, labels: { ...labels, ...rule.labels } })),
  }));
}
