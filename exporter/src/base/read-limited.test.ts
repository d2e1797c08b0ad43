import { Readable } from 'node:stream';
import { expect, it } from '@jest/globals';
import { readLimited } from './read-limited.ts';

const tooLong = (): Error => new Error('too long');
const pieces = (...texts: readonly string[]): Readable =>
  Readable.from(texts.map((text) => Buffer.from(text)));

it('reads what has as many bytes as it may, characters that were cut in two included', async () => {
  const [first, second] = [Buffer.from('aä').subarray(0, 2), Buffer.from('aä').subarray(2)];
  await expect(readLimited(Readable.from([first, second]), 3, tooLong)).resolves.toBe('aä');
  await expect(readLimited(pieces(), 0, tooLong)).resolves.toBe('');
});

it('ends with one byte more', async () => {
  const stream = pieces('abc', 'd', 'never read');
  await expect(readLimited(stream, 3, tooLong)).rejects.toThrow('too long');
  expect(stream.destroyed).toBe(true);
});
