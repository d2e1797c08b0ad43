import type { Logger } from '../log/logger.ts';
import type { Sighting } from './matched-files.ts';
import { errorCode } from '../base/errors.ts';
import { describeFileError } from './file-error.ts';
import { type FileFacts, identityKey } from './file-identity.ts';
import { FILE_START, type Position } from './position.ts';
import type { LedgerEntry, PositionLedger } from './position-ledger.ts';
import { findRenamed, positionInCopy, type ReadFile } from './rotated-copies.ts';
import { hasChanged, openTailedFile, type ReadLimits, type TailedFile } from './tailed-file.ts';

/** Positions lost by cutting a file, kept to know its copy by. */
const KEPT_CUTS = 16;

export interface FollowedFilesOptions {
  readonly ledger: PositionLedger;
  readonly limits: ReadLimits;
  readonly maxFiles: number;
  /** Where to begin in files that exist when their pattern is used for the first time. */
  readonly startAt: 'beginning' | 'end';
  readonly logger: Logger;
  /** Milliseconds since the epoch, for the ledger. */
  readonly wall: () => number;
  /** Milliseconds that no step of the system's clock moves. */
  readonly monotonic: () => number;
}

/** The open files: which there are, where each begins, and what became of their names. */
export interface FollowedFiles {
  /** Takes over what the patterns match now: opens what is new, notes what has lost its name. */
  update(sightings: readonly Sighting[]): Promise<void>;
  /** Opens what was renamed while nobody watched, to read its rest. To be called once, after the first update. */
  openRenamed(): Promise<void>;
  /** Files that may have something to read, oldest first: those without a name, then by their last change. */
  readable(): readonly TailedFile[];
  all(): readonly TailedFile[];
  /** Keeps the position that a cut file had. */
  noteCut(file: TailedFile): void;
  close(file: TailedFile): Promise<void>;
  /** Gives up a file that cannot be read; the next update opens it anew where it stands. */
  fail(file: TailedFile, error: unknown): Promise<void>;
  /** Why a file that the pattern matches is not followed, in words for operators. */
  problemOf(pattern: string): string | undefined;
}

interface MatchedFile {
  readonly path: string;
  readonly facts: FileFacts;
  patterns: readonly string[];
}

/** One record a file, however many patterns and links lead to it. */
function byIdentity(sightings: readonly Sighting[]): Map<string, MatchedFile> {
  const files = new Map<string, MatchedFile>();
  for (const { path, pattern, facts } of sightings) {
    const key = identityKey(facts);
    const known = files.get(key);
    if (known === undefined) files.set(key, { path, facts, patterns: [pattern] });
    else if (!known.patterns.includes(pattern)) known.patterns = [...known.patterns, pattern];
  }
  return files;
}

interface Problem {
  readonly patterns: readonly string[];
  readonly text: string;
}

function readFileOf(entry: LedgerEntry): ReadFile {
  return { path: entry.path, position: entry };
}

/** Follows no file at first. */
export function createFollowedFiles(options: FollowedFilesOptions): FollowedFiles {
  const { ledger, limits, logger, wall, monotonic } = options;
  const open = new Map<string, TailedFile>();
  const problems = new Map<string, Problem>();
  const cuts: ReadFile[] = [];
  let present = new Map<string, MatchedFile>();

  async function startOf(file: MatchedFile): Promise<Position> {
    const known = ledger.find(file.facts);
    if (known !== undefined) return known;
    const isFirstUse = !file.patterns.some((pattern) => ledger.knows(pattern));
    if (isFirstUse) return { ...FILE_START, offset: options.startAt === 'end' ? file.facts.size : 0 };
    // What is open was read further than a restart would begin, where its reader holds lines back.
    const others = [...cuts, ...open.values(), ...ledger.entries().map(readFileOf)];
    return (await positionInCopy(file.path, file.facts.size, others)) ?? FILE_START;
  }

  function noteProblem({ path, patterns }: Pick<MatchedFile, 'path' | 'patterns'>, text: string): void {
    if (problems.get(path)?.text !== text)
      logger.warn({ path, problem: text }, 'log file cannot be followed');
    problems.set(path, { patterns, text });
  }

  async function close(file: TailedFile): Promise<void> {
    open.delete(identityKey(file.identity));
    await file.handle.close();
  }

  async function follow(file: MatchedFile): Promise<void> {
    const { path, facts, patterns } = file;
    if (open.size >= options.maxFiles) {
      noteProblem(
        file,
        `${path} is not followed: the globs match more than ${options.maxFiles} files (narrow them)`,
      );
      return;
    }
    try {
      const position = await startOf(file);
      ledger.set(facts, path, position, wall());
      const opened = await openTailedFile(path, patterns, position, limits);
      open.set(identityKey(opened.identity), opened);
      ledger.set(opened.identity, path, opened.position, wall());
      problems.delete(path);
      logger.info({ path, offset: opened.position.offset }, 'log file is followed');
    } catch (error) {
      // Gone since it was matched: nothing to follow, and the pattern says so when nothing else matches.
      if (errorCode(error) !== 'ENOENT') noteProblem(file, describeFileError(path, error));
    }
  }

  async function update(sightings: readonly Sighting[]): Promise<void> {
    present = byIdentity(sightings);
    for (const [key, file] of present) {
      ledger.touch(file.facts, wall());
      const opened = open.get(key);
      if (opened === undefined) await follow(file);
      else {
        opened.path = file.path;
        opened.patterns = file.patterns;
        opened.unnamedSince = undefined;
      }
    }
    for (const [key, file] of open) {
      if (!present.has(key)) file.unnamedSince ??= monotonic();
    }
    const paths = new Set(sightings.map(({ path }) => path));
    for (const path of problems.keys()) if (!paths.has(path)) problems.delete(path);
  }

  async function openRenamed(): Promise<void> {
    for (const entry of ledger.entries()) {
      if (open.has(identityKey(entry)) || present.has(identityKey(entry))) continue;
      try {
        const path = await findRenamed(entry.path, entry);
        if (path === undefined) continue;
        const file = await openTailedFile(path, [], entry, limits);
        file.unnamedSince = monotonic();
        open.set(identityKey(file.identity), file);
        logger.info({ path, offset: entry.offset }, 'rotated log file is read to its end');
      } catch (error) {
        logger.warn(
          { path: entry.path, problem: describeFileError(entry.path, error) },
          'rotated log file is lost',
        );
      }
    }
  }

  return {
    update,
    openRenamed,
    readable: () => {
      const waiting: { readonly file: TailedFile; readonly modified: bigint }[] = [];
      for (const [key, file] of open) {
        const facts = present.get(key)?.facts;
        if (facts === undefined) waiting.push({ file, modified: 0n });
        else if (hasChanged(file, facts)) waiting.push({ file, modified: facts.modified });
      }
      return waiting.sort((a, b) => Number(a.modified - b.modified)).map(({ file }) => file);
    },
    all: () => [...open.values()],
    noteCut: (file) => {
      if (file.position.anchor.length > 0) cuts.push({ path: file.path, position: file.position });
      if (cuts.length > KEPT_CUTS) cuts.shift();
    },
    close,
    fail: async (file, error) => {
      noteProblem(file, describeFileError(file.path, error));
      await close(file);
    },
    problemOf: (pattern) => [...problems.values()].find(({ patterns }) => patterns.includes(pattern))?.text,
  };
}
