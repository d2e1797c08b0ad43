import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { SCHEMA } from '../../src/alerts/store/postgres/schema.ts';
import { MAIN, runExporter, startExporter, type TestExporter } from '../support/exporter.ts';
import { killAfterLines } from '../support/kill.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { describeWith, POSTGRES } from '../support/require.ts';
import { freePort, temporaryFolder, waitFor } from '../support/server.ts';

const noticeSchema = z.object({ kind: z.string(), alert: z.object({ name: z.string() }) });
const itemsSchema = z.object({ items: z.array(z.object({ name: z.string(), state: z.string() })) });

describeWith([POSTGRES], 'an exporter whose alerts move from its file into PostgreSQL', () => {
  let server: TestPostgres;
  let folder: ReturnType<typeof temporaryFolder>;
  let receiver: Server;
  /** Each request of the receiver: `kind name`, and its key. */
  let told: (readonly [what: string, key: string])[];
  let takes: boolean;
  let settings: Record<string, string>;
  let exporter: TestExporter | undefined;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    await server.sql(`drop schema if exists ${SCHEMA} cascade`);
    folder = temporaryFolder('moving');
    told = [];
    takes = true;
    receiver = createServer((request, response) => {
      void text(request).then((body) => {
        const { kind, alert } = noticeSchema.parse(JSON.parse(body));
        if (takes) told.push([`${kind} ${alert.name}`, String(request.headers['idempotency-key'])]);
        response.writeHead(takes ? 200 : 503).end();
      });
    });
    const port = await freePort();
    await new Promise<void>((resolve) => receiver.listen(port, '127.0.0.1', resolve));
    settings = { VALTRONICS_RECEIVERS_WEBHOOK_URL: `http://127.0.0.1:${port}/` };
  });
  afterEach(async () => {
    await exporter?.stop('SIGKILL');
    await new Promise((resolve) => receiver.close(resolve));
    await folder.remove();
  });

  const start = async (more: Record<string, string> = {}): Promise<TestExporter> =>
    (exporter = await startExporter({ ...settings, ...more }, { stateFolder: folder.path }));
  const inPostgres = (): Record<string, string> => ({ VALTRONICS_STORE_URL: server.url() });
  const path = (): string => join(folder.path, 'alerts.db');
  const take = () => runExporter(['--alerts.import', path()], inPostgres());

  async function post(where: string, body: object): Promise<Record<string, unknown>> {
    const answer = await fetch(`${exporter?.url ?? ''}/api/v1${where}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(200);
    return z.record(z.string(), z.unknown()).parse(await answer.json());
  }
  const raise = async (name: string): Promise<string> =>
    String((await post('/alerts', { name, severity: 'warning', message: 'It hums' }))['fingerprint']);
  const shown = async () =>
    itemsSchema.parse(await (await fetch(`${exporter?.url ?? ''}/api/v1/alerts/history`)).json()).items;
  const words = (): string[] => told.map(([what]) => what);

  it('is told nothing twice and loses nothing, and says what is to be done when that is forgotten', async () => {
    await start();
    const taken = await raise('Taken');
    await waitFor('it to be told', () => told.length === 1);
    await post(`/alerts/${taken}/acknowledge`, { comment: 'on it' });
    takes = false;
    await raise('Waits');
    await post(`/alerts/${await raise('Over')}/resolve`, { comment: 'new fan' });
    expect(take()).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^state folder .* is in use by another exporter .*: stop that one, and take its/,
      ),
    });
    await exporter?.stop();

    takes = true;
    const forgetful = await start(inPostgres());
    expect(await shown()).toEqual([]);
    const lines = forgetful.output().split('\n');
    const warnings = lines.filter((line) => line.includes('were not taken over'));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(`run valtronics-exporter --alerts.import ${path()}`);
    await forgetful.stop();

    const { status, stdout, stderr } = take();
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(
      /^took over 3 alerts, 5 lines of history, 4 notices in \d+\.\d s\n2 of the alerts are open/,
    );
    const moved = await start(inPostgres());
    await waitFor('the rest to be told', () => told.length === 4);
    await waitFor('an empty outbox', async () => {
      const url = `${moved.url}/api/v1/alerts/deliveries?state=pending`;
      return (await (await fetch(url)).text()).includes('"items":[]');
    });
    expect(words().sort()).toEqual(['firing Over', 'firing Taken', 'firing Waits', 'resolved Over']);
    expect(await shown()).toEqual([
      { name: 'Over', state: 'resolved' },
      { name: 'Waits', state: 'active' },
      { name: 'Taken', state: 'acknowledged' },
    ]);
    expect(moved.output()).not.toContain('were not taken over');
  });

  it('has what was on its way when it was killed under the same key afterwards', async () => {
    await start();
    takes = false;
    await raise('A');
    await exporter?.stop('SIGKILL');
    const file = new DatabaseSync(path());
    const { id } = z.object({ id: z.number() }).parse(file.prepare('select id from deliveries').get());
    file.close();
    expect(take().status).toBe(0);
    takes = true;
    await start(inPostgres());
    await waitFor('it to be told', () => told.length === 1);
    expect(told[0]?.[1]).toMatch(new RegExp(`-firing-${id}$`));
  });

  it('has all of a large file, once, when the first run was killed in the middle', async () => {
    await start();
    await raise('A');
    await exporter?.stop();
    const file = new DatabaseSync(path());
    file.exec(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 60000)
      insert into audit (at, alert_id, fingerprint, action, actor_kind, actor, comment)
      select i, 1, 'f', 'raised', 'system', 't', '' from n`);
    file.close();
    const config = join(folder.path, 'settings.yml');
    writeFileSync(config, `store: { url: '${server.url()}' }\n`);
    const killed = await killAfterLines(MAIN, ['--alerts.import', path(), '--config.file', config], 2);
    expect(killed[0]).toBe('10,000 of 60,001 lines of history');
    const rows = () =>
      server.sql(`select (select count(*) from ${SCHEMA}.alerts)::int as alerts,
        (select count(*) from ${SCHEMA}.audit)::int as audit`);
    expect(await rows()).toEqual([{ alerts: 0, audit: 0 }]);
    for (const said of ['took over 1 alerts, 60,001 lines of history', `there is no file ${path()}`]) {
      const { stdout, stderr } = take();
      expect(stdout + stderr).toContain(said);
      expect(await rows()).toEqual([{ alerts: 1, audit: 60_001 }]);
    }
  });

  it('is asked which database, and told when that cannot be reached', async () => {
    expect(runExporter(['--alerts.import', path()])).toMatchObject({
      status: 2,
      stderr: 'VALTRONICS_STORE_URL: is not set: which database takes the alerts over?\n',
    });
    await start();
    await exporter?.stop();
    const url = `postgresql://alerts@127.0.0.1:${await freePort()}/alerts`;
    expect(runExporter(['--alerts.import', path()], { VALTRONICS_STORE_URL: url })).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('ECONNREFUSED'),
    });
  });
});
