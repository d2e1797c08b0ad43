import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { attemptContext } from '../../test/support/attempt.ts';
import { makeCertificate, type TestCertificate } from '../../test/support/certificate.ts';
import { manualClock } from '../../test/support/clock.ts';
import { recordingLogger, recordingMetrics } from '../../test/support/recording.ts';
import { describeWith, OPENSSL } from '../../test/support/require.ts';
import { freePort, waitFor } from '../../test/support/server.ts';
import { CERTIFICATE_EXPIRY } from '../metrics/catalogue/platform.ts';
import type { Collector } from './collector.ts';
import { createCertificateExpiry } from './tls-expiry.ts';
import type { TlsEndpoint } from './tls-expiry-probe.ts';
import { watchCertificate } from './tls-expiry-watch.ts';

const HOUR = 3_600_000;
const TARGET = 'redis://cache:6379';

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function listen(server: Server, sockets: Set<Socket>): Promise<number> {
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  undo.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return port;
}

/** A server that is no TLS server. */
async function plain(connected: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  return { sockets, port: await listen(createServer(connected), sockets) };
}

async function secure(options: TlsOptions): Promise<number> {
  const server = createTlsServer(options);
  server.on('tlsClientError', () => undefined);
  return listen(server, new Set());
}

async function certificate(days: number): Promise<TestCertificate> {
  const made = await makeCertificate(days);
  undo.push(made.remove);
  return made;
}

/** Watches a collector that fails at every attempt, as that of a source whose certificate is bad does. */
function watch(endpoint: TlsEndpoint) {
  const metrics = recordingMetrics();
  const logger = recordingLogger();
  const clock = manualClock();
  const calls: string[] = [];
  const inner: Collector = {
    name: 'redis',
    target: TARGET,
    collect: () => Promise.reject(new Error('presents a certificate that has expired')),
    withdraw: () => undefined,
    stop: () => Promise.resolve(void calls.push('stop')),
  };
  const collector = watchCertificate(inner, endpoint, {
    certificateExpiry: createCertificateExpiry(metrics),
    clock,
    logger,
  });
  const attempt = async (): Promise<void> => {
    await expect(collector.collect(attemptContext(1000))).rejects.toThrow('has expired');
  };
  const said = (): string[] => logger.lines.filter((line) => line.includes('cannot be looked at'));
  undo.push(async () => collector.stop?.());
  return { collector, clock, attempt, said, calls, shown: () => metrics.gauge(CERTIFICATE_EXPIRY, TARGET) };
}

describe('the look at a certificate', () => {
  describeWith([OPENSSL], 'of a real server', () => {
    it('sees one that the working connection refuses', async () => {
      const refused = await certificate(1);
      const port = await secure(refused);
      const { attempt, shown } = watch({ host: '127.0.0.1', port });
      await attempt();
      await waitFor('the certificate', () => shown() === refused.validTo / 1000);
    });

    it('names the host to a server that holds several certificates', async () => {
      const { key, cert } = await certificate(5);
      let named = '';
      const SNICallback: TlsOptions['SNICallback'] = (name, done) => {
        named = name;
        done(null);
      };
      const { attempt, shown } = watch({ host: 'localhost', port: await secure({ key, cert, SNICallback }) });
      await attempt();
      await waitFor('the certificate', () => shown() !== undefined);
      expect(named).toBe('localhost');
    });
  });

  it('finds nothing wrong with a PostgreSQL that offers no TLS, and nothing to show', async () => {
    let closed = 0;
    const { port } = await plain((socket) => {
      socket.on('data', () => socket.write('N'));
      socket.on('close', () => (closed += 1));
    });
    const { attempt, said, shown } = watch({ host: '127.0.0.1', port, postgres: true });
    await attempt();
    await waitFor('its end', () => closed === 1);
    expect([shown(), said()]).toEqual([undefined, []]);
  });

  it.each([
    ['hangs up', (socket: Socket) => socket.resume().end(), 'closed the connection when asked for TLS'],
    [
      'is something else',
      (socket: Socket) => socket.on('data', () => socket.write('HTTP/1.1 400')),
      'does not answer as PostgreSQL does',
    ],
  ])('says what is wrong once, and looks again after an hour, with who %s', async (_what, answer, words) => {
    let connections = 0;
    const { port } = await plain((socket) => {
      connections += 1;
      answer(socket);
    });
    const { attempt, clock, said } = watch({ host: '127.0.0.1', port, postgres: true });
    await attempt();
    await waitFor('the line', () => said().length === 1);
    expect(said()[0]).toContain(words);
    await attempt();
    clock.advance(HOUR - 1);
    await attempt();
    expect(connections).toBe(1);
    clock.advance(1);
    await attempt();
    await waitFor('the second look', () => connections === 2);
  });

  it('says in words that nobody listens, and that a client certificate cannot be read', async () => {
    const refused = watch({ host: '127.0.0.1', port: await freePort() });
    await refused.attempt();
    await waitFor('the line', () => refused.said().length === 1);
    expect(refused.said()[0]).toContain(`${TARGET} refuses the connection`);
    const unreadable = watch({
      host: '127.0.0.1',
      port: 1,
      client: () => {
        throw new Error('mqtt.cert_file /nowhere does not exist');
      },
    });
    await unreadable.attempt();
    await waitFor('the line', () => unreadable.said().length === 1);
    expect(unreadable.said()[0]).toContain('mqtt.cert_file /nowhere does not exist');
  });

  it.each([true, false])(
    'ends at once when the collector stops: before it, and silently',
    async (postgres) => {
      const { port, sockets } = await plain((socket) => void socket.resume());
      const { attempt, collector, said, shown, calls } = watch({ host: '127.0.0.1', port, postgres });
      await attempt();
      await waitFor('the connection', () => sockets.size === 1);
      await collector.stop?.();
      expect(calls).toEqual(['stop']);
      await waitFor('the connection is closed', () => sockets.size === 0);
      expect([shown(), said()]).toEqual([undefined, []]);
    },
  );

  it('is none without an endpoint', () => {
    const inner: Collector = {
      name: 'redis',
      target: TARGET,
      collect: () => Promise.reject(new Error()),
      withdraw: () => undefined,
    };
    const metrics = recordingMetrics();
    const options = { certificateExpiry: createCertificateExpiry(metrics), clock: manualClock() };
    expect(watchCertificate(inner, undefined, { ...options, logger: recordingLogger() })).toBe(inner);
  });
});
