import { createServer } from 'node:https';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { makeCertificate } from '../../../test/support/certificate.ts';
import { type FakeLogStore, startFakeLogStore } from '../../../test/support/fake-log-store.ts';
import { describeWith, OPENSSL } from '../../../test/support/require.ts';
import { freePort, temporaryFolder } from '../../../test/support/server.ts';
import { createStoreClient, type StoreAddress, type StoreAnswer } from './store-client.ts';

let store: FakeLogStore;
beforeEach(async () => {
  store = await startFakeLogStore();
});
afterEach(() => store.close());

async function get(address: StoreAddress, path = '/'): Promise<StoreAnswer> {
  const client = createStoreClient(address);
  try {
    return await client.request({ method: 'GET', path, signal: new AbortController().signal });
  } finally {
    client.close();
  }
}

describe('createStoreClient', () => {
  it('knows itself by user and password of the URL, which no error shows', async () => {
    const url = store.url.replace('//', '//ana:p%40ss@');
    await get({ url });
    expect(store.calls[0]?.headers.authorization).toBe(`Basic ${Buffer.from('ana:p@ss').toString('base64')}`);
    const gone = `http://ana:secret@127.0.0.1:${await freePort()}`;
    await expect(get({ url: gone })).rejects.toThrow(
      /^the log store at 127\.0\.0\.1:\d+ cannot be reached: .*ECONNREFUSED/,
    );
  });

  it('knows itself by an API key where there is one', async () => {
    await get({ url: store.url.replace('//', '//ana:pass@'), apiKey: 'a2V5' });
    expect(store.calls[0]?.headers.authorization).toBe('ApiKey a2V5');
  });

  it('keeps path and parameters of the URL', async () => {
    await get({ url: `${store.url}/es/?tenant=7` }, '/_bulk?x=1');
    await get({ url: `${store.url}/es/` }, '/_bulk');
    expect(store.calls.map(({ url }) => url)).toEqual(['/es/_bulk?x=1&tenant=7', '/es/_bulk']);
  });

  it('names the fields for VictoriaLogs, unless the URL does', async () => {
    await get({ url: `${store.url}/insert/elasticsearch/?_stream_fields=log.logger` }, '/_bulk');
    const { searchParams } = new URL(store.calls[0]?.url ?? '', store.url);
    expect(Object.fromEntries(searchParams)).toEqual({
      ...{ _stream_fields: 'log.logger', _msg_field: 'message', _time_field: '@timestamp' },
    });
  });

  it('gives back any status, with how long the store wants to be left alone', async () => {
    store.onCall = () => ({ status: 503, body: 'later', headers: { 'Retry-After': '7' } });
    expect(await get({ url: store.url })).toEqual({ status: 503, text: 'later', retryAfter: 7000 });
  });

  it('reads no answer without end', async () => {
    store.onCall = () => ({ status: 200, body: 'x'.repeat(17 * 1024 * 1024) });
    await expect(get({ url: store.url })).rejects.toThrow('answered more than 16777216 bytes');
  });
});

describeWith([OPENSSL], 'a store with TLS', () => {
  it('is known by the authority that is named, and else the setting is', async () => {
    const certificate = await makeCertificate(2);
    const { key, cert, certPath } = certificate;
    const server = createServer({ key, cert }, (_request, response) => response.end('secure'));
    const port = await freePort();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    try {
      const url = `https://localhost:${port}`;
      expect((await get({ url, caFile: certPath })).text).toBe('secure');
      await expect(get({ url })).rejects.toThrow(
        `the log store at localhost:${port} cannot be reached: its certificate was signed by nobody who is known here: name the PEM file of that authority in elasticsearch.ca_file`,
      );
      await expect(get({ url: `http://localhost:${port}` })).rejects.toThrow('cannot be reached');
      const folder = temporaryFolder('no-authority');
      await expect(get({ url, caFile: join(folder.path, 'ca.pem') })).rejects.toThrow(
        /the authority of the log store cannot be read: .*ENOENT.*: correct elasticsearch\.ca_file/,
      );
      await folder.remove();
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await certificate.remove();
    }
  });
});
