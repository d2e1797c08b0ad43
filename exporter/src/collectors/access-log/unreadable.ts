import { isIP } from 'node:net';
import { withoutPort } from '../../access-line/client-address.ts';

/** Lines without a readable one among them that a service's own messages may well be: it starts, it fails. */
const BEFORE_THE_FIRST = 100;
/** The same in a file of which lines could be read before. */
const AFTER_ONE = 1000;
const LONGEST_SAMPLE = 200;

/** How long a file that nobody writes to any more is spoken of, milliseconds. */
const REMEMBERED = 60 * 60 * 1000;

/** What is known of the lines of one file. */
export interface FileLines {
  /** Notes an access line. */
  readable(): void;
  /** Notes a line that is none. */
  unreadable(line: string): void;
}

interface File extends FileLines {
  /** Lines in a row that are no access line. */
  count: number;
  hasReadable: boolean;
  last: string;
  at: number;
}

/** Notices files whose lines are in a format that nobody can read. */
export interface Unreadable {
  /** The file at a path, to note lines of it. */
  file(path: string): FileLines;
  /** A sentence for operators with the number of lines and one of them; undefined while all is well. */
  problem(): string | undefined;
}

function hidden(word: string): string {
  const isAddress = isIP(word) !== 0 || isIP(withoutPort(word) ?? '') !== 0;
  return isAddress ? '<address>' : word;
}

/** The beginning of a line without addresses and queries, which are nobody's business, and without control characters. */
function sampleOf(line: string): string {
  return Array.from(line.slice(0, LONGEST_SAMPLE), (character) => (character < ' ' ? ' ' : character))
    .join('')
    .replace(/\?[^\s"]*/g, '?…')
    .split(/([\s"'()[\],])/)
    .map(hidden)
    .join('');
}

/**
 * Tells a file that no format fits from a service that talks of other things: by many lines without one that fits.
 * `now`: milliseconds that no step of the system's clock moves.
 */
export function createUnreadable(now: () => number): Unreadable {
  const files = new Map<string, File>();

  function fileAt(path: string): File {
    const known = files.get(path);
    if (known !== undefined) return known;
    const file: File = {
      count: 0,
      hasReadable: false,
      last: '',
      at: 0,
      readable: () => {
        file.count = 0;
        file.hasReadable = true;
      },
      unreadable: (line) => {
        file.count += 1;
        file.last = line;
      },
    };
    files.set(path, file);
    return file;
  }

  return {
    file: (path) => {
      const file = fileAt(path);
      file.at = now();
      return file;
    },
    problem: () => {
      const problems: string[] = [];
      for (const [path, { count, hasReadable, last, at }] of files) {
        if (now() - at > REMEMBERED) files.delete(path);
        else if (count >= (hasReadable ? AFTER_ONE : BEFORE_THE_FIRST))
          problems.push(
            `the last ${count} lines of ${path} are in no known format, one of them: ${sampleOf(last)}`,
          );
      }
      return problems.length === 0 ? undefined : `${problems.join('; ')} (see docs/access-logs.md)`;
    },
  };
}
