import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ROOT } from '../root.ts';

/**
 * How much memory the exporter's process keeps for later, as its image and its unit have it, too: docs/reliability.md. What
 * the environment says already counts for more.
 */
export const EXPORTER_ENVIRONMENT = z
  .record(z.string(), z.string())
  .parse(JSON.parse(readFileSync(join(ROOT, 'exporter', 'process-environment.json'), 'utf8')));
