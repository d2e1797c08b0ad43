import { glob, readdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { errorCode } from '../base/errors.ts';
import { describeFileError } from './file-error.ts';
import { factsOf, type FileFacts } from './file-identity.ts';

/** A regular file that a pattern matched. */
export interface Sighting {
  readonly path: string;
  readonly pattern: string;
  readonly facts: FileFacts;
}

/** A path that matched and cannot be followed, in words for operators. */
interface PathProblem {
  readonly path: string;
  readonly pattern: string;
  readonly problem: string;
}

/** A path with the pattern that named it. */
interface MatchedPath {
  readonly path: string;
  readonly pattern: string;
}

/** Names of files that a rotation has compressed: their lines were read before. */
export const COMPRESSED = /\.(?:gz|bz2|xz|zst|lz4|Z|zip)$/;
const MAGIC = /[*?[\]{}!]/;

/** The paths that a pattern matches now, absolute and sorted, compressed ones left out. */
async function expandPattern(pattern: string): Promise<readonly MatchedPath[]> {
  const paths: string[] = [];
  for await (const path of glob(pattern)) {
    if (!COMPRESSED.test(path)) paths.push(resolve(path));
  }
  return paths.sort().map((path) => ({ path, pattern }));
}

/** Looks at a matched path. Undefined: a folder, or gone since it was matched. Never opens it: it may be a pipe. */
async function sight(matched: MatchedPath): Promise<Sighting | PathProblem | undefined> {
  const { path } = matched;
  try {
    const stats = await stat(path, { bigint: true });
    if (stats.isFile()) return { ...matched, facts: factsOf(stats) };
    if (stats.isDirectory()) return undefined;
    const problem = `${path} is not a regular file (a link to standard output, or a pipe?): let the service log into a file`;
    return { ...matched, problem };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    return { ...matched, problem: describeFileError(path, error) };
  }
}

/** Why a pattern matched nothing, in words for operators. */
async function explainNoMatch(pattern: string): Promise<string> {
  if (COMPRESSED.test(pattern)) return `${pattern} names compressed files, which are not followed`;
  const magic = pattern.search(MAGIC);
  const folder = dirname(resolve(magic === -1 ? pattern : `${pattern.slice(0, magic)}x`));
  try {
    await readdir(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT')
      return `no file matches ${pattern}: the folder ${folder} does not exist`;
    return `no file matches ${pattern}: ${describeFileError(folder, error)}`;
  }
  return `no file matches ${pattern} (waiting for one)`;
}

/** What the patterns match, looked up anew (a scan) or only looked at again. */
export interface MatchedFiles {
  /** Expands the patterns; afterwards `look` sees the files that they match now. */
  scan(): Promise<void>;
  /**
   * The regular files among the matched paths as they are now: one `stat` a path; of paths that are not in `only`, when
   * that is given, as they were when they were last looked at.
   */
  look(only?: ReadonlySet<string>): Promise<readonly Sighting[]>;
  /** True when a pattern matched the path at the last scan. */
  has(path: string): boolean;
  /** Paths whose folders tell of changes: what matched, and the patterns whose folder is written out. */
  watchable(): readonly string[];
  /** Why the pattern leads to no file, in words for operators; undefined when nothing speaks against it. */
  problemOf(pattern: string): string | undefined;
}

/** Knows nothing before the first scan. */
export function createMatchedFiles(patterns: readonly string[]): MatchedFiles {
  let matched: readonly MatchedPath[] = [];
  const patternProblems = new Map<string, string>();
  let pathProblems = new Map<string, string>();
  let paths = new Set<string>();
  let seen = new Map<MatchedPath, Sighting | PathProblem | undefined>();

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
      paths = new Set(found.map(({ path }) => path));
      seen = new Map();
    },
    has: (path) => paths.has(path),
    watchable: () => [
      ...paths,
      ...patterns.filter((pattern) => !MAGIC.test(dirname(pattern))).map((pattern) => resolve(pattern)),
    ],
    look: async (only) => {
      const due = matched.filter((entry) => only?.has(entry.path) !== false || !seen.has(entry));
      await Promise.all(due.map(async (entry) => seen.set(entry, await sight(entry))));
      const results = matched.map((entry) => seen.get(entry));
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
