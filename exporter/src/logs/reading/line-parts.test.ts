import { describe, expect, it } from '@jest/globals';
import { createEntryReader, type EntryReader } from './entry-reader.ts';

const SECOND = '2026-11-22T23:30:32.5Z';

function reader(maxCharacters = 1000): EntryReader {
  return createEntryReader({
    ...{ service: 'api', fileKey: 'k', path: 'x.log', maxCharacters },
    clock: { wall: () => 0 },
  });
}

/** What is read of the lines, with the byte that is safe after each. */
function read(lines: readonly string[], maxCharacters?: number) {
  const entries = reader(maxCharacters);
  let position = 0;
  const safe: number[] = [];
  const found = lines.flatMap((text) => {
    const ended = entries.push({ text, offset: position, truncated: false });
    position += text.length + 1;
    safe.push(entries.safeOffset(position));
    return ended;
  });
  return { entries: [...found, ...entries.flush()], safe, position };
}

const kubernetes = (stream: string, tag: string, text: string): string =>
  `${SECOND} ${stream} ${tag} ${text}`;
const docker = (text: string): string => JSON.stringify({ log: text, stream: 'stdout', time: SECOND });

describe('a line that a container engine has cut', () => {
  it.each([
    [
      'Kubernetes',
      kubernetes('stdout', 'P', 'INFO:     one '),
      kubernetes('stdout', 'P', 'two '),
      kubernetes('stdout', 'F', 'three'),
    ],
    ['Docker', docker('INFO:     one '), docker('two '), docker('three\n')],
  ])('is whole again: %s', (_, ...lines) => {
    const { entries, safe } = read(lines);
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ message: 'one two three', level: 'INFO', offset: 0 });
    expect(entries[0]?.raw).toBe('INFO:     one two three');
    expect(safe).toEqual([0, 0, 0]);
  });

  it('is joined within its stream', () => {
    const { entries } = read([
      kubernetes('stdout', 'P', 'INFO:     one '),
      kubernetes('stderr', 'F', 'WARNING:  other'),
      kubernetes('stdout', 'F', 'two'),
    ]);
    expect(entries.map(({ message }) => message)).toEqual(['other', 'one two']);
  });

  it('has its secret masked where that was cut in two', () => {
    const { entries } = read([docker('INFO:     password=hun'), docker('ter2 ok\n')]);
    expect(entries.map(({ message, raw }) => [message, raw])).toEqual([
      ['password=*** ok', 'INFO:     password=*** ok'],
    ]);
  });

  it('is given out without its rest when the file is quiet or goes on without an envelope', () => {
    expect(read([docker('INFO:     one')]).entries.map(({ message }) => message)).toEqual(['one']);
    const { entries } = read([docker('INFO:     one'), 'INFO:     two']);
    expect(entries.map(({ message }) => message)).toEqual(['one', 'two']);
  });

  it('ends at the limit of an entry', () => {
    const parts = Array.from({ length: 40 }, (_, index) =>
      docker(`INFO:     ${String(index).padEnd(50, '.')}`),
    );
    const { entries } = read(parts, 100);
    expect(entries.length).toBeGreaterThan(10);
    expect(entries.map(({ raw }) => raw).join('')).toBe(
      parts.map((_, index) => `INFO:     ${String(index).padEnd(50, '.')}`).join(''),
    );
  });
});
