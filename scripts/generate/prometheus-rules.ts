import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** Relative to the repository. */
export const PROMETHEUS_FOLDER = 'provisioning/prometheus';

const alertSchema = z.strictObject({
  alert: z.string(),
  expr: z.string(),
  for: z.string(),
  labels: z.strictObject({
    severity: z.enum(['critical', 'warning', 'info']),
    service: z.string(),
  }),
  annotations: z.strictObject({
    summary: z.string(),
    description: z.string(),
    runbook_url: z.url(),
    dashboard_url: z.url(),
  }),
});
const recordSchema = z.strictObject({
  record: z.string(),
  expr: z.string(),
  labels: z.record(z.string(), z.string()).optional(),
});
const ruleFileSchema = z.strictObject({
  groups: z.array(z.strictObject({ name: z.string(), rules: z.array(z.looseObject({})) })),
});

export type RecordingRule = z.infer<typeof recordSchema>;

/** An alert as its rule file has it, with the words of the comment above it. */
export interface AlertRule extends z.infer<typeof alertSchema> {
  /** What the expression measures, in words: the comment's `Fires on:`. */
  readonly firesOn: string;
  /** Comparison and unit, e.g. `> 80 %`: the comment's `Threshold:`. */
  readonly threshold: string;
}

export interface Rules {
  readonly alerts: readonly AlertRule[];
  readonly records: readonly RecordingRule[];
}

/** The comment that stands right above the alert, its lines joined by spaces. */
function commentAbove(lines: readonly string[], alert: string): string {
  const at = lines.findIndex((line) => line.trim() === `- alert: ${alert}`);
  const above = lines.slice(0, Math.max(at, 0));
  const start = above.findLastIndex((line) => !line.trim().startsWith('#')) + 1;
  return above
    .slice(start)
    .map((line) => line.trim().slice(1).trim())
    .join(' ');
}

function checked<T extends z.ZodType>(schema: T, value: unknown, where: string): z.infer<T> {
  const result = schema.safeParse(value);
  if (!result.success) throw new Error(`${where}: ${z.prettifyError(result.error)}`);
  return result.data;
}

function alertOf(rule: unknown, lines: readonly string[], file: string): AlertRule {
  const alert = checked(alertSchema, rule, file);
  const words = /^Fires on: (.+) Threshold: (.+)$/.exec(commentAbove(lines, alert.alert));
  if (words?.[1] === undefined || words[2] === undefined) {
    throw new Error(
      `${file}: "- alert: ${alert.alert}" needs a comment above it, "Fires on: …" and "Threshold: …"`,
    );
  }
  return { ...alert, firesOn: words[1], threshold: words[2] };
}

/**
 * Parses a rule file. Throws when an alert lacks a label, an annotation or the comment that explains it.
 * `file` is for messages.
 */
export function parseRules(text: string, file: string): Rules {
  const rules = checked(ruleFileSchema, parse(text), file).groups.flatMap((group) => group.rules);
  const lines = text.split('\n');
  return {
    alerts: rules.filter((rule) => 'alert' in rule).map((rule) => alertOf(rule, lines, file)),
    records: rules.filter((rule) => !('alert' in rule)).map((rule) => checked(recordSchema, rule, file)),
  };
}

/** Every rule of `provisioning/prometheus/rules`, files in alphabetical order. */
export function readRules(): Rules {
  const folder = `${PROMETHEUS_FOLDER}/rules`;
  const files = readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.yml'))
    .sort()
    .map((name) => parseRules(readFileSync(join(ROOT, folder, name), 'utf8'), `${folder}/${name}`));
  return { alerts: files.flatMap((file) => file.alerts), records: files.flatMap((file) => file.records) };
}
