import { appendFileSync, copyFileSync, mkdirSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LINES_EACH = 250;
const LINES = 5;
const PATTERN = /^witness line (\d+) of the soak$/;

/** A log file whose lines are numbered from 0, so that it is known which of them arrived. */
export interface WitnessLog {
  /** For the setting of the exporter: the file and those that it was renamed to. */
  readonly pattern: string;
  /** How many lines were written. */
  readonly lines: number;
  /** As logrotate does it, between two lines. */
  rotate(how: 'rename' | 'copytruncate'): void;
  /** Writes no more. */
  end(): void;
}

/** The number of the witness' line with that message; undefined for lines of others. */
export function witnessNumber(message: string): number | undefined {
  const number = PATTERN.exec(message)?.[1];
  return number === undefined ? undefined : Number(number);
}

/** Writes twenty lines a second into a new file of the folder until it is ended. */
export function startWitnessLog(folder: string): WitnessLog {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'witness.log');
  let lines = 0;
  let rotations = 0;
  writeFileSync(path, '');
  const timer = setInterval(() => {
    let text = '';
    for (let line = 0; line < LINES; line += 1) {
      text += `${new Date().toISOString()} INFO witness line ${lines} of the soak\n`;
      lines += 1;
    }
    appendFileSync(path, text);
  }, LINES_EACH);
  return {
    pattern: `${path}*`,
    get lines() {
      return lines;
    },
    rotate(how) {
      rotations += 1;
      const older = `${path}.${rotations}`;
      if (how === 'rename') {
        renameSync(path, older);
        writeFileSync(path, '');
      } else {
        copyFileSync(path, older);
        truncateSync(path);
      }
    },
    end: () => clearInterval(timer),
  };
}
