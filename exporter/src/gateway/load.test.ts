import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { createServer, request, type RequestListener } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import autocannon from 'autocannon';
import { head, startTestGateway } from '../../test/support/gateway.ts';
import { freePort, waitFor } from '../../test/support/server.ts';

/** Milliseconds; ends only what hangs, on a machine that does much else. */
const LONG = 600_000;
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** An API on that port, until it is stopped. */
async function startApi(port: number, listener: RequestListener): Promise<() => Promise<void>> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopped ??= new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
    return stopped;
  };
  stops.push(stop);
  return stop;
}

const descriptors = (): number => readdirSync('/proc/self/fd').length;

it(
  'an API that is killed and started again under load costs answers of 502 and nothing else',
  async () => {
    const port = await freePort();
    const answer: RequestListener = (_request, response) => void response.end('fine');
    const kill = await startApi(port, answer);
    const gateway = await startTestGateway({ upstream: `http://127.0.0.1:${port}` });
    const seen: number[] = [];
    let isBack: Promise<unknown> | undefined;
    const result = await new Promise<autocannon.Result>((resolve, reject) => {
      const run = autocannon(
        { url: `http://127.0.0.1:${gateway.port}/x`, connections: 20, amount: 6000, timeout: 60 },
        (error, done) => (error instanceof Error ? reject(error) : resolve(done)),
      );
      run.on('response', (_client, status) => {
        seen.push(status);
        if (seen.length === 1000) void kill();
        if (seen.filter((one) => one === 502).length >= 500) isBack ??= startApi(port, answer);
      });
    });
    await isBack;
    const statuses = new Map(seen.map((status) => [status, seen.filter((one) => one === status).length]));
    expect([...statuses.keys()].sort()).toEqual([200, 502]);
    expect(statuses.get(502)).toBe(gateway.observer.failures.length);
    expect(seen.slice(-1000).every((status) => status === 200)).toBe(true);
    expect([result.errors, result.timeouts, result.mismatches]).toEqual([0, 0, 0]);
    await gateway.observer.until(6000);
    expect(gateway.inFlight()).toBe(0);
  },
  LONG,
);

it(
  'a hundred megabytes pass in both directions, whole and as fast as they are taken',
  async () => {
    const SIZE = 100 * 2 ** 20;
    const PIECE = Buffer.alloc(65_536, 'valtronics ');
    const port = await freePort();
    // The API sends back what it gets: nothing is ahead of its reader anywhere.
    await startApi(port, (incoming, response) => void incoming.pipe(response));
    const gateway = await startTestGateway({ upstream: `http://127.0.0.1:${port}` });
    const [sent, received] = [createHash('sha256'), createHash('sha256')];
    let [out, back, furthest] = [0, 0, 0];
    await new Promise<void>((resolve, reject) => {
      const client = request({ host: '127.0.0.1', port: gateway.port, method: 'POST' }, (answer) => {
        answer.on('data', (piece: Buffer) => {
          back += piece.length;
          furthest = Math.max(furthest, out - back);
          received.update(piece);
        });
        answer.once('end', resolve);
        answer.once('error', reject);
      });
      client.once('error', reject);
      const more = (): void => {
        while (out < SIZE) {
          out += PIECE.length;
          sent.update(PIECE);
          if (!client.write(PIECE)) {
            client.once('drain', more);
            return;
          }
        }
        client.end();
      };
      more();
    });
    expect(back).toBe(SIZE);
    expect(received.digest('hex')).toBe(sent.digest('hex'));
    // What lies between is what the buffers of four connections hold, on both sides of the system.
    expect(furthest).toBeLessThan(SIZE / 2);
    expect(await gateway.observer.until(1)).toMatchObject([{ requestBytes: SIZE, responseBytes: SIZE }]);
  },
  LONG,
);

describe('ten thousand clients that leave', () => {
  it(
    'leave no descriptor and no request behind',
    async () => {
      const port = await freePort();
      // Answers nothing, half or all: whatever the moment of the leaving, everything is let go.
      await startApi(port, (incoming, response) => {
        if (incoming.url === '/half') response.write('half');
        else if (incoming.url === '/all') response.end('all');
        incoming.resume();
      });
      const gateway = await startTestGateway({ upstream: `http://127.0.0.1:${port}` });
      const before = descriptors();
      const requests = ['/none', '/half', '/all'].map((path) => head(`GET ${path} HTTP/1.1`, 'Host: a'));
      requests.push(`${head('POST /none HTTP/1.1', 'Host: a', 'Content-Length: 99999')}part`);

      const leave = (turn: number): Promise<void> =>
        new Promise((resolve) => {
          const socket = connect(gateway.port, '127.0.0.1', () => {
            socket.write(requests[turn % requests.length] ?? '');
            // At once, within the gateway's work, or once it has gone on; by a reset, a close or half a close.
            if (turn % 3 === 0) socket.resetAndDestroy();
            else if (turn % 3 === 1) setImmediate(() => socket.destroy());
            else if (turn % 2 === 0) setImmediate(() => setImmediate(() => socket.resetAndDestroy()));
            else socket.end();
          });
          // A reset by the other side is what this is about.
          socket.on('error', () => undefined);
          socket.resume();
          socket.once('close', () => resolve());
        });
      for (let turn = 0; turn < 10_000; turn += 100)
        await Promise.all(Array.from({ length: 100 }, (_, index) => leave(turn + index)));
      await waitFor('no request is left', () => gateway.inFlight() === 0);
      expect(gateway.observer.requests).toHaveLength(gateway.observer.begun);
      await gateway.stop();
      await waitFor('no descriptor is left', () => descriptors() <= before);
    },
    LONG,
  );
});
