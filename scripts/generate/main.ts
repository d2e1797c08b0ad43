import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generatedFiles } from './files.ts';
import { ROOT } from '../root.ts';

/**
 * `npm run generate`: writes every generated file. With `--check` it writes nothing and fails when one of
 * them is not what its source says.
 */
const check = process.argv.includes('--check');

function current(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Not there yet: as stale as can be.
    return undefined;
  }
}

const stale = generatedFiles().filter((file) => current(join(ROOT, file.path)) !== file.content);
for (const file of stale) {
  if (check) {
    process.stderr.write(`${file.path} is stale: run npm run generate\n`);
  } else {
    mkdirSync(dirname(join(ROOT, file.path)), { recursive: true });
    writeFileSync(join(ROOT, file.path), file.content);
    process.stdout.write(`wrote ${file.path}\n`);
  }
}
process.exitCode = check && stale.length > 0 ? 1 : 0;
