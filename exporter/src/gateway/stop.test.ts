import { describe, expect, it } from '@jest/globals';
import { systemClock } from '../base/clock.ts';
import { silentLogger } from '../log/logger.ts';
import { NO_TRACER } from '../trace/tracer.ts';
import { head, recordingObserver, startTestGateway } from '../../test/support/gateway.ts';
import { connectRaw } from '../../test/support/raw-connection.ts';
import { createGateway } from './gateway.ts';

const GET = head('GET / HTTP/1.1', 'Host: a');

describe('the stop', () => {
  it('lets requests end, tells clients that their connections do, and takes no new ones', async () => {
    const gateway = await startTestGateway({ limits: { drain: 60_000 } });
    const idle = await gateway.connect();
    const { client, api } = await gateway.pass(GET);
    await api.until('\r\n\r\n');
    const stopped = gateway.stop();
    await idle.closed;
    await expect(connectRaw(gateway.port)).rejects.toThrow('ECONNREFUSED');
    api.write(`${head('HTTP/1.1 200 OK', 'Content-Length: 2')}ok`);
    expect(await client.rest()).toMatch(/^HTTP\/1\.1 200 OK\r\n.*\r\nConnection: close\r\n.*ok$/s);
    await stopped;
    await api.closed;
    expect(gateway.inFlight()).toBe(0);
  });

  it('breaks what does not end in time', async () => {
    const gateway = await startTestGateway({ limits: { drain: 50 } });
    const { client, api } = await gateway.pass(GET);
    await api.until('\r\n\r\n');
    await gateway.stop();
    expect(await client.rest()).toBe('');
    await api.closed;
    expect(await gateway.observer.until(1)).toMatchObject([{ status: 499 }]);
  });

  it('ends upgraded connections, which would not end by themselves', async () => {
    const gateway = await startTestGateway({ limits: { drain: 600_000 } });
    const { client, api } = await gateway.pass(
      head('GET / HTTP/1.1', 'Host: a', 'Connection: Upgrade', 'Upgrade: websocket'),
    );
    await api.until('\r\n\r\n');
    api.write(head('HTTP/1.1 101 Switching Protocols', 'Connection: Upgrade', 'Upgrade: websocket'));
    await client.until('\r\n\r\n');
    await gateway.stop();
    await Promise.all([client.closed, api.closed]);
  });

  it('may come twice, and before the start', async () => {
    const gateway = await startTestGateway();
    await Promise.all([gateway.stop(), gateway.stop()]);
    const options = {
      ...{ listen: '127.0.0.1:0', upstream: 'http://127.0.0.1:1', trustedProxies: [], tracer: NO_TRACER },
      ...{ clock: systemClock, logger: silentLogger(), observer: recordingObserver(), routeOf: () => '/' },
    };
    await createGateway(options).stop();
  });
});

describe('the start', () => {
  it('says which setting is wrong', async () => {
    const gateway = await startTestGateway();
    await expect(startTestGateway({ listen: `127.0.0.1:${gateway.port}` })).rejects.toThrow(
      /the address is already in use: .*VALTRONICS_GATEWAY_LISTEN$/,
    );
    await expect(
      startTestGateway({ upstream: 'https://127.0.0.1:1', upstreamCaFile: '/nowhere.pem' }),
    ).rejects.toThrow(/^gateway\.upstream_ca_file: cannot use \/nowhere\.pem: .*ENOENT/);
    await expect(startTestGateway({ trustedProxies: ['x'] })).rejects.toThrow('gateway.trusted_proxies: "x"');
    await expect(startTestGateway({ upstream: 'ftp://x' })).rejects.toThrow('must begin with http://');
  });
});
