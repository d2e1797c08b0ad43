import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';

const SOURCE = join(__dirname, '..', 'src');
const LANGUAGES = ['en-US', 'de-DE'];

interface Texts {
  [key: string]: string | Texts;
}
const texts: z.ZodType<Texts> = z.lazy(() => z.record(z.string(), z.union([z.string(), texts])));

function flatten(value: Texts, path = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, entry] of Object.entries(value)) {
    const own = path === '' ? key : `${path}.${key}`;
    if (typeof entry === 'string') flat.set(own, entry);
    else for (const [inner, text] of flatten(entry, own)) flat.set(inner, text);
  }
  return flat;
}

function resources(folder: string, id: string, language: string): Map<string, string> {
  return flatten(
    texts.parse(JSON.parse(readFileSync(join(folder, 'locales', language, `${id}.json`), 'utf8'))),
  );
}

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\./.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Keys and English texts of every `t('key', 'text')` in the files. */
function used(paths: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const path of paths) {
    const calls = readFileSync(path, 'utf8').matchAll(
      /\bt\(\s*'([^']+)',\s*(?:'((?:[^'\\]|\\.)*)'|"([^"]*)")/g,
    );
    for (const [, key = '', single, double] of calls) {
      found.set(key, (single ?? double ?? '').replaceAll("\\'", "'"));
    }
  }
  return found;
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name = '']) => name).sort();
}

const panels = join(SOURCE, 'panels');
const plugins = [
  ...readdirSync(panels).map((name) => {
    const folder = join(panels, name);
    const { id } = z
      .object({ id: z.string() })
      .parse(JSON.parse(readFileSync(join(folder, 'plugin.json'), 'utf8')));
    return { id, folder, sources: files(folder) };
  }),
];

describe.each(plugins)('texts of $id', ({ id, folder, sources }) => {
  const english = resources(folder, id, 'en-US');

  it('are in the English resources as they are in the code, and no others', () => {
    const inCode = used(sources);
    expect(inCode.size).toBeGreaterThan(0);
    expect(Object.fromEntries(english)).toEqual(Object.fromEntries(inCode));
  });

  it.each(LANGUAGES)('are complete in %s, with the same placeholders', (language) => {
    const translated = resources(folder, id, language);
    expect([...translated.keys()].sort()).toEqual([...english.keys()].sort());
    const wrong = [...translated].filter(
      ([key, text]) =>
        text.trim() === '' || placeholders(text).join() !== placeholders(english.get(key) ?? '').join(),
    );
    expect(wrong).toEqual([]);
  });
});
