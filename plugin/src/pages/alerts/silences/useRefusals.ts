import { useState } from 'react';
import { problemOf, type Source } from '../../../domain/problem';
import { problemWords } from '../../../kit/states/problemWords';

/** Why something was refused, in words. */
export function refusalWords(error: unknown, source: Source): string {
  const problem = problemOf(error, source);
  const { title } = problemWords(problem);
  return problem.detail === '' ? title : `${title}: ${problem.detail}`;
}

/** What was refused, by the id of what it was about, until it is tried again. */
export function useRefusals(source: Source): {
  readonly refusals: ReadonlyMap<string, string>;
  /** Does it; a refusal is noted and not thrown. */
  readonly attempt: (id: string, action: () => Promise<unknown>) => Promise<void>;
} {
  const [refusals, setRefusals] = useState<ReadonlyMap<string, string>>(new Map());
  const note = (id: string, words: string | undefined): void =>
    setRefusals((before) => {
      const after = new Map(before);
      if (words === undefined) after.delete(id);
      else after.set(id, words);
      return after;
    });
  const attempt = async (id: string, action: () => Promise<unknown>): Promise<void> => {
    try {
      await action();
      note(id, undefined);
    } catch (error) {
      note(id, refusalWords(error, source));
    }
  };
  return { refusals, attempt };
}
