import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { afterEach, describe, expect, it } from '@jest/globals';
import { makeCertificate } from '../../../test/support/certificate.ts';
import { describeWith, OPENSSL } from '../../../test/support/require.ts';
import { createJaegerRequests } from './jaeger-requests.ts';

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
  server = undefined;
});

async function serve(listener: RequestListener, made: Server = createServer()): Promise<string> {
  server = made.on('request', listener);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address !== null ? `127.0.0.1:${address.port}` : '';
}

const NONE = new URLSearchParams();
const { signal } = new AbortController();

describe('requests to Jaeger', () => {
  it('go below the base path, with the log-in of the URL', async () => {
    const seen: unknown[] = [];
    const place = await serve((request, response) => {
      seen.push([request.url, request.headers.authorization, request.headers.accept]);
      response.end('{"services":[]}');
    });
    const requests = createJaegerRequests({ url: `http://user:pa%20ss@${place}/jaeger/` });
    expect(await requests.get('/api/v3/services', NONE, signal)).toEqual({
      status: 200,
      json: { services: [] },
    });
    await requests.get('/api/traces', new URLSearchParams({ service: 'a b' }), signal);
    requests.close();
    const login = `Basic ${Buffer.from('user:pa ss').toString('base64')}`;
    expect(seen).toEqual([
      ['/jaeger/api/v3/services', login, 'application/json'],
      ['/jaeger/api/traces?service=a+b', login, 'application/json'],
    ]);
    expect(requests.place).toBe(place);
  });

  it('give an answer that is no JSON as one without', async () => {
    const place = await serve((_request, response) => response.writeHead(200).end('<!doctype html>'));
    const requests = createJaegerRequests({ url: `http://${place}` });
    expect(await requests.get('/', NONE, signal)).toEqual({ status: 200, json: undefined });
    requests.close();
  });

  it('say in words that nobody is there, without the password', async () => {
    const requests = createJaegerRequests({ url: 'http://user:secret@127.0.0.1:9' });
    const failure = requests.get('/', NONE, signal);
    await expect(failure).rejects.toThrow(/^Jaeger at 127\.0\.0\.1:9 cannot be reached: .*ECONNREFUSED/);
    await expect(failure).rejects.not.toThrow('secret');
  });

  it('end with who asked', async () => {
    const gone = new AbortController();
    const place = await serve(() => gone.abort());
    const requests = createJaegerRequests({ url: `http://${place}` });
    await expect(requests.get('/', NONE, gone.signal)).rejects.toThrow('cannot be reached');
    requests.close();
  });

  it('are broken off where the answer has no end', async () => {
    const place = await serve((_request, response) => {
      const piece = Buffer.alloc(1024 * 1024, 32);
      const write = (): void => {
        while (!response.destroyed && response.write(piece));
      };
      response.on('drain', write);
      write();
    });
    const requests = createJaegerRequests({ url: `http://${place}` });
    await expect(requests.get('/', NONE, signal)).rejects.toThrow('more than 32 MiB');
    requests.close();
  });

  it('name the setting of an authority that cannot be read', async () => {
    const requests = createJaegerRequests({ url: 'https://127.0.0.1:9', caFile: '/nowhere/ca.pem' });
    await expect(requests.get('/', NONE, signal)).rejects.toThrow('correct jaeger.ca_file');
  });

  describeWith([OPENSSL], 'over TLS', () => {
    it('believe the authority that is named, and no other', async () => {
      const certificate = await makeCertificate(1);
      const place = await serve((_request, response) => response.end('{}'), createTlsServer(certificate));
      const unknown = createJaegerRequests({ url: `https://${place}` });
      await expect(unknown.get('/', NONE, signal)).rejects.toThrow(
        'PEM file of that authority in jaeger.ca_file',
      );
      const known = createJaegerRequests({ url: `https://${place}`, caFile: certificate.certPath });
      expect(await known.get('/', NONE, signal)).toEqual({ status: 200, json: {} });
      for (const one of [unknown, known]) one.close();
      await certificate.remove();
    });
  });

  it('refuse a URL of another scheme', () => {
    expect(() => createJaegerRequests({ url: 'ftp://x' })).toThrow('http:// or https://');
  });
});
