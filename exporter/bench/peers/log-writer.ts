import { closeSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

/*
 * `log-writer.ts CAPTURES FOLDER RATE SECONDS`: appends the captured logs to files of the same names, all of them again and
 * again, so many lines a second. Prints how many lines it wrote.
 */
const [captures, folder, rate, seconds] = z
  .tuple([z.string(), z.string(), z.coerce.number(), z.coerce.number()])
  .parse(process.argv.slice(2));

const files = readdirSync(captures).map((name) => {
  const text = readFileSync(join(captures, name), 'utf8');
  return { text, lines: text.split('\n').length - 1, target: openSync(join(folder, name), 'a') };
});
const linesOfAll = files.reduce((sum, { lines }) => sum + lines, 0);

let written = 0;
const begin = performance.now();
for (;;) {
  const elapsed = Math.min((performance.now() - begin) / 1000, seconds);
  while (written + linesOfAll <= elapsed * rate) {
    for (const { target, text } of files) writeSync(target, text);
    written += linesOfAll;
  }
  if (elapsed === seconds) break;
  await delay(2);
}
for (const { target } of files) closeSync(target);
console.log(written);
