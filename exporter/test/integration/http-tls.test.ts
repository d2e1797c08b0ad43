import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { connect as netConnect } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { connect as tlsConnect, type ConnectionOptions } from 'node:tls';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import {
  httpDependencies,
  rawRequest,
  recordingLogger,
  startTestServer,
  type TestServer,
} from '../support/http.ts';
import { describeWith, OPENSSL } from '../support/require.ts';
import { temporaryFolder, waitFor } from '../support/server.ts';

const folder = temporaryFolder('tls');
const at = (name: string): string => join(folder.path, name);
const pem = (name: string): string => readFileSync(at(name), 'utf8');

function openssl(...args: string[]): void {
  execFileSync('openssl', args, { cwd: folder.path, stdio: ['ignore', 'ignore', 'pipe'] });
}

/** A self-signed authority. */
function makeAuthority(name: string): void {
  openssl(
    ...`req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=${name} -keyout ${name}.key -out ${name}.pem`.split(
      ' ',
    ),
  );
}

/** A certificate signed by the authority, with alternative names in openssl's spelling. */
function makeCertificate(name: string, authority: string, names: string): void {
  openssl(
    ...`req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=${name} -keyout ${name}.key -out ${name}.csr`.split(
      ' ',
    ),
  );
  writeFileSync(at(`${name}.ext`), `subjectAltName=${names}\n`);
  openssl(
    ...`x509 -req -in ${name}.csr -CA ${authority}.pem -CAkey ${authority}.key -CAcreateserial -days 2 -extfile ${name}.ext -out ${name}.pem`.split(
      ' ',
    ),
  );
}

let server: TestServer | undefined;
const logger = recordingLogger();

async function start(lines: readonly string[]): Promise<string> {
  writeFileSync(at('web-config.yml'), `tls_server_config:\n${lines.map((line) => `  ${line}\n`).join('')}`);
  logger.lines.length = 0;
  server = await startTestServer({
    dependencies: httpDependencies({ logger }),
    webConfigFile: at('web-config.yml'),
  });
  return server.url;
}

const SERVER = ['cert_file: server.pem', 'key_file: server.key'];
const withCertificate = (name: string) => ({
  ca: pem('ca.pem'),
  cert: pem(`${name}.pem`),
  key: pem(`${name}.key`),
});

/** The status of a scrape, or that the connection was broken. */
async function status(url: string, options: object): Promise<number | 'refused'> {
  try {
    return (await rawRequest(`${url}/metrics`, options)).status;
  } catch {
    return 'refused';
  }
}

/** Serial number, protocol and cipher of a handshake, or its error. */
async function handshake(
  options: ConnectionOptions,
): Promise<{ serial: string; protocol: string | null; cipher: string }> {
  const socket = tlsConnect({ host: '127.0.0.1', port: server?.port ?? 0, ca: pem('ca.pem'), ...options });
  try {
    await once(socket, 'secureConnect');
    const { serialNumber: serial } = socket.getPeerCertificate();
    return { serial, protocol: socket.getProtocol(), cipher: socket.getCipher().name };
  } finally {
    socket.destroy();
  }
}

describeWith([OPENSSL], 'HTTPS by web-config.yml', () => {
  beforeAll(() => {
    makeAuthority('ca');
    makeAuthority('other-ca');
    makeCertificate('server', 'ca', 'IP:127.0.0.1,DNS:localhost');
    makeCertificate('renewed', 'ca', 'IP:127.0.0.1,DNS:localhost');
    makeCertificate('client', 'ca', 'DNS:prometheus.example,URI:spiffe://valtronics/prometheus');
    makeCertificate('stranger', 'other-ca', 'DNS:prometheus.example');
  });
  afterEach(() => server?.stop());
  afterAll(folder.remove);

  it('serves over TLS with files beside its own, and plain HTTP not at all', async () => {
    const url = await start(SERVER);
    expect(url).toMatch(/^https:/);
    const answer = await rawRequest(`${url}/metrics`, { ca: pem('ca.pem') });
    expect(answer.status).toBe(200);
    await expect(rawRequest(url.replace('https:', 'http:'))).rejects.toThrow();
    await expect(rawRequest(url, { ca: pem('other-ca.pem') })).rejects.toThrow();
  });

  it('takes certificate and key inline', async () => {
    const indent = (text: string): string => text.trim().replaceAll('\n', '\n    ');
    const url = await start([
      'cert: |',
      `  ${indent(pem('server.pem'))}`,
      'key: |',
      `  ${indent(pem('server.key'))}`,
    ]);
    expect(await status(url, { ca: pem('ca.pem') })).toBe(200);
  });

  it('speaks TLS 1.2 and 1.3 only, within the versions that are set', async () => {
    await start(SERVER);
    expect((await handshake({ maxVersion: 'TLSv1.2' })).protocol).toBe('TLSv1.2');
    expect((await handshake({})).protocol).toBe('TLSv1.3');
    await expect(handshake({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1' })).rejects.toThrow();
    await server?.stop();
    await start([...SERVER, 'min_version: TLS13']);
    await expect(handshake({ maxVersion: 'TLSv1.2' })).rejects.toThrow();
    await server?.stop();
    await start([...SERVER, 'max_version: TLS12']);
    expect((await handshake({})).protocol).toBe('TLSv1.2');
  });

  it('offers the cipher suites that are set, and TLS 1.3 all the same', async () => {
    await start([
      ...SERVER,
      'cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384]',
      'curve_preferences: [CurveP384]',
    ]);
    expect(await handshake({ maxVersion: 'TLSv1.2' })).toMatchObject({
      cipher: 'ECDHE-ECDSA-AES256-GCM-SHA384',
    });
    await expect(
      handshake({ maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-GCM-SHA256' }),
    ).rejects.toThrow();
    expect((await handshake({})).protocol).toBe('TLSv1.3');
    await expect(handshake({ ecdhCurve: 'X25519' })).rejects.toThrow();
  });

  it('RequireAndVerifyClientCert wants a certificate of the authority, also when a session is resumed', async () => {
    const url = await start([
      ...SERVER,
      'client_auth_type: RequireAndVerifyClientCert',
      'client_ca_file: ca.pem',
    ]);
    expect(await status(url, withCertificate('client'))).toBe(200);
    expect(await status(url, { ca: pem('ca.pem') })).toBe('refused');
    expect(await status(url, withCertificate('stranger'))).toBe('refused');
    await waitFor('both refusals are logged', () => {
      const reasons = logger.lines
        .map(({ fields }) => fields['reason'])
        .filter((reason) => reason !== undefined);
      return reasons.length === 2;
    });
    expect(logger.lines.map(({ fields }) => fields['reason'])).toEqual(
      expect.arrayContaining([
        'no client certificate',
        'client certificate is not signed by the client authority',
      ]),
    );
    const refused = tlsConnect({ host: '127.0.0.1', port: server?.port ?? 0, ca: pem('ca.pem') });
    const sessions: Buffer[] = [];
    refused.on('session', (session: Buffer) => sessions.push(session)).on('error', () => undefined);
    await once(refused, 'close');
    for (const session of sessions) expect(await status(url, { ca: pem('ca.pem'), session })).toBe('refused');
  });

  it('RequireAnyClientCert wants one of anybody', async () => {
    const url = await start([...SERVER, 'client_auth_type: RequireAnyClientCert']);
    expect(await status(url, withCertificate('stranger'))).toBe(200);
    expect(await status(url, { ca: pem('ca.pem') })).toBe('refused');
  });

  it('VerifyClientCertIfGiven takes none, or a signed one', async () => {
    const url = await start([
      ...SERVER,
      'client_auth_type: VerifyClientCertIfGiven',
      'client_ca_file: ca.pem',
    ]);
    expect(await status(url, { ca: pem('ca.pem') })).toBe(200);
    expect(await status(url, withCertificate('client'))).toBe(200);
    expect(await status(url, withCertificate('stranger'))).toBe('refused');
  });

  it('RequestClientCert takes anything', async () => {
    const url = await start([...SERVER, 'client_auth_type: RequestClientCert']);
    expect(await status(url, { ca: pem('ca.pem') })).toBe(200);
    expect(await status(url, withCertificate('stranger'))).toBe(200);
  });

  it('client_allowed_sans wants one of the names', async () => {
    const policy = [...SERVER, 'client_auth_type: RequireAndVerifyClientCert', 'client_ca_file: ca.pem'];
    const allowed = await start([
      ...policy,
      'client_allowed_sans: [x.example, "spiffe://valtronics/prometheus"]',
    ]);
    expect(await status(allowed, withCertificate('client'))).toBe(200);
    await server?.stop();
    const other = await start([...policy, 'client_allowed_sans: [x.example]']);
    expect(await status(other, withCertificate('client'))).toBe('refused');
  });

  it('takes over a renewed certificate, and keeps the old one while certificate and key do not fit', async () => {
    for (const kind of ['pem', 'key']) copyFileSync(at(`server.${kind}`), at(`live.${kind}`));
    await start(['cert_file: live.pem', 'key_file: live.key']);
    const { serial } = await handshake({});
    copyFileSync(at('renewed.pem'), at('live.pem'));
    await server?.web.check();
    expect((await handshake({})).serial).toBe(serial);
    expect(logger.lines.at(-1)).toMatchObject({
      level: 'error',
      fields: { error: expect.stringContaining('cannot be used') },
    });
    copyFileSync(at('renewed.key'), at('live.key'));
    await server?.web.check();
    expect((await handshake({})).serial).not.toBe(serial);
    expect(await status(server?.url ?? '', { ca: pem('ca.pem') })).toBe(200);
  });

  it('a change that needs a restart is refused and said', async () => {
    const url = await start(SERVER);
    const lines = ['cert_file: server.pem', 'key_file: server.key', 'client_auth_type: RequireAnyClientCert'];
    writeFileSync(at('web-config.yml'), `tls_server_config: {${lines.join(', ')}}`);
    await server?.web.check();
    expect(logger.lines.at(-1)?.fields['error']).toMatch(/client_auth_type .*: restart the exporter/);
    writeFileSync(at('web-config.yml'), '');
    await server?.web.check();
    expect(logger.lines.at(-1)?.fields['error']).toBe('TLS was turned on or off: restart the exporter');
    expect(await status(url, { ca: pem('ca.pem') })).toBe(200);
  });

  it('stops in time while a handshake hangs', async () => {
    await start(SERVER);
    await server?.stop();
    writeFileSync(at('web-config.yml'), 'tls_server_config: {cert_file: server.pem, key_file: server.key}');
    server = await startTestServer({ webConfigFile: at('web-config.yml'), grace: 60_000 });
    const socket = netConnect(server.port, '127.0.0.1');
    await once(socket, 'connect');
    const kept = tlsConnect({ host: '127.0.0.1', port: server.port, ca: pem('ca.pem') });
    await once(kept, 'secureConnect');
    socket.on('error', () => undefined);
    kept.on('error', () => undefined);
    const closed = [once(socket, 'close'), once(kept, 'close')];
    await server.stop();
    await Promise.all(closed);
  });
});
