import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { ROOT } from '../root.ts';
import { COMPOSE } from './support/compose.ts';

const FILES = ['jaeger.yml', 'jaeger-memory.yml'] as const;
const text = (file: string): string => readFileSync(join(ROOT, 'provisioning', 'jaeger', file), 'utf8');

const components = z.record(z.string(), z.unknown());
const schema = z.object({
  service: z.object({
    extensions: z.array(z.string()),
    pipelines: z.object({
      traces: z.object({
        receivers: z.array(z.string()),
        processors: z.array(z.string()),
        exporters: z.array(z.string()),
      }),
    }),
  }),
  extensions: z.looseObject({
    jaeger_query: z.object({
      base_path: z.string(),
      storage: z.object({ traces: z.string(), metrics: z.string() }),
    }),
    jaeger_storage: z.object({
      backends: z.record(
        z.string(),
        z.object({
          elasticsearch: z
            .object({ max_span_age: z.string(), indices: z.looseObject({ index_prefix: z.string() }) })
            .optional(),
          memory: z.object({ max_traces: z.number() }).optional(),
        }),
      ),
      metric_backends: components,
    }),
  }),
  receivers: components,
  processors: components,
  exporters: z.looseObject({ jaeger_storage_exporter: z.object({ trace_storage: z.string() }) }),
});

describe.each(FILES)('%s', (file) => {
  const { service, extensions, receivers, processors, exporters } = schema.parse(parse(text(file)));
  const { jaeger_query: query, jaeger_storage: storage } = extensions;

  it('uses what it defines, and defines nothing for nobody', () => {
    const { traces } = service.pipelines;
    expect(traces.receivers).toEqual(Object.keys(receivers));
    expect(traces.processors).toEqual(Object.keys(processors));
    expect(traces.exporters).toEqual(Object.keys(exporters));
    expect([...service.extensions].sort()).toEqual(Object.keys(extensions).sort());
    const backends = [exporters.jaeger_storage_exporter.trace_storage, query.storage.traces];
    expect(backends).toEqual([...Object.keys(storage.backends), ...Object.keys(storage.backends)]);
    expect([query.storage.metrics]).toEqual(Object.keys(storage.metric_backends));
  });

  it('serves where the guide says, and asks for span metrics by the names that they have', () => {
    expect(query.base_path).toBe('/jaeger');
    expect(storage.metric_backends['prometheus']).toMatchObject({
      prometheus: { normalize_calls: true, normalize_duration: true, latency_unit: 'ms' },
    });
  });

  it('has no word of version 1, and none that 2.20 refuses or 2.13 does not know', () => {
    expect(text(file)).not.toMatch(
      /^[^#\n]*\b(?:collector|host-port|span-storage|use_aliases|use_ilm|data_stream|rotation|date_layout|max_actions|send_get_body_as):/m,
    );
  });

  it('takes from the environment what README.md explains, with the default that it says', () => {
    const rows = text('README.md').split('\n');
    const settings = text(file)
      .replaceAll(/#.*$/gm, '')
      .matchAll(/\$\{env:(\w+):-([^}]*)\}/g);
    for (const [, name = '', fallback = ''] of settings) {
      const row = rows.find((line) => line.includes(`\`${name}\``));
      expect([name, row]).toEqual([name, expect.stringContaining(fallback)]);
    }
  });
});

describe('retention', () => {
  const backend = schema.parse(parse(text('jaeger.yml'))).extensions.jaeger_storage.backends['valtronics'];
  const cronJob = z
    .object({
      spec: z.object({
        jobTemplate: z.object({
          spec: z.object({
            template: z.object({
              spec: z.object({
                containers: z.tuple([
                  z.object({
                    image: z.string(),
                    args: z.array(z.string()),
                    env: z.array(z.object({ name: z.string(), value: z.string() })),
                  }),
                ]),
              }),
            }),
          }),
        }),
      }),
    })
    .parse(parse(text('kubernetes-cleaner.yml')));
  const [container] = cronJob.spec.jobTemplate.spec.template.spec.containers;
  const cleaner = COMPOSE.services['jaeger-cleaner'];

  it('is the same for who deletes and who looks', () => {
    const [days = '', url] = container.args;
    expect(backend?.elasticsearch?.max_span_age).toBe(`${Number(days) * 24}h`);
    expect(cleaner?.command?.join()).toContain(`es-index-cleaner-linux ${days} ${url}`);
    expect(text('README.md')).toContain(`jaeger-es-index-cleaner ${days} `);
  });

  it('deletes under the prefix that is written', () => {
    const prefix = backend?.elasticsearch?.indices.index_prefix ?? '?';
    expect(container.env).toEqual([{ name: 'INDEX_PREFIX', value: prefix }]);
    expect(cleaner?.environment).toEqual({ INDEX_PREFIX: prefix });
    expect(text('README.md')).toContain(`INDEX_PREFIX=${prefix} `);
  });

  it('pins one version for all of Jaeger', () => {
    const images = [container.image, cleaner?.image ?? '', COMPOSE.services['jaeger']?.image ?? ''];
    expect(images.map((image) => image.replace(/^[^:]*:/, ''))).toEqual(['2.20.0', '2.20.0', '2.20.0']);
  });
});

describe('the data source', () => {
  const [source] = z
    .object({ datasources: z.tuple([z.looseObject({ uid: z.string(), jsonData: z.looseObject({}) })]) })
    .parse(parse(text('grafana-datasource.yml'))).datasources;

  it('avoids what Grafana 12.3 gets wrong', () => {
    expect(source).toMatchObject({
      uid: 'valtronics-jaeger',
      url: '$VALTRONICS_JAEGER_URL',
      jsonData: {
        nodeGraph: { enabled: true },
        traceIdTimeParams: { enabled: false },
        tracesToLogsV2: { spanStartTimeShift: '-5m', spanEndTimeShift: '5m', customQuery: true },
      },
    });
  });

  it('writes every dollar of Grafana’s own twice: one alone is taken from the environment', () => {
    const dollars = text('grafana-datasource.yml').replaceAll('$$', '');
    expect([...dollars.matchAll(/\$(\w*)/g)].map(([, name]) => name)).toEqual(['VALTRONICS_JAEGER_URL']);
  });
});
