import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { createFormatFinder } from '../../exporter/src/logs/formats/format-finder.ts';
import { GROK_LINES, GROK_REQUESTS } from '../../exporter/src/logs/shipping/setup/grok-patterns.ts';
import { PIPELINE_LEVELS } from '../../exporter/src/logs/shipping/setup/ingest-pipeline.ts';
import { logstashPattern } from '../generate/log-store.ts';
import { ROOT } from '../root.ts';
import { COMPOSE } from './support/compose.ts';

const text = (path: string): string => readFileSync(join(ROOT, 'provisioning', path), 'utf8');
/** Without comments, texts and regular expressions. */
const code = (path: string): string =>
  text(path)
    .replaceAll(/"[^"]*"/g, '""')
    .replaceAll(/=~ \/.*\//g, '')
    .replaceAll(/#.*$/gm, '');

const CAPTURES = join(ROOT, 'exporter', 'test', 'captures', 'logs');
const captured = (file: string): string[] =>
  readFileSync(join(CAPTURES, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '');

describe('the pipeline of Logstash', () => {
  const filter = text('logstash/pipeline/filter.conf');
  const outputs = ['elasticsearch', 'opensearch'].map((name) => ({
    name,
    output: text(`logstash/pipeline/output-${name}.conf`),
  }));

  it.each(readdirSync(join(ROOT, 'provisioning/logstash/pipeline')))('%s closes what it opens', (file) => {
    const brackets = code(`logstash/pipeline/${file}`).match(/[{}[\]()]/g) ?? [];
    const open: string[] = [];
    for (const bracket of brackets) {
      const opening = { '}': '{', ']': '[', ')': '(' }[bracket];
      if (opening === undefined) open.push(bracket);
      else expect(open.pop()).toBe(opening);
    }
    expect(open).toEqual([]);
  });

  it('tries the patterns of lines in their order, then those of requests', () => {
    const used = [...filter.matchAll(/"%\{(VALTRONICS_\w+)\}"/g)].map(([, name]) => name);
    expect(used).toEqual([...Object.keys(GROK_LINES), ...Object.keys(GROK_REQUESTS)]);
  });

  it('knows the words of levels that the ingest pipeline knows', () => {
    const dictionary = /dictionary => \{([^}]*)\}/.exec(filter)?.[1] ?? '';
    const pairs = [...dictionary.matchAll(/"([^"]+)" => "([^"]+)"/g)].map(([, word = '', level]) => [
      word,
      level,
    ]);
    expect(Object.fromEntries(pairs)).toEqual(PIPELINE_LEVELS);
  });

  it('has one id and one index for a line, whichever store it goes to', () => {
    const settings = outputs.map(({ output }) =>
      ['index', 'action', 'document_id', 'manage_template'].map(
        (name) => new RegExp(`^ +${name} => (.*)$`, 'm').exec(output)?.[1],
      ),
    );
    expect(settings[0]).toEqual([
      '"valtronics-logs-%{+YYYY.MM.dd}"',
      '"create"',
      '"%{[event][id]}"',
      'false',
    ]);
    expect(settings[1]).toEqual(settings[0]);
    expect(filter).toMatch(/fingerprint \{[^}]*target => "\[event\]\[id\]"/);
  });

  it('uses no setting that the outputs do not have', () => {
    const known = {
      elasticsearch: [
        'hosts',
        'index',
        'action',
        'document_id',
        'data_stream',
        'manage_template',
        'ilm_enabled',
      ],
      opensearch: ['hosts', 'index', 'action', 'document_id', 'manage_template'],
    };
    for (const { name, output } of outputs) {
      const used = [...output.matchAll(/^ {4}(\w+) =>/gm)].map(([, setting]) => setting);
      expect(used).toEqual(known[name === 'opensearch' ? 'opensearch' : 'elasticsearch']);
    }
  });

  it('keeps what waits on disk, and what is refused as dead letters', () => {
    expect(parse(text('logstash/config/logstash.yml'))).toMatchObject({
      ...{ 'queue.type': 'persisted', 'dead_letter_queue.enable': true, 'pipeline.ecs_compatibility': 'v8' },
    });
    const [pipeline] = z
      .array(z.object({ 'path.config': z.string() }))
      .parse(parse(text('logstash/config/pipelines.yml')));
    expect(pipeline?.['path.config']).toBe(
      '/usr/share/logstash/pipeline/{input,filter,output-${LOG_STORE:elasticsearch}}.conf',
    );
  });

  it('explains each variable', () => {
    const files = [
      'config/pipelines.yml',
      'pipeline/output-elasticsearch.conf',
      'pipeline/output-opensearch.conf',
    ];
    const names = files.flatMap((file) =>
      [...text(`logstash/${file}`).matchAll(/^[^#\n]*\$\{(\w+)/gm)].map(([, name = '']) => name),
    );
    expect(new Set(names)).toEqual(new Set(['LOG_STORE', 'LOG_STORE_URL']));
    for (const name of names) expect(text('logstash/README.md')).toContain(`\`${name}\``);
  });
});

describe('logstashPattern', () => {
  it('writes fields as Logstash does', () => {
    expect(logstashPattern('^%{INT:process.pid:int} %{WORD} %{DATA:message}$')).toBe(
      '^%{INT:[process][pid]:int} %{WORD} %{DATA:[message]}$',
    );
  });
});

const inputSchema = z.object({
  type: z.string(),
  id: z.string(),
  paths: z.array(z.string()),
  'file_identity.fingerprint': z.null(),
  'prospector.scanner.fingerprint': z.object({
    enabled: z.boolean(),
    offset: z.number(),
    length: z.number(),
  }),
  parsers: z
    .array(
      z.object({
        multiline: z.object({
          type: z.string(),
          pattern: z.string(),
          negate: z.boolean(),
          match: z.string(),
        }),
      }),
    )
    .optional(),
});
const filebeatSchema = z.object({
  'filebeat.inputs': z.array(inputSchema),
  processors: z.array(z.record(z.string(), z.unknown())),
  'output.logstash': z.object({ hosts: z.array(z.string()) }),
});

describe('filebeat.yml', () => {
  const filebeat = filebeatSchema.parse(parse(text('filebeat/filebeat.yml'), { merge: true }));
  const inputs = filebeat['filebeat.inputs'];

  it('has inputs of today, each with an id of its own', () => {
    expect(new Set(inputs.map(({ type }) => type))).toEqual(new Set(['filestream']));
    expect(new Set(inputs.map(({ id }) => id)).size).toBe(inputs.length);
    expect(text('filebeat/filebeat.yml')).not.toMatch(
      /close_inactive|scan_frequency|tail_files|json\.keys_under_root|^ +multiline\./m,
    );
  });

  it('reads short files, and no file by two inputs', () => {
    for (const input of inputs)
      expect(input['prospector.scanner.fingerprint']).toEqual({ enabled: true, offset: 0, length: 64 });
    const paths = inputs.flatMap((input) => input.paths);
    expect(new Set(paths).size).toBe(paths.length);
    expect(text('filebeat/filebeat.yml')).toContain("exclude_files: ['access\\.log$'");
  });

  it('adds what is known of host and container', () => {
    expect(filebeat.processors.flatMap((processor) => Object.keys(processor))).toEqual([
      ...['add_host_metadata', 'add_docker_metadata'],
    ]);
  });

  it('sends to the Logstash of compose', () => {
    expect(filebeat['output.logstash'].hosts).toEqual(['${LOGSTASH_HOST:logstash:5044}']);
    expect(text('logstash/pipeline/input.conf')).toContain('port => 5044');
    expect(Object.keys(COMPOSE.services)).toContain('logstash');
  });

  const multiline = inputs.find(({ id }) => id === 'valtronics-services')?.parsers?.[0]?.multiline;
  it.each(['backend-stdout.log', 'backend-stock-stdout.log', 'fleet.log', 'simulator.log', 'postgres.log'])(
    'begins an entry where the exporter does: %s',
    (file) => {
      expect(multiline).toMatchObject({ type: 'pattern', negate: true, match: 'after' });
      const begins = new RegExp(multiline?.pattern ?? '');
      const finder = createFormatFinder();
      const lines = captured(file);
      expect(lines.map((line) => [line, begins.test(line)])).toEqual(
        lines.map((line) => {
          const found = finder.parse(line);
          return [line, found !== undefined && found.format.name !== 'traceback'];
        }),
      );
    },
  );
});

describe('elasticsearch.yml', () => {
  it('has settings of a node alone, and makes no index of another name', () => {
    expect(parse(text('elasticsearch/elasticsearch.yml'))).toMatchObject({
      ...{ 'cluster.name': 'valtronics', 'discovery.type': 'single-node', 'network.host': '0.0.0.0' },
      'action.auto_create_index': 'valtronics-logs-*,valtronics-jaeger-*,.*',
    });
    expect(text('elasticsearch/elasticsearch.yml')).not.toContain('index_template:');
  });
});
