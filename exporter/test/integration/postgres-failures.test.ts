import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { ALONG_THE_KEY, newRowsStatements } from '../../src/collectors/postgres/new-rows.ts';
import { TELEMETRY_TABLE } from '../../src/collectors/postgres/telemetry.ts';
import type { Collector } from '../../src/collectors/collector.ts';
import { CERTIFICATE_EXPIRY, DATABASE_CONNECTIONS } from '../../src/metrics/catalogue/platform.ts';
import { makeCertificate } from '../support/certificate.ts';
import { createPlatformSchema } from '../support/platform-schema.ts';
import { presentCertificate, startPostgres, type TestPostgres } from '../support/postgres.ts';
import { describeWith, OPENSSL, POSTGRES } from '../support/require.ts';
import { freePort, waitFor } from '../support/server.ts';
import { watchPostgres, type WatchedPostgres } from '../support/watched-postgres.ts';

const PASSWORD = 's3cr3t/with@signs';

describeWith([OPENSSL, POSTGRES], 'postgres collector and a server in trouble', () => {
  let server: TestPostgres;
  const open: Collector[] = [];
  const cleanUp: (() => Promise<unknown>)[] = [];

  function watch(url: string): WatchedPostgres {
    const watched = watchPostgres(url);
    open.push(watched.collector);
    return watched;
  }

  async function failure(url: string, timeout?: number): Promise<string> {
    const error: unknown = await watch(url)
      .collect(timeout)
      .catch((reason: unknown) => reason);
    if (!(error instanceof Error)) throw new Error('the attempt did not fail');
    expect(error.message).not.toContain(PASSWORD);
    expect(error.message).not.toContain(encodeURIComponent(PASSWORD));
    expect(error.message).not.toContain('\n');
    return error.message;
  }

  async function platform(name: string): Promise<void> {
    await server.createDatabase(name);
    const client = await server.connect(name);
    await createPlatformSchema(client);
    await client.end();
  }

  beforeAll(async () => {
    server = await startPostgres({ auth: 'scram-sha-256' });
    await platform('valtronics_db');
    await server.sql(`create role reader login password '${PASSWORD}'`);
  }, 300_000);
  afterEach(async () => {
    for (const collector of open.splice(0)) await collector.stop?.();
    for (const undo of cleanUp.splice(0)) await undo();
  });
  afterAll(() => server.stop());

  const reader = (database = 'valtronics_db', password = PASSWORD): string =>
    server.url(database, 'reader', password);

  it('names the GRANT statements for a role without rights, and works once they were given', async () => {
    const { collect, metrics, log } = watch(reader());
    const grants = /: run (GRANT .*;)$/;
    const error: unknown = await collect().catch((reason: unknown) => reason);
    const statements = error instanceof Error ? grants.exec(error.message)?.[1] : undefined;
    expect(statements).toContain('GRANT SELECT ON devices, telemetry_data, alerts TO "reader"');
    await server.sql(statements ?? '', 'valtronics_db');
    const other = await server.connect();
    await collect();
    await collect();
    // A plain role sees that there are sessions, and not their state.
    expect(metrics.gauge(DATABASE_CONNECTIONS, 'used')).toBe(2);
    expect(metrics.gauge(DATABASE_CONNECTIONS, 'idle')).toBeUndefined();
    expect(log.lines.filter((line) => line.includes('GRANT pg_read_all_stats TO '))).toHaveLength(1);
    await server.sql('grant pg_read_all_stats to reader');
    await collect();
    expect(metrics.gauge(DATABASE_CONNECTIONS, 'idle')).toBe(1);
    await other.end();
  });

  it('says which password is wrong, without it', async () => {
    expect(await failure(reader('valtronics_db', 'wrong'))).toMatch(
      /^postgres:\/\/127\.0\.0\.1:\d+\/valtronics_db refuses the password of user "reader": correct it in VALTRONICS_DATABASE_URL$/,
    );
  });

  it('says that a password is asked for', async () => {
    const url = `postgres://reader@127.0.0.1:${server.port}/valtronics_db`;
    expect(await failure(url)).toContain('asks for a password');
  });

  it('says that the database is missing', async () => {
    expect(await failure(server.url('nowhere'))).toContain('has no database "nowhere"');
  });

  it('says that the tables are missing', async () => {
    expect(await failure(server.url('postgres'))).toContain('relation "telemetry_data" does not exist');
  });

  it('says which column an older schema lacks', async () => {
    await platform('older');
    await server.sql('alter table devices drop column firmware_version', 'older');
    expect(await failure(server.url('older'))).toMatch(
      /lacks a column of the platform \(column "firmware_version" does not exist\).*update/,
    );
  });

  it('says that nothing listens, and that a host is unknown', async () => {
    const port = await freePort();
    expect(await failure(`postgres://reader:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/x`)).toContain(
      'refuses the connection',
    );
    expect(await failure('postgres://reader@host.invalid/x')).toMatch(
      /host\.invalid:5432\/x cannot be found/,
    );
  });

  it('says that the server does not speak TLS, unless TLS is only preferred', async () => {
    expect(await failure(`${server.url('valtronics_db')}?sslmode=require`)).toContain('does not speak TLS');
    await watch(`${server.url('valtronics_db')}?sslmode=prefer`).collect();
  });

  it('says that connections have run out', async () => {
    await server.sql('alter role reader connection limit 0');
    cleanUp.push(() => server.sql('alter role reader connection limit -1'));
    expect(await failure(reader())).toContain('has no connection left');
  });

  it('ends in time when a table is locked, and works again afterwards on the same connection', async () => {
    const { collect } = watch(server.url('valtronics_db'));
    await collect();
    const locker = await server.connect('valtronics_db');
    await locker.query('begin; lock table devices, telemetry_data');
    await expect(collect(6000)).rejects.toThrow(/did not finish a query in time/);
    await locker.query('rollback');
    await locker.end();
    await collect();
    const backends = await server.sql(
      `select pid from pg_stat_activity where application_name = 'valtronics-exporter'`,
    );
    expect(backends).toHaveLength(1);
  });

  it('fails while the server is down and works after its restart', async () => {
    const { collect, metrics } = watch(server.url('valtronics_db'));
    await collect();
    await server.halt();
    await expect(collect()).rejects.toThrow(/refuses the connection|shuts down|closed the connection/);
    await expect(collect()).rejects.toThrow('refuses the connection');
    await server.resume();
    await collect();
    expect(metrics.gauge(DATABASE_CONNECTIONS, 'max')).toBe(100);
  });

  it('survives a crash of the server between two attempts', async () => {
    const { collect } = watch(server.url('valtronics_db'));
    await collect();
    await server.halt('SIGQUIT');
    await server.resume();
    await collect();
  });

  it('survives the end of its session by an administrator', async () => {
    const { collect } = watch(server.url('valtronics_db'));
    await collect();
    const [ended] = await server.sql(
      `select pg_terminate_backend(pid, 5000) as gone from pg_stat_activity
       where application_name = 'valtronics-exporter'`,
    );
    expect(ended).toEqual({ gone: true });
    await collect();
  });

  /** A server that takes connections and does with them what `answer` does. */
  async function liar(answer: (socket: Socket) => void): Promise<{ url: string; sockets: Set<Socket> }> {
    const sockets = new Set<Socket>();
    const listener: Server = createServer((socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      socket.on('error', () => undefined);
      answer(socket);
    });
    const port = await freePort();
    await new Promise<void>((resolve) => listener.listen(port, '127.0.0.1', resolve));
    cleanUp.push(async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => listener.close(resolve));
    });
    return { url: `postgres://reader:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/x`, sockets };
  }

  it('ends in time and lets go of the socket when a server accepts and says nothing', async () => {
    const { url, sockets } = await liar((socket) => void socket.resume());
    expect(await failure(url, 600)).toMatch(/did not (answer within|accept a connection)/);
    await waitFor('the socket is closed', () => sockets.size === 0);
  });

  it('fails at once when the exporter stops', async () => {
    const { url } = await liar(() => undefined);
    const stopping = new AbortController();
    const attempt = watch(url).collect(600_000, stopping.signal);
    setImmediate(() => stopping.abort(new Error('the exporter stops')));
    await expect(attempt).rejects.toThrow('the attempt was ended before it answered');
  });

  it('fails with a sentence when something else answers', async () => {
    const { url } = await liar((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    expect(await failure(url, 2000)).toMatch(/^postgres:\/\/127\.0\.0\.1:\d+\/x /);
  });

  it('records the certificate of a server with TLS', async () => {
    const secure = await startPostgres();
    cleanUp.push(() => secure.stop());
    const presented = await makeCertificate(30);
    const certificate = presented.certPath;
    cleanUp.push(presented.remove);
    await presentCertificate(secure, presented);
    await secure.halt();
    await secure.resume();
    await secure.createDatabase('valtronics_db');
    const client = await secure.connect('valtronics_db');
    await createPlatformSchema(client);
    await client.end();
    const { collect, metrics } = watch(`${secure.url('valtronics_db')}?sslmode=require`);
    await collect();
    const expiry = metrics.gauge(CERTIFICATE_EXPIRY, `postgres://127.0.0.1:${secure.port}/valtronics_db`);
    expect(Math.abs((expiry ?? 0) - (Date.now() / 1000 + 30 * 86_400))).toBeLessThan(3600);
    const verified = `${secure.url('valtronics_db')}?sslmode=verify-full`;
    expect(await failure(verified)).toContain('presents a self-signed certificate');
    await watch(`${verified}&sslrootcert=${certificate}`).collect();
    expect(await failure(verified)).toContain('sslrootcert of VALTRONICS_DATABASE_URL');
    expect(await failure(`${verified}&sslrootcert=/nowhere/ca.pem`)).toContain(
      'VALTRONICS_DATABASE_URL must name a file that can be read as sslrootcert, not "/nowhere/ca.pem"',
    );
    await secure.sql(`alter system set ssl_ca_file = '${join(secure.folder, 'ssl_cert_file.pem')}'`);
    await writeFile(
      join(secure.folder, 'data', 'pg_hba.conf'),
      'hostssl valtronics_db all all trust clientcert=verify-ca\nhost all all all trust\n',
    );
    await secure.halt();
    await secure.resume();
    const trusted = `${verified}&sslrootcert=${certificate}`;
    expect(await failure(trusted)).toContain('name the client certificate and its key in sslcert and sslkey');
    const other = await makeCertificate(30);
    cleanUp.push(other.remove);
    expect(await failure(`${trusted}&sslcert=${other.certPath}&sslkey=${other.keyPath}`)).toMatch(
      /authority of the client certificate|refuses the client certificate/,
    );
    await watch(`${trusted}&sslcert=${certificate}&sslkey=${presented.keyPath}`).collect();
  }, 300_000);

  it('reads telemetry along the primary key only, however large the table is', async () => {
    await platform('large');
    const client = await server.connect('large');
    await client.query(
      `insert into devices (name, device_id, device_type, is_active) values ('n', 'A', 'sensor', true);
       insert into telemetry_data (device_id, metric_name, metric_value) select 1, 'm', g from generate_series(1, 200000) g`,
    );
    const { maximum, recentIds, above, inGaps } = newRowsStatements(TELEMETRY_TABLE);
    const plans = async (): Promise<string[]> => {
      const cases: [string, unknown[]][] = [
        [maximum, []],
        [recentIds, [199_000, 1000]],
        [above, [199_990, 10_000]],
        [above, [100_000, 10_000]],
        [above, [0, 10_000]],
        [inGaps, [[5, 700, 90_000], [5, 800, 90_100], 10_000]],
      ];
      const texts: string[] = [];
      await client.query('begin');
      await client.query(ALONG_THE_KEY);
      for (const [text, values] of cases) {
        const result = await client.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values);
        texts.push(result.rows.map((row) => row['QUERY PLAN']).join('\n'));
      }
      await client.query('rollback');
      return texts;
    };
    // Before the statistics exist, and with them.
    const fresh = await plans();
    await client.query('vacuum analyze telemetry_data');
    for (const plan of [...fresh, ...(await plans())]) {
      expect(plan).toMatch(/Index (Only )?Scan (Backward )?using (telemetry_data_pkey|ix_telemetry_data_id)/);
      expect(plan).not.toMatch(/Seq Scan|Sort|Hash|Bitmap/);
    }
    await client.end();
    const { collect, fleet } = watch(server.url('large'));
    await collect();
    await server.sql(
      `insert into telemetry_data (device_id, metric_name, metric_value) values (1, 'm', 1)`,
      'large',
    );
    const touched = async (): Promise<Record<string, unknown>[]> =>
      server.sql(`select seq_scan from pg_stat_user_tables where relname = 'telemetry_data'`, 'large');
    const before = await touched();
    await collect();
    expect(fleet.points.get('sensor m')).toBe(1);
    expect(await touched()).toEqual(before);
  }, 300_000);

  it('refuses an URL that it cannot read without repeating it', () => {
    const url = `postgres://reader:${PASSWORD}@[broken/x`;
    expect(() => watch(url)).toThrow(/^must have no bare \//);
    expect(pg.defaults.port).toBe(5432);
  });
});
