import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CATALOGUE } from '../../exporter/src/metrics/catalogue/index.ts';
import { ROOT } from '../root.ts';

/** Whether a series only rises, and so wants `rate`; of a histogram all three series do. */
export type SeriesType = 'counter' | 'gauge' | 'other';

/** What is known of all series of one name. */
export interface SeriesName {
  readonly name: string;
  readonly type: SeriesType;
  /** Names of its labels, those that a scrape adds among them. */
  readonly labels: ReadonlySet<string>;
  /** Who exposes it: `catalogue` for ours, else the list that it is in. */
  readonly of: string;
}

/** The folder of the recorded lists, one file an exporter; `scripts/record-peers.ts` writes those of real ones. */
export const PEERS_FOLDER = 'scripts/queries/peers';

const SCRAPE = ['job', 'instance'] as const;

/** What Prometheus itself writes for each target. */
const OF_SCRAPES = ['up', 'scrape_duration_seconds', 'scrape_samples_scraped', 'scrape_series_added'];

function series(name: string, type: SeriesType, labels: readonly string[], of: string): SeriesName {
  return { name, type, labels: new Set([...labels, ...SCRAPE]), of };
}

function typeOf(word: string): SeriesType {
  return word === 'counter' || word === 'gauge' ? word : 'other';
}

/** The series that an exposition in text format would name, of one family. */
function ofFamily(name: string, type: string, labels: readonly string[], of: string): SeriesName[] {
  if (type !== 'histogram') return [series(name, typeOf(type), labels, of)];
  return [
    series(`${name}_bucket`, 'counter', [...labels, 'le'], of),
    series(`${name}_sum`, 'counter', labels, of),
    series(`${name}_count`, 'counter', labels, of),
  ];
}

/** Lines such as `counter node_cpu_seconds_total{cpu,mode}`; throws on others, but for comments. */
export function parsePeerList(text: string, of: string): SeriesName[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, type = '', name, labels = ''] = /^(\w+) ([\w:]+)\{([\w,]*)\}$/.exec(line) ?? [];
      if (name === undefined) throw new Error(`${of}: “${line}” is no line such as gauge name{label,label}`);
      return series(name, typeOf(type), labels.split(',').filter(Boolean), of);
    });
}

/** The lists in `peers/`, by the name of the exporter. */
export function readPeers(): ReadonlyMap<string, readonly SeriesName[]> {
  const folder = join(ROOT, PEERS_FOLDER);
  return new Map(
    readdirSync(folder)
      .sort()
      .map((file) => {
        const name = file.replace(/\.txt$/, '');
        return [name, parsePeerList(readFileSync(join(folder, file), 'utf8'), name)];
      }),
  );
}

/** Every series that something scrapes: the catalogue, the peers and Prometheus' own; without recorded ones. */
export function scrapedSeries(): readonly SeriesName[] {
  return [
    ...CATALOGUE.flatMap(({ name, type, labels }) => ofFamily(name, type, labels, 'catalogue')),
    ...[...readPeers().values()].flat(),
    ...OF_SCRAPES.map((name) => series(name, 'gauge', [], 'prometheus')),
  ];
}
