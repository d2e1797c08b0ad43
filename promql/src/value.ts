import { EvaluationError } from './errors.ts';
import type { Named } from './labels.ts';

/** One sample of an instant vector. */
export interface Sample extends Named {
  readonly value: number;
  /** Of the sample itself, where a selector gave it; milliseconds since the epoch. */
  readonly time: number;
}

export type Vector = readonly Sample[];

/** What an expression gives. */
export type Value =
  | { readonly kind: 'scalar'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'vector'; readonly samples: Vector };

/** Samples of one series inside a range, oldest first. */
export interface Window extends Named {
  readonly times: readonly number[];
  readonly values: readonly number[];
}

/** Work that pauses now and then, so that others get a turn; `run` does it at once. */
export type Work<T> = Generator<undefined, T, undefined>;

/** Samples after which work pauses: a millisecond or two, also where nothing is compiled yet. */
export const PAUSE_EVERY = 64;

/** Does the work at once. */
export function run<T>(work: Work<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/**
 * The work, ended with an EvaluationError at the first pause at which there is a reason: a deadline that passed, for
 * example, or a stop.
 */
export function* endWhen<T>(work: Work<T>, reason: () => string | undefined): Work<T> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    const why = reason();
    if (why !== undefined) throw new EvaluationError(why);
    yield;
  }
}

/** The check of types before makes any other value a fault of the program. */
export function vectorOf(value: Value): Vector {
  if (value.kind !== 'vector') throw new EvaluationError(`a vector was expected, not a ${value.kind}`);
  return value.samples;
}

export function scalarOf(value: Value): number {
  if (value.kind !== 'scalar') throw new EvaluationError(`a number was expected, not a ${value.kind}`);
  return value.value;
}

export function textOf(value: Value): string {
  if (value.kind !== 'string') throw new EvaluationError(`a text was expected, not a ${value.kind}`);
  return value.value;
}
