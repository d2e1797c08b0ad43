import { closeSync, existsSync, fstatSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';

/** A log file that never grows without bound. */
export interface RotatingFile {
  readonly path: string;
  /** Adds a line; its end is added. Lines reach the disk within a fraction of a second. */
  line(text: string): void;
  /** Writes what is left and closes the file. */
  close(): void;
}

export interface RotatingFileOptions {
  readonly path: string;
  /** Bytes beyond which a new file is begun. */
  readonly maxBytes: number;
  /** Older files that are kept as `path.1`, `path.2`, … */
  readonly keep: number;
}

const FLUSH_AFTER = 100;

/** Rotates as logrotate does: by renaming, so that who follows the file sees a new inode. */
export function openRotatingFile(options: RotatingFileOptions): RotatingFile {
  const { path, maxBytes, keep } = options;
  let file = openSync(path, 'a');
  let size = fstatSync(file).size;
  let lines: string[] = [];
  let timer: NodeJS.Timeout | undefined;

  const rotate = (): void => {
    closeSync(file);
    rmSync(`${path}.${keep}`, { force: true });
    for (let number = keep - 1; number >= 1; number--) {
      if (existsSync(`${path}.${number}`)) renameSync(`${path}.${number}`, `${path}.${number + 1}`);
    }
    if (keep > 0) renameSync(path, `${path}.1`);
    else rmSync(path, { force: true });
    file = openSync(path, 'a');
    size = 0;
  };
  const flush = (): void => {
    timer = undefined;
    if (lines.length === 0) return;
    const bytes = Buffer.from(`${lines.join('\n')}\n`);
    lines = [];
    if (size > 0 && size + bytes.length > maxBytes) rotate();
    size += writeSync(file, bytes);
  };

  return {
    path,
    line(text) {
      lines.push(text);
      timer ??= setTimeout(flush, FLUSH_AFTER);
    },
    close() {
      clearTimeout(timer);
      flush();
      closeSync(file);
    },
  };
}
