import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Job } from 'kubernetes-models/batch/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { StatefulSet } from 'kubernetes-models/apps/v1';
import { ConfigMap, Namespace, Secret, Service } from 'kubernetes-models/v1';
import { PrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule';
import { ServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import { parse } from 'yaml';
import { z } from 'zod';
import { parseCommandLine } from '../../exporter/src/config/command-line.ts';
import { loadSettings } from '../../exporter/src/config/load.ts';
import { CATALOGUE } from '../../exporter/src/metrics/catalogue/index.ts';
import { AMTOOL, describeWith } from '../../exporter/test/support/require.ts';
import { findExecutable, temporaryFolder } from '../../exporter/test/support/server.ts';
import { ROOT } from '../root.ts';
import {
  KUBECTL,
  kustomized,
  podOf,
  resource,
  resourcesBelow,
  resourcesIn,
  SCHEMAS,
  type Resource,
} from './support/kubernetes.ts';
import { run } from './support/prometheus.ts';

const base = resourcesBelow('base');
const examples = resourcesBelow('examples');
const exporter = podOf(resource(base, 'StatefulSet', 'valtronics-exporter'));
const [container] = exporter.containers;

const modelSchema = z.custom<{ validate(): void }>((value) => value instanceof Object && 'validate' in value);
const MODELS: Readonly<Record<string, new (data: never) => object>> = {
  ...{ ConfigMap, Job, Namespace, NetworkPolicy, PodDisruptionBudget, PrometheusRule },
  ...{ Secret, Service, ServiceMonitor, StatefulSet },
};

/** Validates the object against the schema of its kind. */
function validate(data: Resource): void {
  const model = MODELS[data.kind];
  if (model === undefined) throw new Error(`no schema for ${data.kind}`);
  modelSchema.parse(Reflect.construct(model, [data])).validate();
}

describe('the objects for Kubernetes', () => {
  it.each([...base, ...examples].map((one) => [`${one.kind} ${one.metadata.name}`, one] as const))(
    'keep to their schema: %s',
    (_name, one) => {
      expect(() => validate(one)).not.toThrow();
    },
  );

  it('fit into one object each, and into what a client-side apply remembers', () => {
    for (const one of base) expect(Buffer.byteLength(JSON.stringify(one))).toBeLessThan(250 * 1024);
  });

  it('hold every dashboard as it is generated, where Grafana’s sidecar looks', () => {
    const maps = base.filter(({ metadata }) => metadata.labels?.['grafana_dashboard'] === '1');
    const contents = maps.map(({ data }) =>
      Object.entries(z.record(z.string(), z.string()).parse(data)).map(([file, text]) => {
        const source: unknown = JSON.parse(readFileSync(join(ROOT, 'dashboards/generated', file), 'utf8'));
        const held: unknown = JSON.parse(text);
        return [source, held] as const;
      }),
    );
    const files = maps.flatMap(({ data }) => Object.keys(data ?? {}));
    expect(files.sort()).toEqual(readdirSync(join(ROOT, 'dashboards/generated')).sort());
    for (const [source, held] of contents.flat()) expect(held).toEqual(source);
  });
});

describe('the exporter’s pod', () => {
  it('is allowed in a namespace of standard restricted', () => {
    expect(exporter).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    });
    for (const one of exporter.containers)
      expect(one.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    expect(resource(base, 'Namespace', 'valtronics').metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted',
    });
  });

  it('is what compose runs: image, port, state folder', () => {
    const compose = z
      .object({ 'x-exporter': z.object({ image: z.string() }) })
      .parse(parse(readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8'), { merge: true }));
    expect(container?.image).toBe(compose['x-exporter'].image);
    const dockerfile = readFileSync(join(ROOT, 'exporter/Dockerfile'), 'utf8');
    for (const { mountPath } of container?.volumeMounts ?? [])
      expect(dockerfile).toContain(`VALTRONICS_STATE_DIR=${mountPath}\n`);
    expect(container?.ports).toEqual([{ name: 'http', containerPort: 8001 }]);
  });

  it('is told settings that there are, and may go where they lead', () => {
    const secret = z.record(z.string(), z.string());
    const kustomization = z
      .object({ configMapGenerator: z.tuple([z.object({ literals: z.array(z.string()) })]) })
      .parse(parse(readFileSync(join(ROOT, 'provisioning/kubernetes/base/kustomization.yml'), 'utf8')));
    const literals = kustomization.configMapGenerator[0].literals.map((one) => one.split(/=(.*)/s));
    const environment = {
      ...Object.fromEntries(literals.map(([name = '', value = '']) => [name, value] as const)),
      ...secret.parse(resource(examples, 'Secret', 'valtronics-exporter')['stringData']),
      ...Object.fromEntries((container?.env ?? []).map(({ name, value = '0' }) => [name, value])),
    };
    expect(loadSettings(environment).warnings).toEqual([]);
    const ports = Object.values(environment).flatMap(
      (value) => /^\w+:\/\/.*:(\d+)(?:\/|$)/.exec(value)?.[1] ?? [],
    );
    expect(ports.length).toBeGreaterThanOrEqual(5);
    const { egress } = z
      .object({ egress: z.array(z.object({ ports: z.array(z.object({ port: z.number() })) })) })
      .parse(resource(base, 'NetworkPolicy', 'valtronics-exporter')['spec']);
    const open = egress.flatMap((rule) => rule.ports.map(({ port }) => String(port)));
    expect(open).toEqual(expect.arrayContaining(ports));
  });
});

describe('the job that takes alerts over', () => {
  const job = podOf(resource(examples, 'Job', 'valtronics-alerts-import'));
  const [importer] = job.containers;

  it('runs as the exporter does, on the volume of the first', () => {
    expect(job.securityContext).toEqual(exporter.securityContext);
    expect(importer?.securityContext).toEqual(container?.securityContext);
    expect(importer?.image).toBe(container?.image);
    expect(importer?.volumeMounts).toEqual(container?.volumeMounts);
    const claim = 'state-valtronics-exporter-0';
    expect(job).toMatchObject({ volumes: [{ name: 'state', persistentVolumeClaim: { claimName: claim } }] });
  });

  it('gives the exporter a command that it has, and the file of its store', () => {
    const args = z.array(z.string()).parse(importer?.['args']);
    const [folder] = container?.volumeMounts ?? [];
    expect(parseCommandLine(args.slice(2), {})).toMatchObject({
      action: 'import-alerts',
      alertsFile: `${folder?.mountPath ?? ''}/alerts.db`,
    });
    const dockerfile = readFileSync(join(ROOT, 'exporter/Dockerfile'), 'utf8');
    expect(dockerfile).toContain(`CMD ${JSON.stringify(args.slice(0, 2)).replace(',', ', ')}`);
  });
});

describe('the ServiceMonitor', () => {
  const { spec } = z
    .object({
      spec: z.object({
        selector: z.object({ matchLabels: z.record(z.string(), z.string()) }),
        endpoints: z.tuple([
          z.object({
            port: z.string(),
            interval: z.string(),
            relabelings: z.array(
              z.object({
                action: z.string().optional(),
                regex: z.string().optional(),
                targetLabel: z.string().optional(),
                replacement: z.string().optional(),
              }),
            ),
          }),
        ]),
      }),
    })
    .parse(resource(base, 'ServiceMonitor', 'valtronics-exporter'));
  const [endpoint] = spec.endpoints;

  it('finds the service of all exporters, and no other', () => {
    const chosen = base.filter(
      ({ kind, metadata }) =>
        kind === 'Service' &&
        Object.entries(spec.selector.matchLabels).every(([name, value]) => metadata.labels?.[name] === value),
    );
    expect(chosen.map(({ metadata }) => metadata.name)).toEqual(['valtronics-exporter-shards']);
  });

  it('names the job that rules and dashboards ask for, at the interval of prometheus.yml', () => {
    const jobs = z
      .object({ scrape_configs: z.array(z.looseObject({ job_name: z.string() })) })
      .parse(parse(readFileSync(join(ROOT, 'provisioning/prometheus/prometheus.yml'), 'utf8')));
    const job = jobs.scrape_configs.find(({ job_name: name }) => name === 'valtronics-api');
    expect(endpoint.interval).toBe(job?.['scrape_interval']);
    expect(endpoint.relabelings).toContainEqual({ targetLabel: 'job', replacement: 'valtronics-api' });
  });

  it('leaves the exporter’s own labels alone', () => {
    // Prometheus' operator gives every target these; of two labels of a name the target's would win.
    const operator = ['namespace', 'service', 'pod', 'container', 'endpoint', 'job', 'instance'];
    const drop = endpoint.relabelings.find(({ action }) => action === 'labeldrop')?.regex ?? '';
    const kept = operator.filter((label) => !new RegExp(`^(?:${drop})$`).test(label));
    const own = new Set(CATALOGUE.flatMap(({ labels }) => labels));
    expect(kept.filter((label) => own.has(label))).toEqual([]);
  });
});

describeWith([AMTOOL], 'Alertmanager’s configuration for Kubernetes', () => {
  it('is one, and every secret that it names is in the example', () => {
    const folder = temporaryFolder('kubernetes-alertmanager');
    const data = z.record(z.string(), z.string());
    const files = data.parse(resource(examples, 'Secret', 'valtronics-alertmanager')['stringData']);
    const text = files['alertmanager.yaml'] ?? '';
    writeFileSync(join(folder.path, 'alertmanager.yml'), text);
    expect(run('amtool', ['check-config', 'alertmanager.yml'], folder.path)).toMatchObject({ status: 0 });
    const named = [...text.matchAll(/secrets\/valtronics-receivers\/([\w-]+)/g)].map(([, name]) => name);
    const given = data.parse(resource(examples, 'Secret', 'valtronics-receivers')['stringData']);
    expect([...new Set(named)].sort()).toEqual(Object.keys(given).sort());
    expect(text).toContain('http://valtronics-exporter.valtronics:8001/api/v1/alerts/webhook');
    return folder.remove();
  });
});

describeWith([KUBECTL], 'kubectl kustomize', () => {
  it.each([
    ['base', 1],
    ['overlays/sharded', 3],
  ])('gives exporters of %s their number and their count (%i)', (folder, count) => {
    const made = resourcesIn(kustomized(folder));
    const set = resource(made, 'StatefulSet', 'valtronics-exporter');
    expect(set['spec']).toMatchObject({ replicas: count, serviceName: 'valtronics-exporter-shards' });
    expect(podOf(set).containers[0]?.env).toEqual([
      {
        name: 'VALTRONICS_SHARD',
        valueFrom: { fieldRef: { fieldPath: "metadata.labels['apps.kubernetes.io/pod-index']" } },
      },
      { name: 'VALTRONICS_TOTAL_SHARDS', value: String(count) },
    ]);
    const elsewhere = made.filter(
      ({ kind, metadata }) => kind !== 'Namespace' && metadata.namespace !== 'valtronics',
    );
    expect(elsewhere).toEqual([]);
    for (const one of made) expect(() => validate(one)).not.toThrow();
  });
});

describeWith([KUBECTL], 'the pair that kubectl kustomize makes', () => {
  let made: Resource[];
  let set: Resource;
  beforeAll(() => {
    made = resourcesIn(kustomized('overlays/pair'));
    set = resource(made, 'StatefulSet', 'valtronics-exporter');
  });
  const every = { 'app.kubernetes.io/name': 'valtronics-exporter' };

  it('watches all of the platform twice, with one alert store that a Secret names', () => {
    expect(set['spec']).toMatchObject({ replicas: 2 });
    const env = podOf(set).containers[0]?.env ?? [];
    const values = Object.fromEntries(env.map(({ name, value }) => [name, value]));
    expect(values).toMatchObject({ VALTRONICS_SHARD: '0', VALTRONICS_TOTAL_SHARDS: '1' });
    expect(env.filter((one) => 'valueFrom' in one)).toEqual([
      {
        name: 'VALTRONICS_STORE_URL',
        valueFrom: { secretKeyRef: { name: 'valtronics-alert-store', key: 'VALTRONICS_STORE_URL' } },
      },
    ]);
    const store = z
      .record(z.string(), z.string())
      .parse(resource(examples, 'Secret', 'valtronics-alert-store')['stringData']);
    expect(loadSettings(store)).toMatchObject({
      warnings: [],
      settings: { store: { url: expect.any(String) } },
    });
  });

  it('is on two nodes, of which one may be drained', () => {
    const affinity = { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: every } };
    expect(podOf(set)).toMatchObject({
      affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [affinity] } },
    });
    expect(resource(made, 'PodDisruptionBudget', 'valtronics-exporter')['spec']).toEqual({
      minAvailable: 1,
      selector: { matchLabels: every },
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    });
  });

  it('is asked by people at whichever is ready, and by Prometheus at both', () => {
    const specOf = (name: string): unknown => resource(made, 'Service', name)['spec'];
    expect(specOf('valtronics-exporter')).toMatchObject({ sessionAffinity: 'ClientIP' });
    const selecting = z.object({ selector: z.record(z.string(), z.string()) });
    for (const name of ['valtronics-exporter', 'valtronics-exporter-shards'])
      expect(selecting.parse(specOf(name)).selector).toEqual(every);
  });

  it('keeps to the schemas', () => {
    for (const one of made) expect(() => validate(one)).not.toThrow();
  });
});

describeWith([SCHEMAS], 'the strict schemas of Kubernetes', () => {
  const folder = temporaryFolder('kubernetes-schemas');
  afterAll(() => folder.remove());
  const program = findExecutable(SCHEMAS.names, SCHEMAS.folders) ?? 'kubernetes-validate';
  const isCore = ({ apiVersion }: Resource): boolean => !apiVersion.startsWith('monitoring.coreos.com');
  const cleaner = resourcesIn(readFileSync(join(ROOT, 'provisioning/jaeger/kubernetes-cleaner.yml'), 'utf8'));
  const isThere = findExecutable(KUBECTL.names) !== undefined;
  const overlays = (isThere ? ['overlays/pair', 'overlays/sharded'] : []).flatMap((one) =>
    resourcesIn(kustomized(one)).filter(({ kind }) => kind !== 'ConfigMap'),
  );
  // The names of the tests are wanted where they are skipped, too: without the program, of one version.
  const asked = spawnSync(program, ['--version'], { encoding: 'utf8' });
  const newest = (asked.status === 0 ? /1\.(\d+)/.exec(asked.stdout)?.[1] : undefined) ?? '28';
  const versions = Array.from({ length: Number(newest) - 27 }, (_, index) => `1.${28 + index}.0`);

  it.each(versions)('of %s know every field', (version) => {
    mkdirSync(folder.path, { recursive: true });
    const files = [...base, ...examples, ...overlays, ...cleaner].filter(isCore).map((one, index) => {
      const file = join(folder.path, `${index}.json`);
      writeFileSync(file, JSON.stringify(one));
      return file;
    });
    const { status, stdout, stderr } = spawnSync(
      program,
      ['--kubernetes-version', version, '--strict', '--quiet', ...files],
      { encoding: 'utf8' },
    );
    expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: '' });
  });
});
