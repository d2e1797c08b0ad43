import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import bcrypt from 'bcryptjs';
import {
  httpDependencies,
  rawRequest,
  startTestServer,
  type TestServer,
} from '../../../test/support/http.ts';
import { temporaryFolder, waitFor } from '../../../test/support/server.ts';
import type { Route } from '../route.ts';
import { authenticationOf } from './access.ts';
import { grafanaUser } from './grafana-user.ts';

const folder = temporaryFolder('access');
afterAll(folder.remove);
let server: TestServer | undefined;
afterEach(() => server?.stop());

const TOKEN = 'töken-0123456789';
const bearer = (token: string): Record<string, string> => ({
  Authorization: `Bearer ${Buffer.from(token).toString('latin1')}`,
});
const basic = (user: string, password: string): Record<string, string> => ({
  Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});

/** Tells what the server thinks of the caller. */
const whoAmI: Route = {
  method: 'get',
  path: '/api/v1/who',
  operation: { id: 'who', summary: 'Who', tag: 'system', answers: {} },
  handlers: [
    (request, response) => {
      response.json({ by: authenticationOf(request), user: grafanaUser(request) ?? null });
    },
  ],
};

interface Setup {
  readonly token?: string;
  readonly users?: Record<string, string>;
  readonly listen?: string;
}

async function start({ token, users, listen }: Setup): Promise<string> {
  const webConfigFile = join(folder.path, 'web-config.yml');
  const hashes = Object.entries(users ?? {}).map(
    ([name, password]) => `  ${name}: ${bcrypt.hashSync(password, 4)}`,
  );
  if (users !== undefined) writeFileSync(webConfigFile, ['basic_auth_users:', ...hashes].join('\n'));
  server = await startTestServer({
    dependencies: httpDependencies({ token: () => token }),
    routes: [whoAmI],
    ...(users === undefined ? {} : { webConfigFile }),
    ...(listen === undefined ? {} : { listen }),
  });
  return server.url;
}

const status = async (url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<number> =>
  (await rawRequest(url, { headers, method })).status;

describe('with a token', () => {
  it('everything below /api needs it, unknown paths too; pages for machines and people do not', async () => {
    const url = await start({ token: TOKEN });
    const paths = [
      '/api/v1/devices',
      '/api/v1/summary',
      '/api/v1/openapi.json',
      '/api/v1/nothing',
      '/api',
      '/api/',
    ];
    for (const path of paths) {
      const answer = await rawRequest(url + path);
      expect([path, answer.status]).toEqual([path, 401]);
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="valtronics-exporter"');
      expect(JSON.parse(answer.text)).toMatchObject({ error: { code: 'unauthorized' } });
    }
    expect(await status(`${url}/api/v1/devices`, bearer(TOKEN))).toBe(200);
    expect(await status(`${url}/api/v1/nothing`, bearer(TOKEN))).toBe(404);
    for (const path of ['/', '/metrics', '/-/healthy', '/-/ready'])
      expect(await status(url + path)).toBe(200);
  });

  it('no other credentials do', async () => {
    const url = await start({ token: TOKEN });
    const wrong = [
      bearer('wrong'),
      bearer(`${TOKEN}x`),
      bearer(TOKEN.slice(1)),
      basic('x', TOKEN),
      { Authorization: 'Bearer' },
      { Authorization: TOKEN },
    ];
    for (const headers of wrong) expect(await status(`${url}/api/v1/devices`, headers)).toBe(401);
  });

  it.each([
    '/API/v1/devices',
    '//api/v1/devices',
    '/%61pi/v1/devices',
    '/./api/v1/devices',
    '/x/../api/v1/devices',
    '/api%2Fv1/devices',
  ])('no spelling of the path (%s) goes round it', async (path) => {
    await start({ token: TOKEN });
    const { hostname, port } = new URL(server?.url ?? '');
    const answer = await rawRequest(`http://${hostname}:${port}`, { path });
    expect([401, 404]).toContain(answer.status);
    const absolute = await rawRequest(`http://${hostname}:${port}`, { path: `http://a.example${path}` });
    expect([401, 404]).toContain(absolute.status);
  });

  it('writes need it, also outside /api', async () => {
    const url = await start({ token: TOKEN });
    expect(await status(`${url}/-/reload`, {}, 'POST')).toBe(401);
    expect(await status(`${url}/-/reload`, bearer(TOKEN), 'POST')).toBe(200);
  });

  it('a write of a foreign page is refused all the same', async () => {
    const url = await start({ token: TOKEN });
    for (const Origin of ['http://evil.example', 'null']) {
      expect(await status(`${url}/-/reload`, { ...bearer(TOKEN), Origin }, 'POST')).toBe(403);
    }
    expect(await status(`${url}/-/reload`, { ...bearer(TOKEN), Origin: url }, 'POST')).toBe(200);
  });

  it('believes X-Grafana-Context', async () => {
    const url = await start({ token: TOKEN });
    const context = Buffer.from('{"Login":"ana","Name":"Ana Müller","OrgRole":"Editor","OrgId":1}').toString(
      'latin1',
    );
    const answer = await rawRequest(`${url}/api/v1/who`, {
      headers: { ...bearer(TOKEN), 'X-Grafana-Context': context },
    });
    expect(JSON.parse(answer.text)).toEqual({
      by: 'token',
      user: { login: 'ana', name: 'Ana Müller', orgRole: 'Editor' },
    });
  });

  it.each(['', '{', 'null', '[]', '{"Login":""}', '{"Login":7}', `{"Login":"${'x'.repeat(300)}"}`])(
    'takes X-Grafana-Context %j for nobody',
    async (context) => {
      const url = await start({ token: TOKEN });
      const headers = { ...bearer(TOKEN), 'X-Grafana-Context': context };
      const answer = await rawRequest(`${url}/api/v1/who`, { headers });
      expect(JSON.parse(answer.text)).toEqual({ by: 'token', user: null });
    },
  );
});

describe('without a token', () => {
  it('reads are open, and X-Grafana-Context is not believed', async () => {
    const url = await start({});
    const headers = { 'X-Grafana-Context': '{"Login":"admin","OrgRole":"Admin"}' };
    const answer = await rawRequest(`${url}/api/v1/who`, { headers });
    expect(JSON.parse(answer.text)).toEqual({ by: 'open', user: null });
  });

  it('writes are accepted from loopback', async () => {
    const url = await start({});
    expect(await status(`${url}/-/reload`, {}, 'POST')).toBe(200);
    expect(await status(`${url}/-/reload`, { Host: 'localhost:1' }, 'POST')).toBe(200);
    expect(await status(`${url}/-/reload`, { Origin: url }, 'POST')).toBe(200);
  });

  it('writes are accepted from ::ffff:127.0.0.1', async () => {
    await start({ listen: '[::]:0' });
    expect(await status(`http://127.0.0.1:${server?.port ?? 0}/-/reload`, {}, 'POST')).toBe(200);
  });

  it.each(['X-Forwarded-For', 'Forwarded', 'x-real-ip', 'X-Forwarded-Host'])(
    'a proxy on this machine (%s) writes for nobody',
    async (name) => {
      const url = await start({});
      expect(await status(`${url}/-/reload`, { [name]: 'for=192.0.2.1' }, 'POST')).toBe(403);
      expect(await status(`${url}/api/v1/who`, { [name]: 'for=192.0.2.1' })).toBe(200);
    },
  );

  it('HTTP/1.0, which has no Host, can write', async () => {
    const { port } = new URL(await start({}));
    const say = (version: string): Promise<string> =>
      new Promise((resolve) => {
        let text = '';
        const socket = connect(Number(port), '127.0.0.1');
        socket.on('data', (chunk: Buffer) => (text += chunk.toString())).on('close', () => resolve(text));
        socket.write(`POST /-/reload HTTP/${version}\r\nConnection: close\r\n\r\n`);
      });
    expect(await say('1.0')).toMatch(/^HTTP\/1.1 200 /);
    expect(await say('1.1')).toMatch(/^HTTP\/1.1 400 /);
  });

  it('a page that had its name point here (DNS rebinding) cannot write', async () => {
    const url = await start({});
    const Host = 'evil.example:8001';
    expect(await status(`${url}/-/reload`, { Host }, 'POST')).toBe(403);
    expect(await status(`${url}/-/reload`, { Host, Origin: `http://${Host}` }, 'POST')).toBe(403);
  });

  it('a foreign page cannot write', async () => {
    const url = await start({});
    for (const Origin of ['http://evil.example', 'null', 'http://localhost:1']) {
      expect(await status(`${url}/-/reload`, { Origin }, 'POST')).toBe(403);
    }
  });

  const address = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .find((entry) => entry.family === 'IPv4' && !entry.internal)?.address;
  const onAddress = address === undefined ? it.skip : it;
  onAddress('writes from another address are refused, whatever the headers say', async () => {
    await start({ listen: `${address ?? ''}:0` });
    const url = `http://${address ?? ''}:${server?.port ?? 0}`;
    expect(await status(`${url}/api/v1/devices`)).toBe(200);
    const headers = [
      {},
      { 'X-Forwarded-For': '127.0.0.1', 'X-Real-IP': '127.0.0.1', Forwarded: 'for=127.0.0.1' },
      { Host: 'localhost' },
    ];
    for (const given of headers) {
      const answer = await rawRequest(`${url}/-/reload`, { method: 'POST', headers: given });
      expect(answer.status).toBe(403);
      expect(answer.text).toContain('set VALTRONICS_TOKEN');
    }
  });
});

describe('with basic users', () => {
  it('everything needs one of them', async () => {
    const url = await start({ users: { ana: 'pä:ss', bob: 'b' } });
    for (const path of ['/', '/metrics', '/-/healthy', '/api/v1/devices', '/nothing']) {
      const answer = await rawRequest(url + path);
      expect([path, answer.status]).toEqual([path, 401]);
      expect(answer.headers['www-authenticate']).toBe('Basic realm="valtronics-exporter", charset="UTF-8"');
      expect(await status(url + path, basic('ana', 'pä:ss'))).toBe(path === '/nothing' ? 404 : 200);
    }
    expect(await status(url, basic('bob', 'b'))).toBe(200);
    expect(await status(url, basic('bob', 'pä:ss'))).toBe(401);
    expect(await status(`${url}/-/reload`, basic('bob', 'b'), 'POST')).toBe(200);
    expect(await status(`${url}/-/reload`, {}, 'POST')).toBe(401);
  });

  it('/api and writes take the token instead, other pages do not', async () => {
    const url = await start({ users: { ana: 'a' }, token: TOKEN });
    expect(await status(`${url}/api/v1/devices`, bearer(TOKEN))).toBe(200);
    expect(await status(`${url}/api/v1/devices`, basic('ana', 'a'))).toBe(200);
    expect(await status(`${url}/-/reload`, bearer(TOKEN), 'POST')).toBe(200);
    expect(await status(`${url}/metrics`, bearer(TOKEN))).toBe(401);
    expect(await status(`${url}/api/v1/devices`, bearer('wrong'))).toBe(401);
    const answer = await rawRequest(`${url}/api/v1/devices`);
    expect(answer.headers['www-authenticate']).toMatch(/^Basic .*, Bearer /);
  });

  it('a user is not believed about Grafana', async () => {
    const url = await start({ users: { ana: 'a' }, token: TOKEN });
    const headers = { ...basic('ana', 'a'), 'X-Grafana-Context': '{"Login":"admin"}' };
    const answer = await rawRequest(`${url}/api/v1/who`, { headers });
    expect(JSON.parse(answer.text)).toEqual({ by: 'basic', user: null });
  });

  it('who fails too often has to wait; who was right before has not', async () => {
    const url = await start({ users: { ana: 'a' } });
    expect(await status(url, basic('ana', 'a'))).toBe(200);
    const statuses: number[] = [];
    for (let i = 0; i < 12; i += 1) statuses.push(await status(url, basic('ana', `wrong ${i}`)));
    expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401));
    // One more attempt is allowed each six seconds.
    const again = () => rawRequest(url, { headers: basic('ana', 'wrong again') });
    let refused = await again();
    await waitFor('a refusal', async () => (refused = await again()).status === 429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(await status(url, basic('ana', 'a'))).toBe(200);
  });
});
