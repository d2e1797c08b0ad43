import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import { readSecretFile, type GivenValue, type GivenValues } from './environment.ts';
import { messageOf } from '../base/errors.ts';
import { isObject } from '../base/is-object.ts';
import { OPTIONS, type Option } from './options.ts';

const OPTION_BY_PATH = new Map(OPTIONS.map((option) => [option.path, option]));
const SECTIONS = new Set(
  OPTIONS.flatMap((option) => (option.path.includes('.') ? [option.path.split('.')[0]] : [])),
);

/** Number of single-character edits between two words, for "did you mean". */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, substitution));
    }
    previous = row;
  }
  return previous[b.length] ?? 0;
}

function unknownOption(file: string, path: string): string {
  const [nearest] = OPTIONS.map((option) => ({
    path: option.path,
    distance: editDistance(path, option.path),
  })).sort((x, y) => x.distance - y.distance);
  const hint = nearest !== undefined && nearest.distance <= 3 ? `; did you mean ${nearest.path}?` : '';
  return `${file}: there is no option ${path}${hint}`;
}

interface Reading {
  readonly file: string;
  /** How an error names the value of a path, with its place in the file. */
  readonly originOf: (path: readonly string[]) => string;
  readonly folder: string;
  readonly values: GivenValue[];
  readonly errors: string[];
}

function readSecretTwin(reading: Reading, option: Option, path: readonly string[], value: unknown): void {
  const origin = reading.originOf(path);
  if (typeof value !== 'string' || value === '') {
    reading.errors.push(`${origin}: must be the path of a file`);
    return;
  }
  try {
    reading.values.push({ option, origin, value: readSecretFile(resolve(reading.folder, value)) });
  } catch (error) {
    reading.errors.push(`${origin}: cannot be read: ${messageOf(error)}`);
  }
}

function readMapping(
  reading: Reading,
  mapping: Readonly<Record<string, unknown>>,
  parents: readonly string[],
): void {
  for (const [key, value] of Object.entries(mapping)) {
    const keys = [...parents, key];
    const path = keys.join('.');
    const option = OPTION_BY_PATH.get(path);
    const secret = path.endsWith('_file') ? OPTION_BY_PATH.get(path.slice(0, -'_file'.length)) : undefined;
    if (option !== undefined) {
      if (value !== null) reading.values.push({ option, origin: reading.originOf(keys), value });
    } else if (secret?.secret === true) {
      readSecretTwin(reading, secret, keys, value);
    } else if (parents.length === 0 && SECTIONS.has(key) && (isObject(value) || value === null)) {
      readMapping(reading, value ?? {}, [key]);
    } else {
      reading.errors.push(unknownOption(reading.file, path));
    }
  }
}

/** Where the value of a path stands. */
function placeOf(document: Document, keys: readonly string[], lines: LineCounter): string {
  const node = document.getIn(keys, true);
  const [offset] = (isNode(node) ? node.range : undefined) ?? [];
  if (offset === undefined) return '';
  const { line, col } = lines.linePos(offset);
  return `, line ${line}, column ${col}`;
}

/** What the YAML file sets. Syntax errors name line and column; unknown keys are errors, as a typo would be silent. */
export function fromFile(path: string): GivenValues {
  const file = basename(path);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return { values: [], errors: [`${path}: cannot be read: ${messageOf(error)}`], warnings: [] };
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { prettyErrors: true, lineCounter: lines });
  if (document.errors.length > 0) {
    return {
      values: [],
      errors: document.errors.map((e) => `${file}: ${e.message.split('\n')[0] ?? ''}`),
      warnings: [],
    };
  }
  const content: unknown = document.toJS();
  if (content === null || content === undefined) return { values: [], errors: [], warnings: [] };
  if (!isObject(content)) {
    return {
      values: [],
      errors: [`${file}: must be a mapping of options, e.g. "api: {url: http://127.0.0.1:8000}"`],
      warnings: [],
    };
  }
  const originOf = (keys: readonly string[]): string =>
    `${file}${placeOf(document, keys, lines)}: ${keys.join('.')}`;
  const reading: Reading = { file, originOf, folder: dirname(resolve(path)), values: [], errors: [] };
  readMapping(reading, content, []);
  const named = new Set<string>();
  for (const given of reading.values) {
    if (named.has(given.option.path)) reading.errors.push(`${given.origin}: the option is given twice`);
    named.add(given.option.path);
  }
  return { values: reading.values, errors: reading.errors, warnings: [] };
}
