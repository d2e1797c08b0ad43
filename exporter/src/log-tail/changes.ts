import type { Logger } from '../log/logger.ts';
import { createFolderWatch } from './folder-watch.ts';

/** Milliseconds in which changes are gathered for one look. */
const GATHERING = 30;

/** What the system says has changed, and the rest between two looks that it ends early. */
export interface Changes {
  /** Watches the folders of these files, and no others. */
  follow(paths: Iterable<string>): void;
  /** Paths that changed since the last call. */
  take(): ReadonlySet<string>;
  /** Resolves after so many milliseconds, soon after something changes at the latest; at once when it was stopped. */
  rest(milliseconds: number): Promise<void>;
  stop(): void;
}

/** Without `watch` nothing is noticed, and a rest is as long as it is asked for. */
export function createChanges(watch: boolean, logger: Logger): Changes {
  let changed = new Set<string>();
  let stopped = false;
  /** Ends the present rest after so many milliseconds. */
  let shorten: ((left: number) => void) | undefined;
  const watching = watch ? createFolderWatch({ onChange: note, logger }) : undefined;

  function note(path: string): void {
    if (changed.size === 0) shorten?.(GATHERING);
    changed.add(path);
  }

  async function rest(milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      shorten = (left) => {
        clearTimeout(timer);
        timer = setTimeout(resolve, left);
      };
      const left = changed.size > 0 ? Math.min(milliseconds, GATHERING) : milliseconds;
      shorten(stopped ? 0 : left);
    });
    shorten = undefined;
  }

  return {
    follow: (paths) => {
      // A look that was under way at the stop comes here after it, and nobody would end what it begins.
      if (!stopped) watching?.follow(paths);
    },
    take: () => {
      const taken = changed;
      changed = new Set();
      return taken;
    },
    rest,
    stop: () => {
      stopped = true;
      watching?.stop();
      shorten?.(0);
    },
  };
}
