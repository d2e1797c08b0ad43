import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { startPrometheus } from '../../exporter/test/support/prometheus.ts';
import { describeWith, PROMETHEUS } from '../../exporter/test/support/require.ts';
import { temporaryFolder, waitFor } from '../../exporter/test/support/server.ts';
import { ROOT } from '../root.ts';
import { discovered, type PodPort } from './support/pods.ts';

const jobSchema = z.strictObject({
  job_name: z.string(),
  kubernetes_sd_configs: z.tuple([z.strictObject({ role: z.literal('pod') })]),
  relabel_configs: z.array(z.looseObject({})),
});
const fileSchema = z.strictObject({ scrape_configs: z.tuple([jobSchema]) });
const targetsSchema = z.object({
  data: z.object({
    activeTargets: z.array(z.object({ scrapeUrl: z.string(), labels: z.record(z.string(), z.string()) })),
    droppedTargets: z.array(z.object({ discoveredLabels: z.record(z.string(), z.string()) })),
  }),
});

const SCRAPE = { 'prometheus.io/scrape': 'true' };
const EXPORTER: PodPort = {
  ...{
    name: 'valtronics-exporter-0',
    port: 8001,
    labels: { 'app.kubernetes.io/name': 'valtronics-exporter' },
  },
  annotations: { ...SCRAPE, 'prometheus.io/job': 'valtronics-api' },
};
const API = { 'app.kubernetes.io/name': 'backend' };

const PODS: readonly PodPort[] = [
  EXPORTER,
  { name: 'silent-1', port: 80 },
  { name: 'refused-1', port: 80, annotations: { 'prometheus.io/scrape': 'false' } },
  { name: 'done-1', port: 80, phase: 'Succeeded', annotations: SCRAPE },
  { name: 'init-1', port: 80, isInit: true, annotations: SCRAPE },
  { name: 'portless-1', annotations: SCRAPE },
  // Two ports, one of them named: one target.
  ...[9000, 9001].map((port) => ({
    ...{ name: 'api-7d9f-x', ip: '10.244.1.8', port, labels: API },
    annotations: { ...SCRAPE, 'prometheus.io/port': '9100', 'prometheus.io/path': '/internal/metrics' },
  })),
  // Two ports, none named: two targets.
  ...[7000, 7001].map((port) => ({ name: 'two-1', ip: '10.244.1.9', port, annotations: SCRAPE })),
  {
    ...{ name: 'six-1', ip: 'fd00:10:244::a', namespace: 'other', port: 80 },
    annotations: { ...SCRAPE, 'prometheus.io/port': '9102', 'prometheus.io/scheme': 'https' },
  },
  {
    ...{ name: 'sidecar-1', ip: '10.244.1.11' },
    annotations: { ...SCRAPE, 'prometheus.io/port': '9103' },
  },
];

describeWith(
  [PROMETHEUS],
  'the job for pods, in a real Prometheus that is given what discovery would list',
  () => {
    const folder = temporaryFolder('kubernetes');
    let targets: z.output<typeof targetsSchema>['data'];
    let end: () => Promise<void>;

    beforeAll(async () => {
      const text = readFileSync(join(ROOT, 'provisioning/kubernetes/scrape-config.yml'), 'utf8');
      const [{ job_name, relabel_configs }] = fileSchema.parse(parse(text)).scrape_configs;
      const pods = join(folder.path, 'pods.json');
      writeFileSync(pods, JSON.stringify(PODS.map(discovered)));
      const config = {
        scrape_configs: [{ job_name, relabel_configs, file_sd_configs: [{ files: [pods] }] }],
      };
      const prometheus = await startPrometheus({ folder: folder.path, config });
      end = () => prometheus.stop();
      await waitFor('the targets', async () => {
        const answer = await fetch(`http://127.0.0.1:${prometheus.port}/api/v1/targets`);
        targets = targetsSchema.parse(await answer.json()).data;
        // Prometheus knows those that it drops first.
        return targets.activeTargets.length > 0 && targets.droppedTargets.length > 0;
      });
    });

    afterAll(async () => {
      await end();
      await folder.remove();
    });

    const of = (pod: string) => targets.activeTargets.filter(({ labels }) => labels['pod'] === pod);

    it('takes the pods that ask for it, and no others', () => {
      const pods = targets.activeTargets.map(({ labels }) => labels['pod']);
      expect(pods.sort()).toEqual([
        'api-7d9f-x',
        'sidecar-1',
        'six-1',
        'two-1',
        'two-1',
        'valtronics-exporter-0',
      ]);
      const dropped = targets.droppedTargets.map((one) => one.discoveredLabels['__meta_kubernetes_pod_name']);
      expect(dropped.sort()).toEqual(['done-1', 'init-1', 'portless-1', 'refused-1', 'silent-1']);
    });

    it('gives the exporter the labels that rules and dashboards ask for', () => {
      expect(of('valtronics-exporter-0')).toEqual([
        {
          scrapeUrl: 'http://10.244.1.7:8001/metrics',
          labels: {
            ...{ job: 'valtronics-api', instance: '10.244.1.7:8001', namespace: 'valtronics' },
            ...{ pod: 'valtronics-exporter-0', application: 'valtronics-exporter' },
          },
        },
      ]);
    });

    it('asks at the port, path and scheme of the annotations, once', () => {
      expect(of('api-7d9f-x').map(({ scrapeUrl }) => scrapeUrl)).toEqual([
        'http://10.244.1.8:9100/internal/metrics',
      ]);
      expect(of('six-1').map(({ scrapeUrl }) => scrapeUrl)).toEqual([
        'https://[fd00:10:244::a]:9102/metrics',
      ]);
      expect(of('sidecar-1').map(({ scrapeUrl }) => scrapeUrl)).toEqual(['http://10.244.1.11:9103/metrics']);
    });

    it('asks at every declared port where no annotation names one', () => {
      const urls = of('two-1').map(({ scrapeUrl }) => scrapeUrl);
      expect(urls.sort()).toEqual(['http://10.244.1.9:7000/metrics', 'http://10.244.1.9:7001/metrics']);
    });

    it('makes one job an application', () => {
      expect(of('api-7d9f-x')[0]?.labels['job']).toBe('valtronics-backend');
      expect(of('six-1')[0]?.labels['job']).toBe('kubernetes-pods');
    });
  },
);
