import { afterAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { temporaryFolder } from '../../exporter/test/support/server.ts';
import { assembleProvisioning } from './grafana-provisioning.ts';

const folder = temporaryFolder('grafana-provisioning');
afterAll(() => folder.remove());

const files = (): string[] =>
  readdirSync(join(folder.path, 'provisioning'), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.yml'))
    .sort();
const read = (path: string): string => readFileSync(join(folder.path, 'provisioning', path), 'utf8');

describe('assembleProvisioning', () => {
  it('brings data sources, dashboards and the app, and no alerts: those are Prometheus’', () => {
    assembleProvisioning(folder.path, { engine: 'prometheus', environment: {} }, true);
    expect(files()).toEqual([
      'dashboards/valtronics.yml',
      'datasources/valtronics.yml',
      'plugins/valtronics.yml',
    ]);
    expect(readdirSync(join(folder.path, 'provisioning'))).toEqual(
      expect.arrayContaining(['alerting', 'access-control']),
    );
    expect(read('plugins/valtronics.yml')).toContain('alertmanagerUid: valtronics-alertmanager');
  });

  it('brings the log store where it has an address', () => {
    const environment = { VALTRONICS_ELASTICSEARCH_URL: 'http://127.0.0.1:9200' };
    assembleProvisioning(folder.path, { engine: 'prometheus', environment }, true);
    expect(read('datasources/elasticsearch.yml')).toContain('uid: valtronics-elasticsearch');
    assembleProvisioning(folder.path, { engine: 'prometheus', environment: {} }, true);
    expect(files()).not.toContain('datasources/elasticsearch.yml');
  });

  it('brings Jaeger where it has an address, and the way from log lines to it where both are', () => {
    const jaeger = { VALTRONICS_JAEGER_URL: 'http://127.0.0.1:16686/jaeger' };
    const store = { VALTRONICS_ELASTICSEARCH_URL: 'http://127.0.0.1:9200' };
    const correlations = (environment: NodeJS.ProcessEnv): unknown => {
      assembleProvisioning(folder.path, { engine: 'prometheus', environment }, true);
      return z
        .object({ datasources: z.tuple([z.object({ correlations: z.unknown().optional() })]) })
        .parse(parse(read('datasources/elasticsearch.yml'))).datasources[0].correlations;
    };
    expect(correlations(store)).toBeUndefined();
    expect(files()).not.toContain('datasources/jaeger.yml');
    expect(correlations({ ...store, ...jaeger })).toEqual([
      expect.objectContaining({
        targetUID: 'valtronics-jaeger',
        config: { field: 'trace.id', target: { query: '$${__value.raw}' } },
      }),
    ]);
    expect(read('datasources/jaeger.yml')).toContain('uid: valtronics-jaeger');
  });

  it('leaves the app’s file out when there is no app: Grafana would not start', () => {
    assembleProvisioning(folder.path, { engine: 'grafana', environment: {} }, false);
    expect(files()).not.toContain('plugins/valtronics.yml');
    expect(readdirSync(join(folder.path, 'provisioning'))).toContain('plugins');
  });

  it('brings rules and contact points when Grafana evaluates the alerts, without mail that would fail', () => {
    assembleProvisioning(folder.path, { engine: 'grafana', environment: {} }, true);
    expect(files()).toEqual(expect.arrayContaining(['alerting/contact-points.yml', 'alerting/rules.yml']));
    expect(read('alerting/contact-points.yml')).not.toContain('type: email');
    expect(read('plugins/valtronics.yml')).toContain('alertmanagerUid: grafana');
  });

  it('keeps the mail where Grafana has a server for it, and leaves nothing from the run before', () => {
    const environment = { GF_SMTP_ENABLED: 'true' };
    assembleProvisioning(folder.path, { engine: 'grafana', environment }, true);
    expect(read('alerting/contact-points.yml')).toContain('type: email');
    assembleProvisioning(folder.path, { engine: 'prometheus', environment }, true);
    expect(files()).not.toContain('alerting/rules.yml');
  });
});
