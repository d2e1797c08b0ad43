import { afterEach, expect, it } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { temporaryFolder, waitFor } from '../../exporter/test/support/server.ts';
import { startWitnessLog, type WitnessLog, witnessNumber } from './witness-log.ts';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

function start(): WitnessLog {
  const folder = temporaryFolder('witness');
  undo.push(folder.remove);
  const log = startWitnessLog(folder.path);
  undo.push(log.end);
  return log;
}

it('writes numbered lines, each once, through rotations of both kinds', async () => {
  const log = start();
  for (const [lines, how] of [
    [1, 'rename'],
    [11, 'copytruncate'],
    [16, 'rename'],
  ] as const) {
    await waitFor('lines', () => log.lines >= lines);
    log.rotate(how);
  }
  log.end();
  const files = globSync(log.pattern);
  expect(files).toHaveLength(4);
  const numbers = files
    .flatMap((file) => readFileSync(file, 'utf8').split('\n').slice(0, -1))
    .map((line) => witnessNumber(line.slice(line.indexOf('witness'))) ?? -1)
    .sort((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: log.lines }, (_, number) => number));
});

it('knows its own lines from others', () => {
  expect(witnessNumber('witness line 12 of the soak')).toBe(12);
  expect(witnessNumber('line 12')).toBeUndefined();
});
