import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import german from '../locales/de-DE/valtronics-monitoring-app.json';
import english from '../locales/en-US/valtronics-monitoring-app.json';

const FOLDERS = ['domain', 'api', 'kit', 'features', 'extensions', 'pages'];
const SOURCE = join(__dirname, '..');

interface Use {
  readonly key: string;
  readonly text: string;
  readonly plural: boolean;
}

function flat(words: object, prefix = ''): Map<string, string> {
  const entries = Object.entries<unknown>({ ...words }).flatMap(([key, value]): [string, string][] =>
    typeof value === 'object' && value !== null
      ? [...flat(value, `${prefix}${key}.`)]
      : [[`${prefix}${key}`, String(value)]],
  );
  return new Map(entries);
}

function usesIn(file: string): Use[] {
  const uses: Use[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === 't') {
      const [key, text, values] = node.arguments;
      if (
        key === undefined ||
        text === undefined ||
        !ts.isStringLiteralLike(key) ||
        !ts.isStringLiteralLike(text)
      ) {
        throw new Error(`${file}: t() needs texts: ${node.getText()}`);
      }
      uses.push({ key: key.text, text: text.text, plural: /\bcount\b/.test(values?.getText() ?? '') });
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
  return uses;
}

const uses = FOLDERS.flatMap((folder) =>
  readdirSync(join(SOURCE, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.'))
    .flatMap((name) => usesIn(join(SOURCE, folder, name))),
);
const placeholders = (text: string): string[] => [...new Set(text.match(/\{\{\w+\}\}/g) ?? [])].sort();

describe('words', () => {
  const en = flat(english);
  const de = flat(german);

  it('are found at all', () => {
    expect(uses.length).toBeGreaterThan(150);
  });

  it('are in the English file as they are in the code', () => {
    for (const { key, text, plural } of uses)
      expect([key, en.get(plural ? `${key}_other` : key)]).toEqual([key, text]);
  });

  it('have a singular where they count', () => {
    for (const { key, plural } of uses) if (plural) expect([key, en.has(`${key}_one`)]).toEqual([key, true]);
  });

  it.each(['en-US', 'de-DE'])('are told once each in the file of %s', (language) => {
    const file = join(SOURCE, 'locales', language, 'valtronics-monitoring-app.json');
    const text = readFileSync(file, 'utf8');
    // Of two blocks with one name the first would be lost without a word.
    expect(`${JSON.stringify(JSON.parse(text), null, 2)}\n`).toBe(text);
  });

  it('are in both languages', () => {
    expect([...de.keys()].sort()).toEqual([...en.keys()].sort());
  });

  it('keep their placeholders', () => {
    for (const [key, text] of en) {
      const german = placeholders(de.get(key) ?? '');
      const allowed = new Set([
        ...placeholders(text),
        ...placeholders(en.get(key.replace(/_one$/, '_other')) ?? ''),
      ]);
      expect([key, german.filter((name) => !allowed.has(name))]).toEqual([key, []]);
      if (!key.endsWith('_one')) expect([key, german]).toEqual([key, placeholders(text)]);
    }
  });
});
