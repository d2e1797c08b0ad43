import { type CsvCell, csvFile } from '../../../domain/csv';
import { isoTime } from '../../../domain/isoTime';
import type { TimelineSet } from './row';

/** Head of the table; states follow. */
const HEAD = ['device', 'id', 'group', 'state', 'from', 'to', 'changes', 'last_change', 'failures'];
const SECONDS = ['mtbf_seconds', 'mttr_seconds', 'online_share', 'known_seconds', 'no_data_seconds'];

const seconds = (ms: number | undefined): CsvCell => (ms === undefined ? null : Math.round(ms) / 1000);

/** The summary of every row as a CSV file, with the seconds that it spent in each state. */
export function summaryCsv({ rows, categories, range }: TimelineSet): string {
  const states = new Map(categories.map((category) => [category.key, category.entry ?? category]));
  const keys = [...states.keys()];
  const head = [...HEAD, ...SECONDS, ...keys.map((key) => `${states.get(key)?.label ?? ''} (seconds)`)];
  const lines = rows.map(({ name, id, group, category, summary }): CsvCell[] => {
    const inState = (key: string): number => {
      let time = 0;
      for (const [kind, spent] of summary.times) if (categories[kind]?.key === key) time += spent;
      return time;
    };
    return [
      name,
      id,
      group,
      category.label,
      isoTime(range.from),
      isoTime(range.to),
      summary.changes,
      summary.lastChange === undefined ? null : isoTime(summary.lastChange),
      summary.failures,
      seconds(summary.mtbf),
      seconds(summary.mttr),
      summary.online === undefined ? null : Math.round(summary.online * 1e6) / 1e6,
      seconds(summary.known),
      seconds(range.to - range.from - summary.known),
      ...keys.map((key) => seconds(inState(key))),
    ];
  });
  return csvFile([head, ...lines]);
}
