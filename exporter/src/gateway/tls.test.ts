import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { makeCertificate, type TestCertificate } from '../../test/support/certificate.ts';
import { describeWith, OPENSSL } from '../../test/support/require.ts';
import { head, startTestGateway } from '../../test/support/gateway.ts';
import { rawRequest } from '../../test/support/http.ts';
import { temporaryFolder } from '../../test/support/server.ts';
import { createWebServer } from '../http/server.ts';
import { openWebConfig } from '../http/web-config/web-config-source.ts';
import { silentLogger } from '../log/logger.ts';

describeWith([OPENSSL], 'TLS', () => {
  let certificate: TestCertificate;
  beforeAll(async () => (certificate = await makeCertificate(2)));
  afterAll(() => certificate.remove());

  it('in front comes from web-config.yml, and the API is told of it', async () => {
    const folder = temporaryFolder('gateway-tls');
    const path = `${folder.path}/web-config.yml`;
    const { certPath, keyPath, cert } = certificate;
    await writeFile(path, `tls_server_config:\n  cert_file: ${certPath}\n  key_file: ${keyPath}\n`);
    const logger = silentLogger();
    const web = await openWebConfig({ path, logger });
    const gateway = await startTestGateway({
      createServer: (options) => createWebServer(web, logger, options),
    });
    const answer = rawRequest(`https://localhost:${gateway.port}/x`, { ca: cert });
    const api = await gateway.api.accept();
    expect(await api.until('\r\n\r\n')).toContain('\r\nX-Forwarded-Proto: https\r\n');
    api.write(`${head('HTTP/1.1 200 OK', 'Content-Length: 2')}ok`);
    expect((await answer).text).toBe('ok');
    expect(await gateway.observer.until(1)).toMatchObject([{ scheme: 'https', peerAddress: '127.0.0.1' }]);
    // Who does not speak TLS gets no answer, and nobody else is harmed.
    const plain = await gateway.connect();
    plain.write(head('GET / HTTP/1.1', 'Host: a'));
    expect(await plain.rest()).not.toContain('HTTP/1.1 200');
    web.stop();
    await folder.remove();
  });

  it('to the API is verified by the authority that the settings name, and by no other', async () => {
    const { cert, key, certPath } = certificate;
    const api = createServer({ cert, key }, (request, response) => {
      response.end(`${request.headers.host ?? ''} ${request.url ?? ''}`);
    });
    await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
    const address = api.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const upstream = `https://localhost:${address.port}/base`;
    const knows = await startTestGateway({ upstream, upstreamCaFile: certPath });
    // The client's own Host reaches the API, whose certificate is for another name.
    const headers = { Host: 'shop.example' };
    const answer = await rawRequest(`http://127.0.0.1:${knows.port}/x`, { headers });
    expect(answer).toMatchObject({ status: 200, text: 'shop.example /base/x' });
    const doubts = await startTestGateway({ upstream });
    const refused = await rawRequest(`http://127.0.0.1:${doubts.port}/x`);
    expect(refused).toMatchObject({ status: 502, headers: { 'x-valtronics-gateway-error': 'upstream_tls' } });
    const plain = await startTestGateway({
      upstream: `https://127.0.0.1:${knows.port}`,
      upstreamCaFile: certPath,
    });
    expect(await rawRequest(`http://127.0.0.1:${plain.port}/x`)).toMatchObject({ status: 502 });
    api.closeAllConnections();
    await new Promise((resolve) => api.close(resolve));
  });
});
