import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { createFormatFinder } from '../../src/logs/formats/format-finder.ts';
import type { LogEntry } from '../../src/logs/entry.ts';
import { bulkLines, BULK_PATH, BULK_TYPE, readBulkAnswer } from '../../src/logs/shipping/bulk.ts';
import { findInStore, oldestInStore, searchStore, type StoreSearch } from '../../src/logs/shipping/search.ts';
import { deleteOldIndices } from '../../src/logs/shipping/setup/old-indices.ts';
import { setUpStore } from '../../src/logs/shipping/setup/set-up.ts';
import { createStoreClient, type StoreClient } from '../../src/logs/shipping/store-client.ts';
import { killAfterLines } from '../support/kill.ts';
import { LOGGED_AT, logEntry } from '../support/log-entry.ts';
import { JAVA, MAVEN, type OpenSearch, startOpenSearch } from '../support/opensearch.ts';
import { describeWith } from '../support/require.ts';
import { RSYSLOG, startRsyslog } from '../support/rsyslog.ts';
import { temporaryFolder, waitFor } from '../support/server.ts';
import { startUnreliableProxy } from '../support/unreliable-proxy.ts';

const CAPTURES = join(import.meta.dirname, '..', 'captures', 'logs');
const PROCESS = join(import.meta.dirname, '..', 'support', 'shipping-process.ts');
const LINES = 20_000;
const signal = new AbortController().signal;
const idsSchema = z.object({
  hits: z.object({ hits: z.array(z.object({ _id: z.string(), sort: z.array(z.unknown()) })) }),
});

const simulated = z.object({
  docs: z.array(
    z.object({
      doc: z.object({
        _source: z.object({
          '@timestamp': z.string().optional(),
          message: z.string(),
          event: z.object({ original: z.string() }),
          labels: z.object({ level: z.string(), category: z.string() }),
          tags: z.array(z.string()).optional(),
        }),
      }),
    }),
  ),
});

describeWith([JAVA, MAVEN], 'a real OpenSearch', () => {
  let node: OpenSearch;
  let client: StoreClient;
  beforeAll(async () => {
    node = await startOpenSearch();
    client = createStoreClient({ url: node.url });
  }, 600_000);
  afterAll(async () => {
    client.close();
    await node.stop();
  });

  async function ask(method: 'GET' | 'POST', path: string, body?: object): Promise<unknown> {
    const text = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await client.request({ method, path, ...text, signal });
    expect([path, answer.status, answer.status === 200 ? '' : answer.text]).toEqual([path, 200, '']);
    return JSON.parse(answer.text);
  }

  async function store(entries: readonly LogEntry[]): Promise<void> {
    const body = entries.map(bulkLines).join('');
    const path = `${BULK_PATH}&refresh=true`;
    const { text } = await client.request({ method: 'POST', path, type: BULK_TYPE, body, signal });
    expect(readBulkAnswer(text, entries.length).filter(({ kind }) => kind !== 'done')).toEqual([]);
  }

  it('takes template and pipeline, as often as they come, and says what it has no part for', async () => {
    const report = { distribution: 'opensearch', version: '2.19.6', retention: 'plain', problems: [] };
    expect(await setUpStore(client, 30, signal)).toEqual(report);
    expect(await setUpStore(client, 30, signal)).toEqual(report);
  });

  describe.each(readdirSync(CAPTURES))('the pipeline with %s', (file) => {
    it('reads each line as the exporter does', async () => {
      const lines = readFileSync(join(CAPTURES, file), 'utf8')
        .split('\n')
        .filter((line) => line !== '');
      const docs = lines.map((message, index) => ({ _index: 'x', _id: `${index}`, _source: { message } }));
      const path = '/_ingest/pipeline/valtronics-logs/_simulate';
      const answer = simulated.parse(await ask('POST', path, { docs }));
      const finder = createFormatFinder();
      const read = answer.docs.map(({ doc: { _source } }) => ({
        raw: _source.event.original,
        known: _source.tags === undefined,
        level: _source.labels.level,
        message: _source.message,
        time: _source['@timestamp'] === undefined ? undefined : Date.parse(_source['@timestamp']),
      }));
      expect(read).toEqual(
        lines.map((raw) => {
          const parsed = finder.parse(raw)?.parsed;
          return {
            ...{ raw, known: parsed !== undefined },
            ...{ level: parsed?.level ?? 'UNKNOWN', message: parsed?.message ?? raw },
            time: parsed?.time?.at,
          };
        }),
      );
    });
  });

  it('reads a line of an access log by its request', async () => {
    const message =
      '10.0.0.9 - - [29/Nov/2026:12:00:00 +0100] "GET /api/v1/devices?x=1 HTTP/1.1" 502 157 "-" "curl/8.0" "-" 0.2';
    const path = '/_ingest/pipeline/valtronics-logs/_simulate';
    const { docs } = z
      .object({ docs: z.array(z.object({ doc: z.object({ _source: z.record(z.string(), z.unknown()) }) })) })
      .parse(await ask('POST', path, { docs: [{ _index: 'x', _id: '1', _source: { message } }] }));
    expect(docs[0]?.doc._source).toEqual({
      ...{ '@timestamp': '2026-11-29T11:00:00.000Z', message },
      event: { original: message, id: '1', kind: 'event', outcome: 'failure' },
      http: {
        ...{ version: '1.1', request: { method: 'GET' } },
        response: { status_code: 502, body: { bytes: 157 } },
      },
      ...{ url: { original: '/api/v1/devices?x=1' }, client: { ip: '10.0.0.9' } },
      ...{ user_agent: { original: 'curl/8.0' }, labels: { level: 'INFO', category: 'access' } },
    });
  });

  describe('a search', () => {
    const entries = Array.from({ length: 25 }, (_, index) =>
      logEntry({
        ...{ id: `s${String(index).padStart(2, '0')}`, timestamp: LOGGED_AT + Math.floor(index / 5) * 1000 },
        ...{ offset: index * 10, file: '/var/log/a.log', level: index % 5 === 0 ? 'ERROR' : 'INFO' },
        ...{
          service: index % 2 === 0 ? 'redis' : 'valtronics-api',
          message: `Line ${index} of PUMP-${index % 3}`,
        },
        ...{ deviceId: `PUMP-${index % 3}`, pattern: index < 3 ? 'old' : 'new' },
        request: { method: 'GET', url: '/x', status: 200, clientIp: index === 0 ? 'unknown' : '10.0.0.1' },
      }),
    );
    const traced = logEntry({
      ...{ id: 'traced', timestamp: LOGGED_AT - 86_400_000, traceId: 'c'.repeat(32), correlationId: 'req-9' },
      ...{ category: 'audit', raw: 'x'.repeat(40_000), message: 'Connection refused by 10.0.0.7:5432' },
      error: { type: 'OperationalError', message: 'could not connect', stack: 'Traceback' },
    });
    // A cut line, or an escape in JSON, leaves halves of characters.
    const odd = logEntry({
      id: 'odd',
      timestamp: LOGGED_AT - 2,
      message: 'half \ud83d, nothing \u0000',
      service: '\ud83d',
    });
    beforeAll(() => store([...entries, traced, odd]));

    const search = (filter: StoreSearch['filter'], rest: Partial<StoreSearch> = {}) =>
      searchStore(client, { filter, patternIds: [], limit: 100, ...rest }, signal);
    const ids = async (...given: Parameters<typeof search>) =>
      (await search(...given)).items.map(({ id }) => id);
    const newestFirst = entries.map(({ id }) => id).reverse();

    it('gives back what was shipped, newest first, in pages without gap or repetition', async () => {
      const found: LogEntry[] = [];
      let cursor: string | undefined;
      do {
        const page = await search({ from: LOGGED_AT }, { limit: 7, cursor });
        found.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(found).toEqual(entries.toReversed().map((entry) => ({ ...entry, levelText: entry.level })));
    });

    it('goes on behind documents of others, which have no place of ours', async () => {
      const body = ['2026-10-01T00:00:00Z', '2026-10-01T00:00:01Z']
        .map(
          (time) =>
            `{"create":{"_index":"valtronics-logs-2026.10.01"}}\n{"@timestamp":"${time}","message":"at ${time}"}\n`,
        )
        .join('');
      const path = '/_bulk?refresh=true';
      expect((await client.request({ method: 'POST', path, type: BULK_TYPE, body, signal })).status).toBe(
        200,
      );
      const first = await search({ to: LOGGED_AT - 86_400_000 }, { limit: 1 });
      const second = await search(
        { to: LOGGED_AT - 86_400_000 },
        { limit: 1, cursor: first.nextCursor ?? '' },
      );
      expect([first, second].map(({ items }) => items[0]?.message)).toEqual([
        ...['at 2026-10-01T00:00:01Z', 'at 2026-10-01T00:00:00Z'],
      ]);
      expect(await oldestInStore(client, signal)).toBe(Date.UTC(2026, 9, 1));
    });

    it.each<[string, StoreSearch['filter'], readonly string[]]>([
      [
        'service',
        { services: ['redis'], from: LOGGED_AT },
        newestFirst.filter((_, index) => index % 2 === 0),
      ],
      ['level', { levels: ['ERROR', 'CRITICAL'] }, ['s20', 's15', 's10', 's05', 's00']],
      ['category', { category: 'audit' }, ['traced']],
      ['device', { deviceId: 'PUMP-1', to: LOGGED_AT + 1000 }, ['s04', 's01']],
      ['trace', { traceId: 'c'.repeat(32) }, ['traced']],
      ['correlation', { correlationId: 'req-9' }, ['traced']],
      ['words in any case', { text: 'connection REFUSED' }, ['traced']],
      ['the beginning of a word', { text: 'could not conn' }, ['traced']],
      ['an address', { text: '10.0.0.7:5432' }, ['traced']],
      ['time', { from: LOGGED_AT + 4000, to: LOGGED_AT + 9000 }, ['s24', 's23', 's22', 's21', 's20']],
    ])('narrows by %s', async (_, filter, expected) => {
      expect(await ids(filter)).toEqual(expected);
    });

    it('finds the beginning of a word, however many words begin so', async () => {
      const many = Array.from({ length: 300 }, (_, index) =>
        logEntry({ id: `many${index}`, timestamp: LOGGED_AT - 5000, message: `unit${index} stopped` }),
      );
      await store(many);
      expect(await ids({ text: 'unit' }, { limit: 1000 })).toHaveLength(300);
    });

    it('narrows by all ids of a pattern', async () => {
      expect(await ids({ pattern: 'old' }, { patternIds: ['old', 'older'] })).toEqual(['s02', 's01', 's00']);
    });

    it('finds one by its id', async () => {
      expect(await findInStore(client, 'traced', signal)).toEqual({ ...traced, levelText: 'INFO' });
      expect(await findInStore(client, 'none', signal)).toBeUndefined();
    });

    it('has what is no proper text', async () => {
      expect(await findInStore(client, 'odd', signal)).toEqual({ ...odd, levelText: 'INFO' });
      expect(await ids({ text: 'nothing', from: LOGGED_AT - 2 })).toEqual(['odd']);
    });

    it('says what the store refuses', async () => {
      await expect(search({}, { limit: 1e6 })).rejects.toThrow(/answers a search with 400/);
    });
  });

  it('deletes indices whose day is long over, and no others', async () => {
    await store([logEntry({ id: 'ancient', timestamp: LOGGED_AT - 40 * 86_400_000 })]);
    await client.request({ method: 'PUT', path: '/valtronics-logs-mine', signal });
    expect(await deleteOldIndices(client, 30, LOGGED_AT + 86_400_000, signal)).toEqual(
      expect.arrayContaining(['valtronics-logs-2026.10.01', 'valtronics-logs-2026.10.20']),
    );
    const left = z
      .array(z.object({ index: z.string() }))
      .parse(await ask('GET', '/_cat/indices/valtronics-logs-*?format=json&h=index&s=index'));
    expect(left.map(({ index }) => index)).toEqual([
      ...['valtronics-logs-2026.11.28', 'valtronics-logs-2026.11.29', 'valtronics-logs-mine'],
    ]);
  });

  // Behind the deletion: its index is that of the day on which the test runs.
  describeWith([RSYSLOG], 'rsyslog beside the exporter', () => {
    it('sends lines as they are, which a search finds as the exporter reads them', async () => {
      const folder = temporaryFolder('rsyslog');
      const lines = readFileSync(join(CAPTURES, 'mosquitto.log'), 'utf8').trimEnd().split('\n');
      const log = join(folder.path, 'mosquitto.log');
      writeFileSync(log, `${lines.join('\n')}\n`);
      const rsyslog = await startRsyslog({ folder: folder.path, log, service: 'mosquitto', store: node.url });
      const search = { filter: { services: ['mosquitto'] }, patternIds: [], limit: 1000 };
      let found: readonly LogEntry[] = [];
      await waitFor('all lines', async () => {
        await ask('POST', '/valtronics-logs-*/_refresh');
        found = (await searchStore(client, search, signal)).items;
        return found.length === lines.length;
      });
      await rsyslog.stop();
      await folder.remove();
      const finder = createFormatFinder();
      const expected = lines.map((raw) => {
        const { time, level, message } = finder.parse(raw)?.parsed ?? {};
        return JSON.stringify({ raw, level, message, timestamp: time?.at });
      });
      const read = found.map(({ raw, level, message, timestamp }) =>
        JSON.stringify({ raw, level, message, timestamp }),
      );
      expect(read.toSorted()).toEqual(expected.toSorted());
    });
  });

  it('has each line once, whatever happens on the way', async () => {
    const proxy = await startUnreliableProxy(node.url);
    const folder = temporaryFolder('shipping');
    const parameters = [join(folder.path, 'logs.db'), proxy.url, `${LINES}`];
    try {
      // Killed at different places, and once with the store gone under it.
      for (const lines of [1, 3, 2, 4]) await killAfterLines(PROCESS, parameters, lines);
      const last = promisify(execFile)(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', PROCESS, ...parameters],
        { timeout: 600_000 },
      );
      await node.restart();
      expect((await last).stderr).toBe('');
      await ask('POST', '/valtronics-logs-*/_refresh');
      const found = new Map<string, number>();
      let after: readonly unknown[] | undefined;
      do {
        const page = idsSchema.parse(
          await ask('POST', '/valtronics-logs-*/_search', {
            ...{
              size: 10_000,
              _source: false,
              query: { prefix: { 'event.id': 'line-' } },
              sort: ['event.id', '@timestamp'],
            },
            search_after: after,
          }),
        );
        for (const { _id } of page.hits.hits) found.set(_id, (found.get(_id) ?? 0) + 1);
        after = page.hits.hits.at(-1)?.sort;
      } while (after !== undefined);
      expect(found.size).toBe(LINES);
      expect([...found].filter(([, times]) => times !== 1)).toEqual([]);
      expect(Object.entries(proxy.faults).filter(([, times]) => times === 0)).toEqual([]);
    } finally {
      await proxy.close();
      await folder.remove();
    }
  }, 1_200_000);
});
