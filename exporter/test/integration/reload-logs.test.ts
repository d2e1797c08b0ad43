import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { startFakeApi, type FakeApi } from '../support/fake-api.ts';
import { expectTakenOver, type Reloadable, reloadable, type SettingRow } from '../support/reloadable.ts';
import { acceptsConnections, freePort, waitFor } from '../support/server.ts';

const entriesSchema = z.array(z.object({ service: z.string(), message: z.string() }));

describe('a reload of the log subsystem', () => {
  let stores: readonly FakeApi[];
  let ports: readonly number[];
  let exporter: Reloadable;
  let written = 0;

  beforeAll(async () => {
    stores = [await startFakeApi(), await startFakeApi()];
    ports = [await freePort(), await freePort()];
  });
  afterAll(() => Promise.all(stores.map((store) => store.stop())));
  beforeEach(() => {
    exporter = reloadable();
  });
  afterEach(() => exporter.remove());

  /** What becomes of a line that is written to both files now. */
  async function entries(): Promise<z.output<typeof entriesSchema>> {
    written += 1;
    const mark = `mark${written}end`;
    for (const name of ['a', 'b'])
      appendFileSync(join(exporter.folder, `${name}.log`), `INFO: ${mark} of ana@example.org\n`);
    let found: z.output<typeof entriesSchema> = [];
    const isThere = async (): Promise<boolean> => {
      const { body } = await exporter.ask(`/api/v1/logs/search?q=${mark}`);
      found = entriesSchema.parse(body['items']);
      return found.length > 0;
    };
    await waitFor('the line', isThere);
    return found;
  }
  const source = (name: string) => (): string => `${name}=${join(exporter.folder, `${name}.log`)}`;
  /** Which of the stores was asked for anything since the last look, while there are lines to send. */
  const asked = (): Promise<boolean[]> => {
    appendFileSync(join(exporter.folder, 'a.log'), 'INFO: one more\n');
    return Promise.resolve(stores.map(({ requests }) => requests.splice(0).length > 0));
  };

  const ROWS: readonly SettingRow[] = [
    {
      option: 'VALTRONICS_LOGS_ENABLED',
      ...{ first: [undefined, 200], second: ['false', 503], wrong: 'maybe' },
      see: async () => (await exporter.ask('/api/v1/logs/recent')).status,
    },
    {
      option: 'VALTRONICS_LOG_SOURCES',
      ...{ first: [source('a'), ['a']], second: [source('b'), ['b']], wrong: 'a' },
      see: async () => (await entries()).map(({ service }) => service),
    },
    {
      option: 'VALTRONICS_LOGS_MASK_EMAILS',
      besides: () => ({ VALTRONICS_LOG_SOURCES: source('a')() }),
      ...{ first: [undefined, true], second: ['true', false], wrong: 'maybe' },
      see: async () => (await entries())[0]?.message.includes('ana@example.org'),
    },
    {
      option: 'VALTRONICS_SYSLOG_LISTEN',
      first: [() => `127.0.0.1:${ports[0] ?? 0}`, [true, false]],
      second: [() => `127.0.0.1:${ports[1] ?? 0}`, [false, true]],
      wrong: 'nowhere',
      see: () => Promise.all(ports.map(acceptsConnections)),
    },
    {
      option: 'VALTRONICS_ELASTICSEARCH_URL',
      besides: () => ({ VALTRONICS_LOG_SOURCES: source('a')() }),
      first: [() => stores[0]?.url ?? '', [true, false]],
      second: [() => stores[1]?.url ?? '', [false, true]],
      wrong: 'ftp://h',
      see: asked,
    },
  ];

  it.each(ROWS)('takes $option over, back again, and nothing of a wrong one', (row) =>
    expectTakenOver(exporter, row),
  );

  it('that ends it leaves nothing of it', async () => {
    await exporter.start({
      VALTRONICS_SYSLOG_LISTEN: `127.0.0.1:${ports[0] ?? 0}`,
      VALTRONICS_ELASTICSEARCH_URL: stores[0]?.url,
    });
    expect(await exporter.scrape()).toMatch(/^valtronics_log_queue_bytes /m);
    await exporter.reload({ VALTRONICS_LOGS_ENABLED: 'false' });
    expect(await exporter.scrape()).not.toMatch(/^valtronics_log_(queue|dead|service)/m);
    expect(await acceptsConnections(ports[0] ?? 0)).toBe(false);
  });
});
