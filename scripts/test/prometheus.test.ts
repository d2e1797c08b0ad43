import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { readdirSync } from 'node:fs';
import { describeWith, PROMTOOL } from '../../exporter/test/support/require.ts';
import { PROMETHEUS_FOLDER } from '../generate/prometheus-rules.ts';
import { ROOT } from '../root.ts';
import { type ConfigFolder, copyConfig, JOBS, run } from './support/prometheus.ts';

const FOLDER = join(ROOT, PROMETHEUS_FOLDER);
const filesIn = (folder: string): string[] =>
  readdirSync(join(FOLDER, folder)).map((name) => `${folder}/${name}`);

describeWith([PROMTOOL], 'promtool', () => {
  let config: ConfigFolder;
  beforeEach(() => {
    config = copyConfig();
  });
  afterEach(() => config.remove());

  it.each(['prometheus.yml', 'prometheus.remote-write.yml'])('accepts %s without a warning', (file) => {
    const { status, output } = run('promtool', ['check', 'config', file], config.path);
    expect(output).not.toMatch(/WARNING|FAILED/);
    expect(status).toBe(0);
  });

  it('accepts a configuration all of whose target lists are empty', () => {
    for (const job of JOBS) config.target(job);
    const { status, output } = run('promtool', ['check', 'config', 'prometheus.yml'], config.path);
    expect(output).not.toMatch(/WARNING|FAILED/);
    expect(status).toBe(0);
  });

  it('would refuse a wrong word in the configuration', () => {
    config.edit('prometheus.yml', 'sample_limit', 'samples_limit');
    expect(run('promtool', ['check', 'config', 'prometheus.yml'], config.path).status).not.toBe(0);
  });

  it('finds nothing to complain about in the rules', () => {
    const args = ['check', 'rules', '--lint=all', '--lint-fatal', ...filesIn('rules')];
    const { status, output } = run('promtool', args, config.path);
    expect(output).not.toContain('FAILED');
    expect(status).toBe(0);
  });

  it('passes the tests of the rules', () => {
    const { status, output } = run('promtool', ['test', 'rules', ...filesIn('tests')], config.path);
    expect(output).not.toContain('FAILED');
    expect(status).toBe(0);
  }, 300_000);

  it('fails the tests of the rules once a threshold is moved', () => {
    config.edit('rules/devices.yml', 'offline_ratio > 0.2', 'offline_ratio > 0.3');
    const { status, output } = run('promtool', ['test', 'rules', 'tests/devices.yml'], config.path);
    expect(output).toContain('DevicesOffline');
    expect(status).not.toBe(0);
  });
});

describeWith([{ names: ['pint'] }], 'pint', () => {
  it('finds nothing to complain about in the rules, offline', () => {
    const { status, output } = run(
      'pint',
      ['--no-color', '--offline', 'lint', '--min-severity=info', 'rules'],
      FOLDER,
    );
    expect(output).not.toMatch(/^(?:Fatal|Bug|Warning|Information):/m);
    expect(status).toBe(0);
  });
});
