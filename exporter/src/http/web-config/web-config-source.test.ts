import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import bcrypt from 'bcryptjs';
import {
  httpDependencies,
  rawRequest,
  recordingLogger,
  startTestServer,
  type TestServer,
} from '../../../test/support/http.ts';
import { temporaryFolder, waitFor } from '../../../test/support/server.ts';
import { openWebConfig } from './web-config-source.ts';

const folder = temporaryFolder('web-config-source');
afterAll(folder.remove);
const path = join(folder.path, 'web-config.yml');
const write = (text: string): void => writeFileSync(path, text);
const users = (...names: string[]): string =>
  `basic_auth_users:\n${names.map((name) => `  ${name}: ${bcrypt.hashSync(name, 4)}\n`).join('')}`;
const basic = (user: string) => ({
  headers: { Authorization: `Basic ${Buffer.from(`${user}:${user}`).toString('base64')}` },
});

let server: TestServer | undefined;
afterEach(() => server?.stop());

describe('openWebConfig', () => {
  it('refuses to start with a broken file', async () => {
    write('nonsense: 1');
    const { logger } = httpDependencies();
    await expect(openWebConfig({ path, logger })).rejects.toThrow('nonsense');
  });

  it('looks at the file by itself', async () => {
    write('');
    const source = await openWebConfig({ path, logger: recordingLogger(), interval: 10 });
    write(users('ana'));
    await waitFor('the new user', () => source.current().users.has('ana'));
    source.stop();
  });

  it('takes over new users, and keeps the old ones when the new file is broken', async () => {
    write(users('ana'));
    const logger = recordingLogger();
    server = await startTestServer({ dependencies: httpDependencies({ logger }), webConfigFile: path });
    const status = async (user: string): Promise<number> =>
      (await rawRequest(`${server?.url ?? ''}/metrics`, basic(user))).status;
    expect([await status('ana'), await status('bob')]).toEqual([200, 401]);
    write(users('bob'));
    await server.web.check();
    expect([await status('ana'), await status('bob')]).toEqual([401, 200]);
    write('basic_auth_users: {eve: plain}');
    await server.web.check();
    await server.web.check();
    rmSync(path);
    await server.web.check();
    expect([await status('eve'), await status('bob')]).toEqual([401, 200]);
    const complaints = logger.lines.filter(({ level }) => level === 'error');
    expect(complaints.map(({ fields }) => fields['error'])).toEqual([
      expect.stringContaining('must be a bcrypt hash'),
      expect.stringContaining('ENOENT'),
    ]);
  });

  it('does not turn TLS on in a running server', async () => {
    write('');
    const logger = recordingLogger();
    const source = await openWebConfig({ path, logger });
    write('tls_server_config: {client_auth_type: NoClientCert}');
    await source.check();
    expect(source.current().tls).toBeUndefined();
    expect(logger.lines.at(-1)?.level).toBe('error');
    source.stop();
  });

  it('takes over headers and the rate limit', async () => {
    write('http_server_config: {headers: {X-Frame-Options: sameorigin, Content-Security-Policy: ""}}');
    server = await startTestServer({ webConfigFile: path });
    const { url, web } = server;
    const { headers } = await rawRequest(url);
    expect(headers['x-frame-options']).toBe('sameorigin');
    expect(headers['content-security-policy']).toBeUndefined();
    expect(headers['x-content-type-options']).toBe('nosniff');
    write('rate_limit: {interval: 1h, burst: 2}');
    await web.check();
    const answers = [await rawRequest(url), await rawRequest(url), await rawRequest(url)];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(answers[2]?.headers['retry-after']).toMatch(/^3[56]\d\d$/);
    expect(answers[2]?.headers['x-frame-options']).toBe('DENY');
    write('');
    await web.check();
    expect((await rawRequest(url)).status).toBe(200);
  });
});
