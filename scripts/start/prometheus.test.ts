import { afterAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { temporaryFolder } from '../../exporter/test/support/server.ts';
import { readRules } from '../generate/prometheus-rules.ts';
import { portsFrom } from './ports.ts';
import { prometheusCommand, type PrometheusParts } from './prometheus.ts';

const folder = temporaryFolder('prometheus-start');
afterAll(() => folder.remove());

const ALL: PrometheusParts = { nodeExporter: true, alertmanager: true, engine: 'prometheus' };
const config = join(folder.path, 'provisioning', 'prometheus');
const targets = (job: string): unknown => parse(readFileSync(join(config, 'targets', `${job}.yml`), 'utf8'));
const rules = (): string =>
  readdirSync(join(config, 'rules'))
    .map((name) => readFileSync(join(config, 'rules', name), 'utf8'))
    .join('\n');
const prepare = (changes: Partial<PrometheusParts> = {}): readonly string[] =>
  prometheusCommand('/p', folder.path, portsFrom({ ALERTMANAGER_PORT: '9555' }), { ...ALL, ...changes }).args;

describe('prometheusCommand', () => {
  it('listens on loopback and keeps everything in the run’s folder', () => {
    expect(prepare()).toEqual(
      expect.arrayContaining([
        `--config.file=${join(config, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(folder.path, 'prometheus')}`,
        '--web.listen-address=127.0.0.1:9090',
      ]),
    );
  });

  it('has the run’s targets, and no target for what is not there', () => {
    prepare({ nodeExporter: false });
    expect(targets('valtronics-api')).toEqual([{ targets: ['127.0.0.1:8001'] }]);
    expect(targets('alertmanager')).toEqual([{ targets: ['127.0.0.1:9555'] }]);
    expect(targets('node-exporter')).toEqual([]);
    expect(targets('redis-exporter')).toEqual([]);
  });

  it('evaluates every alert, unless Grafana does: then the recording rules stay', () => {
    const { alerts, records } = readRules();
    prepare();
    for (const { alert } of alerts) expect(rules()).toContain(`alert: ${alert}`);
    prepare({ engine: 'grafana', alertmanager: false });
    expect(rules()).not.toContain('alert: ');
    for (const { record } of records) expect(rules()).toContain(`record: ${record}`);
    expect(targets('alertmanager')).toEqual([]);
  });
});
