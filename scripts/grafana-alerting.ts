import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { appOfGrafanaEngine, contactPointsWithoutMail } from './start/grafana-alerting.ts';
import { recordingRulesOf } from './start/recording-rules.ts';

/**
 * Writes what Prometheus and Grafana read where Grafana evaluates the alerts, for compose:
 * `grafana-alerting.ts --from FOLDER --to FOLDER`, where the first is a copy of `provisioning`. Targets are read where
 * compose mounts them, so that a change of them still counts.
 */
const TARGETS = '/etc/prometheus/targets';

function writeEach(from: string, to: string, change: (text: string, name: string) => string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from).filter((file) => file.endsWith('.yml')))
    writeFileSync(join(to, name), change(readFileSync(join(from, name), 'utf8'), name));
}

function writeAlerting(from: string, to: string, withMail: boolean): void {
  for (const name of ['prometheus', 'grafana']) rmSync(join(to, name), { recursive: true, force: true });
  const prometheus = join(to, 'prometheus');
  writeEach(join(from, 'prometheus', 'rules'), join(prometheus, 'rules'), recordingRulesOf);
  const config = readFileSync(join(from, 'prometheus', 'prometheus.yml'), 'utf8');
  writeFileSync(join(prometheus, 'prometheus.yml'), config.replaceAll('[targets/', `[${TARGETS}/`));
  const grafana = join(to, 'grafana');
  cpSync(join(from, 'alerting'), join(grafana, 'alerting'), { recursive: true });
  if (!withMail)
    writeEach(join(from, 'alerting'), join(grafana, 'alerting'), (text, name) =>
      name === 'contact-points.yml' ? contactPointsWithoutMail(text) : text,
    );
  writeEach(join(from, 'plugins'), join(grafana, 'plugins'), appOfGrafanaEngine);
}

const text = { type: 'string' } as const;
const { from, to } = parseArgs({ options: { from: text, to: text } }).values;
if (from === undefined || to === undefined) {
  process.stderr.write('usage: grafana-alerting.ts --from FOLDER --to FOLDER\n');
  process.exitCode = 2;
} else {
  const withMail = process.env['GF_SMTP_ENABLED'] === 'true';
  writeAlerting(from, to, withMail);
  process.stdout.write(`wrote ${to}: Grafana evaluates the alerts${withMail ? '' : ', without mail'}\n`);
}
