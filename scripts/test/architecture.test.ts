import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { layerImports } from '../generate/architecture-doc.ts';
import { LAYERS, mayImport, placeOf } from '../layers/layers.ts';
import { ROOT } from '../root.ts';

const SOURCE = 'exporter/src';
const page = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');

/** The arrows of the picture of the data flow between folders; what is rounded is outside of the exporter. */
function flow(): (readonly [string, string])[] {
  const picture = page.slice(page.indexOf('## The data flow'), page.indexOf('## The parts'));
  const outside = new Set([...picture.matchAll(/([\w-]+)\(\[/g)].map(([, name]) => name ?? ''));
  return [...picture.matchAll(/^ +([\w-]+)(?:\(\[.*?\]\))? --> ([\w-]+)/gm)]
    .map(([, from = '', to = '']) => [from, to] as const)
    .filter(([from, to]) => !outside.has(from) && !outside.has(to));
}

describe('the pictures of the architecture', () => {
  it('show no flow between folders that do not know each other', () => {
    const imports = layerImports(SOURCE);
    const within = (folder: string): string[] =>
      [...imports].filter(([name]) => name.split('/')[0] === folder).flatMap(([, targets]) => [...targets]);
    const knows = (a: string, b: string): boolean => within(a).includes(b);
    const arrows = flow();
    expect(arrows.length).toBeGreaterThan(10);
    expect(arrows.filter(([from, to]) => !knows(from, to) && !knows(to, from))).toEqual([]);
  });

  it('name every folder of the exporter', () => {
    const folders = readdirSync(join(ROOT, SOURCE), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    expect(folders.filter((name) => !(name in (LAYERS[SOURCE] ?? {})))).toEqual([]);
    expect(folders.filter((name) => !page.includes(`\`${name}/`))).toEqual([]);
  });
});

describe('the layers', () => {
  it('have no circles', () => {
    for (const [source, layers] of Object.entries(LAYERS)) {
      const reaches = (layer: string, seen: readonly string[]): string[] =>
        seen.includes(layer)
          ? [[...seen, layer].join(' → ')]
          : (layers[layer] ?? []).flatMap((next) => reaches(next, [...seen, layer]));
      expect(Object.keys(layers).flatMap((layer) => reaches(layer, []))).toEqual([]);
      expect(source).not.toBe('');
    }
  });

  it('put a file where its folder is, and let it import downwards only', () => {
    const place = (file: string) => placeOf(join(ROOT, SOURCE, file));
    const [view, receiver, base] = [
      place('alerts/http/view.ts'),
      place('alerts/receivers/slack.ts'),
      place('base/json.ts'),
    ];
    if (view === undefined || receiver === undefined || base === undefined)
      throw new Error('a place is missing');
    expect([view.layer, receiver.layer, place('main.ts')]).toEqual(['alerts/http', 'alerts', undefined]);
    expect([mayImport(view, receiver), mayImport(receiver, view), mayImport(base, receiver)]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
