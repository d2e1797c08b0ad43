import { EvaluationError } from './errors.ts';
import { isLabelName, labelOf, namedKey, showLabels, withLabel } from './labels.ts';
import { compilePattern } from './matcher.ts';
import type { Sample, Vector, Work } from './value.ts';
import { PAUSE_EVERY } from './value.ts';

/**
 * `$1`, `${1}`, `$name` as Go's Regexp.Expand reads them: the longest name counts, an unknown one is empty, a number
 * with a leading zero is a name.
 */
export function expandGroups(replacement: string, groupOf: (group: number | string) => string): string {
  return replacement.replace(
    /\$(?:(\$)|([\p{L}\p{Nd}_]+)|\{([\p{L}\p{Nd}_]+)\})/gu,
    (_, dollar?: string, bare?: string, braced?: string) => {
      if (dollar !== undefined) return '$';
      const name = bare ?? braced ?? '';
      return groupOf(/^(?:0|[1-9]\d*)$/.test(name) ? Number(name) : name);
    },
  );
}

/** Gives each sample its new label; two with the same labels cannot be told apart any more. */
function* relabel(
  vector: Vector,
  label: string,
  valueOf: (sample: Sample) => string | undefined,
): Work<Vector> {
  if (!isLabelName(label)) throw new EvaluationError(`${JSON.stringify(label)} is no name of a label`);
  const seen = new Set<string>();
  const samples: Sample[] = [];
  for (const [index, sample] of vector.entries()) {
    if (index % PAUSE_EVERY === PAUSE_EVERY - 1) yield;
    const value = valueOf(sample);
    const result = value === undefined ? sample : withLabel(sample, label, value);
    const key = namedKey(result);
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
  const compiled = compilePattern(pattern, 0);
  const names = new Map(Object.entries(compiled.namedGroups()));
  const count = compiled.groupCount();
  return relabel(vector, label, (sample) => {
    const match = compiled.matcher(labelOf(sample, source));
    if (!match.find()) return undefined;
    return expandGroups(replacement, (group) => {
      const index = typeof group === 'number' ? group : names.get(group);
      return index === undefined || index > count ? '' : (match.group(index) ?? '');
    });
  });
}

/** `label_join(vector, label, separator, source…)`. */
export function labelJoin(
  vector: Vector,
  [label = '', separator = '', ...sources]: readonly string[],
): Work<Vector> {
  const wrong = sources.find((source) => !isLabelName(source));
  if (wrong !== undefined) throw new EvaluationError(`${JSON.stringify(wrong)} is no name of a label`);
  return relabel(vector, label, (sample) => sources.map((source) => labelOf(sample, source)).join(separator));
}
