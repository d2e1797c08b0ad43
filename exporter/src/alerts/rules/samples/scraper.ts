import { type Labels, labelsFrom, labelsKey, PAUSE_EVERY, type Work } from '@valtronics/promql';
import type { FamilySnapshot } from '../../../metrics/family.ts';
import type { ExpositionParts } from '../../../metrics/scrape.ts';
import type { SampleStore } from './sample-store.ts';

const PAIR = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;
const ESCAPE = /\\(.)/g;

/** A copy of the text that does not keep the large text alive that it was cut from. */
function detached(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

/** The labels of an exposition line's head, e.g. of `up{job="x"}`; those of the target win, as when Prometheus scrapes. */
function parseLineLabels(head: string, target: Readonly<Record<string, string>>): Labels {
  const pairs: [string, string][] = [];
  for (const [, name = '', value = ''] of head.matchAll(PAIR)) {
    const plain = value.replace(ESCAPE, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped));
    pairs.push([name in target ? `exported_${name}` : detached(name), detached(plain)]);
  }
  return labelsFrom([...pairs, ...Object.entries(target)]);
}

/** A value as the exporter writes it. */
function parseLineValue(text: string): number {
  if (text === '+Inf') return Infinity;
  if (text === '-Inf') return -Infinity;
  return Number(text);
}

/** Takes the exporter's own samples in, as Prometheus would by scraping it. */
export interface Scraper {
  /** One scrape at the time, milliseconds since the epoch; pauses now and then. */
  scrape(parts: ExpositionParts, time: number): Work<void>;
}

/**
 * `target` are the labels that Prometheus would add: `job` and `instance`. A metric that nobody asks for costs
 * nothing; those of devices are read from their exposition, which is what their store keeps.
 */
export function createScraper(store: SampleStore, target: Readonly<Record<string, string>>): Scraper {
  const writer = store.writer();

  function takeFamily({ name, samples }: FamilySnapshot): void {
    for (const { suffix = '', labels, value } of samples) {
      const metric = name + suffix;
      if (!store.keeps(metric)) continue;
      const all = (): Readonly<Record<string, string>> =>
        labelsFrom([
          ...Object.entries(labels).map(([label, text]): [string, string] => [
            label in target ? `exported_${label}` : label,
            text,
          ]),
          ...Object.entries(target),
        ]);
      writer.put(`${metric}{${labelsKey(labels)}`, metric, all, value);
    }
  }

  function* takeStore({ family, chunks }: ExpositionParts['stores'][number]): Work<void> {
    if (!store.keeps(family.name)) return;
    let taken = 0;
    for (const chunk of chunks()) {
      yield;
      for (const line of Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
        .toString('utf8')
        .split('\n')) {
        const end = line.lastIndexOf(' ');
        if (end < 0) continue;
        if (++taken % PAUSE_EVERY === 0) yield;
        const head = line.slice(0, end);
        writer.put(
          head,
          family.name,
          () => parseLineLabels(head, target),
          parseLineValue(line.slice(end + 1)),
        );
      }
    }
  }

  function* scrape({ families, stores }: ExpositionParts, time: number): Work<void> {
    writer.begin(time);
    writer.put('up', 'up', () => labelsFrom(Object.entries(target)), 1);
    for (const family of families) takeFamily(family);
    for (const series of stores) yield* takeStore(series);
    yield* writer.finish();
  }

  return { scrape };
}
