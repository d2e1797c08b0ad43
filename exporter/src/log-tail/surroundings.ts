import { expandPattern, explainNoMatch, type MatchedPath, sight, type Sighting } from './discover.ts';
import { describeFileError } from './file-error.ts';

/** What the patterns match, looked up anew (a scan) or only looked at again. */
export interface Surroundings {
  /** Expands the patterns; afterwards `look` sees the files that they match now. */
  scan(): Promise<void>;
  /** The regular files among the matched paths as they are now: one `stat` a path. */
  look(): Promise<readonly Sighting[]>;
  /** Why the pattern leads to no file, in words for operators; undefined when nothing speaks against it. */
  problemOf(pattern: string): string | undefined;
}

/** Knows nothing before the first scan. */
export function createSurroundings(patterns: readonly string[]): Surroundings {
  let matched: readonly MatchedPath[] = [];
  const patternProblems = new Map<string, string>();
  let pathProblems = new Map<string, string>();

  return {
    scan: async () => {
      const found: MatchedPath[] = [];
      for (const pattern of patterns) {
        try {
          const paths = await expandPattern(pattern);
          found.push(...paths);
          if (paths.length > 0) patternProblems.delete(pattern);
          else patternProblems.set(pattern, await explainNoMatch(pattern));
        } catch (error) {
          patternProblems.set(pattern, describeFileError(pattern, error));
        }
      }
      matched = found;
    },
    look: async () => {
      const results = await Promise.all(matched.map(sight));
      const sightings: Sighting[] = [];
      pathProblems = new Map();
      for (const result of results) {
        if (result === undefined) continue;
        if ('facts' in result) sightings.push(result);
        else pathProblems.set(result.pattern, result.problem);
      }
      return sightings;
    },
    problemOf: (pattern) => pathProblems.get(pattern) ?? patternProblems.get(pattern),
  };
}
