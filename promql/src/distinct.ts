import { EvaluationError } from './errors.ts';
import { namedKey, showLabels } from './labels.ts';
import { PAUSE_EVERY, type Vector, type Work } from './value.ts';

/**
 * The vector, if no two of its samples have the same name and labels. An operation may have made them so by
 * taking names or labels away; what cannot have is not looked at.
 */
export function* requireDistinct(samples: Vector, before: Vector): Work<Vector> {
  const [first] = before;
  if (first === undefined || before.every(({ name }) => name === first.name)) return samples;
  const seen = new Set<string>();
  for (const [index, sample] of samples.entries()) {
    if (index % PAUSE_EVERY === PAUSE_EVERY - 1) yield;
    const key = namedKey(sample);
    if (seen.has(key))
      throw new EvaluationError(
        `several series have the same labels ${showLabels(sample.name, sample.labels)} after the operation`,
      );
    seen.add(key);
  }
  return samples;
}
