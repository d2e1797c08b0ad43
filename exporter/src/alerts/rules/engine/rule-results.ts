import {
  EvaluationError,
  type Labels,
  labelsFrom,
  labelsKey,
  PAUSE_EVERY,
  showLabels,
  type Value,
  type Vector,
  type Work,
} from '@valtronics/promql';
import type { Program, Templates } from '../load/compile.ts';
import type { FunctionContext } from '../template/functions.ts';
import type { TemplateData } from '../template/template.ts';
import type { AlertResult } from './alert-instances.ts';

function vectorOfRule(value: Value, time: number): Vector {
  if (value.kind === 'vector') return value.samples;
  if (value.kind === 'scalar') return [{ name: '', labels: labelsFrom([]), value: value.value, time }];
  throw new EvaluationError('a rule needs an instant vector or a number');
}

function requireNew(seen: Set<string>, labels: Labels): void {
  const key = labelsKey(labels);
  if (seen.has(key))
    throw new EvaluationError(
      `several results have the same labels ${showLabels('', labels)} once the rule’s labels are added`,
    );
  seen.add(key);
}

/** A group's `limit`: a rule that gives more gives nothing, as in Prometheus. */
function requireWithin(limit: number, count: number, what: string): void {
  if (limit > 0 && count > limit)
    throw new EvaluationError(`exceeded the group’s limit of ${limit} with ${count} ${what}`);
}

function* fill(templates: Templates, data: TemplateData, context: FunctionContext): Work<[string, string][]> {
  const filled: [string, string][] = [];
  for (const [name, template] of templates) filled.push([name, yield* template.fill(data, context)]);
  return filled;
}

export interface ResultOptions {
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** Most results; 0: as many as there are. */
  readonly limit: number;
  readonly context: FunctionContext;
}

/** What a recording rule's result is stored as. Throws an EvaluationError where two results become the same series. */
export function* recordedSeries(
  { labels: templates }: Program,
  value: Value,
  { time, limit, context }: ResultOptions,
): Work<readonly { readonly labels: Labels; readonly value: number }[]> {
  const seen = new Set<string>();
  const results: { readonly labels: Labels; readonly value: number }[] = [];
  const vector = vectorOfRule(value, time);
  requireWithin(limit, vector.length, 'series');
  for (const [index, sample] of vector.entries()) {
    if (index % PAUSE_EVERY === PAUSE_EVERY - 1) yield;
    const data = { labels: new Map(Object.entries(sample.labels)), value: sample.value };
    const labels = labelsFrom([...data.labels, ...(yield* fill(templates, data, context))]);
    requireNew(seen, labels);
    results.push({ labels, value: sample.value });
  }
  return results;
}

/** The result of an alert's expression with the alert's labels and annotations. Throws an EvaluationError as above. */
export function* alertsOf(
  name: string,
  { labels: labelTemplates, annotations }: Program,
  value: Value,
  { time, limit, context }: ResultOptions,
): Work<readonly AlertResult[]> {
  const seen = new Set<string>();
  const results: AlertResult[] = [];
  const vector = vectorOfRule(value, time);
  requireWithin(limit, vector.length, 'alerts');
  for (const [index, sample] of vector.entries()) {
    if (index % PAUSE_EVERY === PAUSE_EVERY - 1) yield;
    const own = Object.entries(sample.labels);
    const named: [string, string][] = sample.name === '' ? own : [...own, ['__name__', sample.name]];
    const data = { labels: new Map(named), value: sample.value };
    const labels = labelsFrom([
      ...own,
      ...(yield* fill(labelTemplates, data, context)),
      ['alertname', name] as const,
    ]);
    requireNew(seen, labels);
    const texts = Object.fromEntries(yield* fill(annotations, data, context));
    results.push({ labels, annotations: texts, value: sample.value });
  }
  return results;
}
