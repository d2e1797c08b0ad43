import { clockWords, durationWords } from '../../../kit/time/timeWords';
import { numberWords, shareWords } from '../../../kit/words/numbers';
import type { Summary } from '../data/summary';
import type { ColumnName } from './layout';

/** What formats of the columns depend on. */
export interface CellContext {
  readonly timeZone: string;
  /** End of the range, milliseconds since the epoch. */
  readonly end: number;
}

/** What is not known. */
const NOTHING = '–';

function durationOr(ms: number | undefined): string {
  return ms === undefined ? NOTHING : durationWords(ms);
}

/** The text of a row's column. */
export function cellText(name: ColumnName, summary: Summary, { timeZone, end }: CellContext): string {
  switch (name) {
    case 'online':
      return summary.online === undefined ? NOTHING : shareWords(summary.online);
    case 'changes':
      return numberWords(summary.changes);
    case 'lastChange':
      return summary.lastChange === undefined ? NOTHING : clockWords(summary.lastChange, end, timeZone);
    case 'mtbf':
      return durationOr(summary.mtbf);
    case 'mttr':
      return durationOr(summary.mttr);
  }
}
