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
import type { TemplateData } from '../template/template.ts';
import type { Holding } from './alert-instances.ts';

function fill(templates: Templates, data: TemplateData): [string, string][] {
  return [...templates].map(([name, template]) => [name, template(data)]);
}

function vectorOfRule(value: Value, time: number): Vector {
  if (value.kind === 'vector') return value.samples;
  if (value.kind === 'scalar') return [{ name: '', labels: {}, value: value.value, time }];
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

/** What a recording rule's result is stored as. Throws an EvaluationError where two results become the same series. */
export function* recordedSeries(
  { labels: templates }: Program,
  value: Value,
  time: number,
): Work<readonly { readonly labels: Labels; readonly value: number }[]> {
  const seen = new Set<string>();
  const results: { readonly labels: Labels; readonly value: number }[] = [];
  for (const [index, sample] of vectorOfRule(value, time).entries()) {
    if (index % PAUSE_EVERY === PAUSE_EVERY - 1) yield;
    const labels = labelsFrom([...Object.entries(sample.labels), ...fill(templates, sample)]);
    requireNew(seen, labels);
    results.push({ labels, value: sample.value });
  }
  return results;
}

/** The result of an alert's expression with the alert's labels and annotations. Throws an EvaluationError as above. */
export function* holdingOf(
  name: string,
  { labels: labelTemplates, annotations }: Program,
  value: Value,
  time: number,
): Work<readonly Holding[]> {
  const seen = new Set<string>();
  const results: Holding[] = [];
  for (const [index, sample] of vectorOfRule(value, time).entries()) {
    if (index % PAUSE_EVERY === PAUSE_EVERY - 1) yield;
    const data = {
      labels: sample.name === '' ? sample.labels : { ...sample.labels, __name__: sample.name },
      value: sample.value,
    };
    const labels = labelsFrom([
      ...Object.entries(sample.labels),
      ...fill(labelTemplates, data),
      ['alertname', name] as const,
    ]);
    requireNew(seen, labels);
    results.push({ labels, annotations: Object.fromEntries(fill(annotations, data)), value: sample.value });
  }
  return results;
}
