import { EvaluationError } from './errors.ts';
import { compilePattern } from './matcher.ts';
import { labelsKey, showLabels, withLabels } from './labels.ts';
import type { Sample, Vector, Work } from './value.ts';
import { PAUSE_EVERY } from './value.ts';

const LABEL = /^[a-zA-Z_]\w*$/;

/** `$1`, `${1}`, `$name` as Go's Regexp.Expand reads them: the longest name counts, an unknown one is empty. */
function expand(replacement: string, match: RegExpExecArray): string {
  return replacement.replace(
    /\$(?:(\$)|(\w+)|\{(\w+)\})/g,
    (_, dollar?: string, bare?: string, braced?: string) => {
      if (dollar !== undefined) return '$';
      const name = bare ?? braced ?? '';
      return (/^\d+$/.test(name) ? match[Number(name)] : match.groups?.[name]) ?? '';
    },
  );
}

/** Gives each sample its new label; two with the same labels cannot be told apart any more. */
function* relabel(
  vector: Vector,
  label: string,
  valueOf: (sample: Sample) => string | undefined,
): Work<Vector> {
  if (!LABEL.test(label)) throw new EvaluationError(`${JSON.stringify(label)} is no name of a label`);
  const seen = new Set<string>();
  const samples: Sample[] = [];
  for (const [index, sample] of vector.entries()) {
    if (index % PAUSE_EVERY === PAUSE_EVERY - 1) yield;
    const value = valueOf(sample);
    const result =
      value === undefined ? sample : { ...sample, labels: withLabels(sample.labels, { [label]: value }) };
    const key = `${result.name}{${labelsKey(result.labels)}`;
    if (seen.has(key))
      throw new EvaluationError(
        `several series have the same labels ${showLabels(result.name, result.labels)} after relabelling`,
      );
    seen.add(key);
    samples.push(result);
  }
  return samples;
}

/** `label_replace(vector, label, replacement, source, pattern)`. */
export function labelReplace(
  vector: Vector,
  [label = '', replacement = '', source = '', pattern = '']: readonly string[],
): Work<Vector> {
  const matcher = compilePattern(pattern, 0);
  return relabel(vector, label, ({ labels }) => {
    const match = matcher.exec(labels[source] ?? '');
    return match === null ? undefined : expand(replacement, match);
  });
}

/** `label_join(vector, label, separator, source…)`. */
export function labelJoin(
  vector: Vector,
  [label = '', separator = '', ...sources]: readonly string[],
): Work<Vector> {
  return relabel(vector, label, ({ labels }) =>
    sources.map((source) => labels[source] ?? '').join(separator),
  );
}
