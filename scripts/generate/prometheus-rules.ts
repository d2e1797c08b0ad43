import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { ROOT } from '../root.ts';

/** Relative to the repository. */
export const PROMETHEUS_FOLDER = 'provisioning/prometheus';

const alertSchema = z.strictObject({
  alert: z.string(),
  expr: z.string(),
  /** At once when left out. */
  for: z.string().default('0s'),
  keep_firing_for: z.string().optional(),
  labels: z.strictObject({
    /** `none` is for an alert that tells nobody anything: Watchdog. */
    severity: z.enum(['critical', 'warning', 'info', 'none']),
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
  groups: z.array(
    z.strictObject({
      name: z.string(),
      interval: z.string().optional(),
      rules: z.array(z.looseObject({})),
    }),
  ),
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

/** A group of rules, evaluated one after another. */
export interface RuleGroup extends Rules {
  readonly name: string;
  /** Time between evaluations, e.g. `1m`; Prometheus' own (15s) when left out. */
  readonly interval: string | undefined;
}

/** The comment that stands right above the alert that the line names, its own lines joined by spaces. */
function commentAbove(lines: readonly string[], at: number): string {
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

function alertOf(rule: unknown, words: string, file: string): AlertRule {
  const alert = checked(alertSchema, rule, file);
  const found = /^Fires on: (.+) Threshold: (.+)$/.exec(words);
  if (found?.[1] === undefined || found[2] === undefined) {
    throw new Error(
      `${file}: "- alert: ${alert.alert}" needs a comment above it, "Fires on: …" and "Threshold: …"`,
    );
  }
  return { ...alert, firesOn: found[1], threshold: found[2] };
}

/**
 * Parses the groups of a rule file. Throws when an alert lacks a label, an annotation or the comment that
 * explains it. `file` is for messages.
 */
export function parseGroups(text: string, file: string): readonly RuleGroup[] {
  const lines = text.split('\n');
  const places = lines.flatMap((line, at) => (line.trim().startsWith('- alert:') ? [at] : []));
  return checked(ruleFileSchema, parse(text), file).groups.map(({ name, interval, rules }) => ({
    name,
    interval,
    alerts: rules
      .filter((rule) => 'alert' in rule)
      .map((rule) => alertOf(rule, commentAbove(lines, places.shift() ?? 0), file)),
    records: rules.filter((rule) => !('alert' in rule)).map((rule) => checked(recordSchema, rule, file)),
  }));
}

/** Paths of the rule files below `provisioning/prometheus`, in alphabetical order. */
export function ruleFiles(): readonly string[] {
  return readdirSync(join(ROOT, PROMETHEUS_FOLDER, 'rules'))
    .filter((name) => name.endsWith('.yml'))
    .sort()
    .map((name) => `rules/${name}`);
}

/** Every group of `provisioning/prometheus/rules`, files in alphabetical order. */
export function readGroups(): readonly RuleGroup[] {
  return ruleFiles().flatMap((name) => {
    const path = `${PROMETHEUS_FOLDER}/${name}`;
    return parseGroups(readFileSync(join(ROOT, path), 'utf8'), path);
  });
}

/** Every rule of `provisioning/prometheus/rules`, files in alphabetical order. */
export function readRules(): Rules {
  const groups = readGroups();
  return {
    alerts: groups.flatMap((group) => group.alerts),
    records: groups.flatMap((group) => group.records),
  };
}
