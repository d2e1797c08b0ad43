import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from 'prettier';
import { parse } from 'yaml';
import { z } from 'zod';
import { alertsDocument, generateAlertsDoc } from '../generate/alerts-doc.ts';
import { generateRemoteWrite, withRemoteWrite } from '../generate/prometheus-remote-write.ts';
import { parseGroups, readRules } from '../generate/prometheus-rules.ts';
import { ROOT } from '../root.ts';

const remoteWriteSchema = z.looseObject({
  remote_write: z.tuple([
    z.object({
      name: z.string(),
      url: z.url(),
      authorization: z.object({ type: z.literal('Bearer'), credentials_file: z.string() }),
      queue_config: z.object({
        capacity: z.number(),
        max_samples_per_send: z.number(),
        max_shards: z.number(),
      }),
    }),
  ]),
});

const RULES = `groups:
  - name: g
    rules:
      - record: job:a:b
        expr: a
      # Fires on: cats in
      # a box.
      # Threshold: > 1 cat
      - alert: Cats
        expr: job:a:b > 1
        for: 1m
        labels: { severity: info, service: cats }
        annotations: { summary: s, description: d, runbook_url: 'http://x/y', dashboard_url: 'http://x/z' }
`;

describe('the configuration with remote write', () => {
  const { path, content } = generateRemoteWrite();
  const { remote_write: writes, ...rest } = remoteWriteSchema.parse(parse(content));

  it('is committed as it is generated', () => {
    expect(readFileSync(join(ROOT, path), 'utf8')).toBe(content);
  });

  it('is prometheus.yml and remote write, nothing else', () => {
    expect(rest).toEqual(parse(readFileSync(join(ROOT, 'provisioning/prometheus/prometheus.yml'), 'utf8')));
  });

  it('queues at least one full batch for each shard', () => {
    const { capacity, max_samples_per_send: batch, max_shards: shards } = writes[0].queue_config;
    expect([batch, shards]).toEqual([10_000, 200]);
    expect(capacity).toBeGreaterThanOrEqual(batch);
  });

  it('names no real storage and holds no secret', () => {
    expect(new URL(writes[0].url).hostname).toMatch(/\.example\.com$/);
    expect(writes[0].authorization.credentials_file).toMatch(/^secrets\//);
    expect(readFileSync(join(ROOT, 'provisioning/prometheus/.gitignore'), 'utf8')).toContain('secrets/');
  });

  it('refuses a source that has remote write already, or is no YAML', () => {
    expect(() => withRemoteWrite('remote_write: []\n')).toThrow(/remote_write section/);
    expect(() => withRemoteWrite('a: [\n')).toThrow(/not YAML/);
  });
});

describe('parseGroups', () => {
  it('reads alerts with the words above them, and records', () => {
    expect(parseGroups(RULES, 'cats.yml')).toMatchObject([
      {
        name: 'g',
        interval: undefined,
        alerts: [{ alert: 'Cats', for: '1m', firesOn: 'cats in a box.', threshold: '> 1 cat' }],
        records: [{ record: 'job:a:b', expr: 'a' }],
      },
    ]);
  });

  it('gives two alerts of one name the words above each', () => {
    const [head = '', ...rest] = RULES.split('      # Fires on:');
    const second = `      # Fires on:${rest.join('')}`
      .replace('> 1 cat', '> 2 cats')
      .replace('for: 1m', 'for: 2m');
    const [group] = parseGroups(`${head}      # Fires on:${rest.join('')}${second}`, 'cats.yml');
    expect(group?.alerts.map((alert) => [alert.for, alert.threshold])).toEqual([
      ['1m', '> 1 cat'],
      ['2m', '> 2 cats'],
    ]);
  });

  it('reads an interval, severity none, no "for" and how long an alert goes on', () => {
    const text = RULES.replace('name: g', 'name: g\n    interval: 1m')
      .replace('severity: info', 'severity: none')
      .replace('for: 1m', 'keep_firing_for: 5m');
    expect(parseGroups(text, 'cats.yml')).toMatchObject([
      { interval: '1m', alerts: [{ for: '0s', keep_firing_for: '5m', labels: { severity: 'none' } }] },
    ]);
  });

  it.each([
    ['an unknown severity', 'severity: info', 'severity: page', /cats\.yml.*severity/s],
    ['a label too many', 'service: cats', 'service: cats, value: x', /cats\.yml.*value/s],
    ['no runbook', "runbook_url: 'http://x/y', ", '', /cats\.yml.*runbook_url/s],
    ['a "for" that is no text', 'for: 1m', 'for: 1', /cats\.yml.*for/s],
    ['a word that no alert has', 'for: 1m', 'fro: 1m', /cats\.yml.*fro/s],
    ['no threshold above it', '      # Threshold: > 1 cat\n', '', /Cats.*Threshold/s],
    ['a record without expression', '        expr: a\n', '', /cats\.yml.*expr/s],
  ])('refuses %s', (_, from, to, message) => {
    expect(RULES).toContain(from);
    expect(() => parseGroups(RULES.replace(from, to), 'cats.yml')).toThrow(message);
  });
});

describe('docs/alerts.md', () => {
  const { path, content } = generateAlertsDoc();

  it('is committed as it is generated', () => {
    expect(readFileSync(join(ROOT, path), 'utf8')).toBe(content);
  });

  it('has one row for each alert, with severity, threshold, time and page', () => {
    const rows = content
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.split('|').map((cell) => cell.trim()));
    const { alerts } = readRules();
    expect(rows.length).toBe(alerts.length);
    for (const { alert, labels, threshold, for: time } of alerts) {
      const page = `[${alert}.md](runbooks/${alert}.md)`;
      const { severity, service } = labels;
      const wanted = [`\`${alert}\``, severity, service, threshold, time, page];
      expect(rows.filter((cells) => wanted.every((cell) => cells.includes(cell)))).toHaveLength(1);
    }
  });

  it('is formatted as Prettier wants it', async () => {
    expect(await check(content, { parser: 'markdown', printWidth: 110 })).toBe(true);
  });

  it('keeps a bar in the words from becoming a column', () => {
    const groups = parseGroups(RULES.replace('cats in', 'cats | dogs in'), 'cats.yml');
    expect(alertsDocument(groups.flatMap(({ alerts }) => alerts))).toContain('cats \\| dogs in a box.');
  });
});
