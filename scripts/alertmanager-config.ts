import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { alertmanagerConfigFor } from './start/alertmanager-config.ts';
import { alertmanagerSecrets } from './start/alertmanager-secrets.ts';

/**
 * Writes Alertmanager's configuration for a place, compose's for example:
 * `alertmanager-config.ts --from FOLDER --to FILE --exporter-url URL --token-file FILE`, where the folder is a copy of
 * `provisioning/alertmanager` with the `secrets` that there are. Alertmanager has to see it under the same path.
 */
const text = { type: 'string' } as const;
const { values } = parseArgs({
  options: { from: text, to: text, 'exporter-url': text, 'token-file': text },
});
const { from, to, 'exporter-url': exporterUrl, 'token-file': tokenFile } = values;

if (from === undefined || to === undefined || exporterUrl === undefined || tokenFile === undefined) {
  process.stderr.write(
    'usage: alertmanager-config.ts --from FOLDER --to FILE --exporter-url URL --token-file FILE\n',
  );
  process.exitCode = 2;
} else {
  const secrets = join(from, 'secrets');
  const place = { exporterUrl, tokenFile, secrets, templates: from, ...alertmanagerSecrets(secrets) };
  writeFileSync(to, alertmanagerConfigFor(readFileSync(join(from, 'alertmanager.yml'), 'utf8'), place));
  process.stdout.write(`wrote ${to}; secrets: ${[...place.given].sort().join(', ') || 'none'}\n`);
}
