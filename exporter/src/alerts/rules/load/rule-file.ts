import { parsePromDuration } from '@valtronics/promql';
import { parse } from 'yaml';
import { z } from 'zod';
import { messageOf } from '../../../base/errors.ts';
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
  const milliseconds = text === '0' ? 0 : parsePromDuration(text);
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

const texts = optional(z.record(z.string(), z.string()).default({}));

const recording = z.strictObject({ record: z.string().min(1), expr: z.string().min(1), labels: texts });
const alerting = z.strictObject({
  alert: z.string().min(1),
  expr: z.string().min(1),
  for: duration.default(0),
  keep_firing_for: duration.default(0),
  labels: texts,
  annotations: texts,
});

const groupSchema = z.looseObject({
  name: z.string().min(1),
  interval: duration.optional(),
  rules: optional(z.array(z.unknown()).default([])),
});
const fileSchema = z.looseObject({ groups: optional(z.array(groupSchema).default([])) });

function checked<T extends z.ZodType>(schema: T, value: unknown, file: string, where: string): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    ({ path, message }) =>
      [where, ...path.map(String)].filter((part) => part !== '').join('.') + `: ${message}`,
  );
  throw new RuleFileError(file, problems.join('; '));
}

function parseRule(value: unknown, file: string, where: string): Rule {
  if (typeof value === 'object' && value !== null && 'record' in value) {
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

/** The groups of a rule file of Prometheus. Throws a RuleFileError that names the file. */
export function parseRuleFile(content: string, file: string): readonly RuleGroup[] {
  let document: unknown;
  try {
    // As Prometheus reads it: every scalar is a text, whatever it looks like.
    document = parse(content, { schema: 'failsafe' });
  } catch (error) {
    throw new RuleFileError(file, messageOf(error).split('\n')[0] ?? '');
  }
  return checked(fileSchema, document ?? {}, file, '').groups.map(({ name, interval, rules }) => ({
    name,
    origin: file,
    interval,
    rules: rules.map((rule, index) => parseRule(rule, file, `group ${name}, rule ${index + 1}`)),
  }));
}
