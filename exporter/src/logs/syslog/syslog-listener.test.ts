import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { recordingLogger } from '../../../test/support/http.ts';
import { describeWith } from '../../../test/support/require.ts';
import { waitFor } from '../../../test/support/server.ts';
import { systemClock } from '../../base/clock.ts';
import type { LogEntry } from '../entry.ts';
import {
  createSyslogListener,
  SYSLOG_LIMITS,
  type SyslogLimits,
  type SyslogListener,
} from './syslog-listener.ts';

const run = promisify(execFile);

let listener: SyslogListener;
let taken: LogEntry[];
let dropped: number;
let hasRoom: boolean;
let attempts = 0;
const clients: Socket[] = [];

async function listen(limits: Partial<SyslogLimits> = {}, port = 0): Promise<number> {
  listener = createSyslogListener({
    listen: { host: '127.0.0.1', port },
    take: (entries) => {
      attempts++;
      if (hasRoom) taken.push(...entries);
      return hasRoom;
    },
    onDrop: (messages) => {
      dropped += messages;
    },
    clock: systemClock,
    logger: recordingLogger(),
    limits: { ...SYSLOG_LIMITS, ...limits },
  });
  await listener.start();
  return listener.address()?.port ?? 0;
}

async function client(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  clients.push(socket);
  await once(socket, 'connect');
  return socket;
}

beforeEach(() => {
  taken = [];
  dropped = 0;
  hasRoom = true;
});
afterEach(async () => {
  for (const socket of clients.splice(0)) socket.destroy();
  await listener.stop();
});

const messages = (): string[] => taken.map(({ message }) => message);

describe('a syslog message', () => {
  it('comes by TCP and by UDP at the same port', async () => {
    const port = await listen();
    const socket = await client(port);
    socket.write(
      '<11>1 2026-11-29T12:00:00.5Z host worker 17 - - it broke\n<134>Nov 29 12:00:00 host cron[3]: fine\n',
    );
    const udp = createSocket('udp4');
    udp.send('<14>1 2026-11-29T12:00:01Z host worker - - - by UDP\n', port, '127.0.0.1');
    await waitFor('all three', () => taken.length === 3);
    udp.close();
    const byMessage = new Map(taken.map((entry) => [entry.message, entry]));
    expect(byMessage.get('it broke')).toMatchObject({
      ...{ level: 'ERROR', service: 'worker', category: 'error', timeSource: 'line', format: 'syslog' },
      ...{ timestamp: Date.UTC(2026, 10, 29, 12, 0, 0, 500), truncated: false },
    });
    expect(byMessage.get('fine')).toMatchObject({ level: 'INFO', service: 'cron', timeSource: 'zoneless' });
    expect(byMessage.get('by UDP')).toMatchObject({ level: 'INFO', service: 'worker' });
    expect(new Set(taken.map(({ id }) => id)).size).toBe(3);
    for (const { id } of taken) expect(id).toMatch(/^[\w-]{1,40}$/);
  });

  it('that is none is kept as it is', async () => {
    const socket = await client(await listen());
    socket.end('hello password=hunter2');
    await waitFor('it', () => taken.length === 1);
    const [entry] = taken;
    expect(entry).toMatchObject({
      level: 'UNKNOWN',
      service: 'syslog',
      timeSource: 'read',
      format: undefined,
    });
    expect(entry?.raw).not.toContain('hunter2');
  });

  it('that wraps the line of a program is read as that', async () => {
    const socket = await client(await listen());
    socket.end(
      [
        '<14>1 2026-11-29T12:00:00Z h api - - - ERROR:app.main:it broke',
        '<190>Nov 29 12:00:00 h nginx: 10.0.0.7 - - [29/Nov/2026:11:58:00 +0000] "GET /x HTTP/1.1" 404 17',
        '<11>1 2026-11-29T12:00:00Z h api - - - plain',
      ].join('\n'),
    );
    await waitFor('all', () => taken.length === 3);
    expect(taken).toMatchObject([
      { level: 'ERROR', service: 'api', logger: 'app.main', message: 'it broke' },
      { service: 'nginx', category: 'access', request: { method: 'GET', url: '/x', status: 404 } },
      { level: 'ERROR', service: 'api', message: 'plain', format: 'syslog' },
    ]);
  });

  it('that is too long is cut, and the next is whole', async () => {
    const socket = await client(await listen({ messageBytes: 100 }));
    socket.end(`<14>1 - h a - - - ${'x'.repeat(1000)}\n<14>1 - h a - - - next\n`);
    await waitFor('both', () => taken.length === 2);
    expect(taken.map(({ truncated }) => truncated)).toEqual([true, false]);
  });

  it('that does not end in time ends its connection', async () => {
    const socket = await client(await listen({ messageTime: 1 }));
    const closed = once(socket, 'close');
    socket.write('<14>1 - h a');
    await closed;
  });

  it('waits while there is no room: TCP is not read further, and nothing of it is lost', async () => {
    const port = await listen();
    hasRoom = false;
    const socket = await client(port);
    const lines = Array.from({ length: 2000 }, (_, n) => `<14>1 - h a - - - m${n}\n`).join('');
    socket.end(lines);
    const udp = createSocket('udp4');
    // Until nothing more can wait.
    await waitFor('a loss', () => {
      for (let n = 0; n < 50; n++) udp.send('<14>1 - h a - - - by UDP', port, '127.0.0.1');
      return dropped > 0;
    });
    udp.close();
    hasRoom = true;
    await waitFor('all', () => messages().filter((text) => text.startsWith('m')).length === 2000);
    expect(messages().filter((text) => text.startsWith('m'))).toEqual(
      Array.from({ length: 2000 }, (_, n) => `m${n}`),
    );
  });
});

describe('the listener', () => {
  it('has so many connections at most', async () => {
    const port = await listen({ connections: 2 });
    const first = await client(port);
    await client(port);
    const third = await client(port);
    await once(third, 'close');
    first.write('<14>1 - h a - - - still here\n');
    await waitFor('it', () => messages().includes('still here'));
  });

  it('says what is wrong with an address that is taken, and leaves nothing behind', async () => {
    const other = createServer();
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    await expect(listen({}, port)).rejects.toThrow(
      `cannot listen for syslog on 127.0.0.1:${port} (EADDRINUSE): set VALTRONICS_SYSLOG_LISTEN`,
    );
    expect(listener.address()).toBeUndefined();
    other.close();
    await once(other, 'close');
    await listener.start();
    expect(listener.address()).toEqual({ host: '127.0.0.1', port });
  });

  it('hands on what came when it stops, and counts what nobody takes', async () => {
    for (const isThere of [true, false]) {
      hasRoom = false;
      attempts = 0;
      const socket = await client(await listen());
      socket.write('<14>1 - h a - - - last\n');
      await waitFor('the message', () => attempts > 0);
      hasRoom = isThere;
      await listener.stop();
      expect(listener.address()).toBeUndefined();
      expect({ taken: messages(), dropped }).toEqual({ taken: ['last'], dropped: isThere ? 0 : 1 });
    }
  });
});

describeWith([{ names: ['logger'], package: 'bsdutils' }], 'logger of util-linux', () => {
  const send = (port: number, ...options: string[]) =>
    run('logger', ['--server', '127.0.0.1', '--port', String(port), '--tag', 'probe', ...options]);

  it('is understood in all of its ways', async () => {
    const port = await listen();
    await send(port, '--tcp', '--rfc5424', '--priority', 'user.err', 'by 5424');
    await send(port, '--tcp', '--rfc3164', '--priority', 'user.warning', 'by 3164');
    await send(port, '--tcp', '--octet-count', '--rfc5424', '--priority', 'user.crit', 'by octets');
    await send(port, '--udp', '--rfc5424', '--priority', 'user.info', 'by UDP');
    await waitFor('all', () => taken.length === 4);
    const seen = new Map(taken.map(({ message, level, service }) => [message, `${level} ${service}`]));
    expect(Object.fromEntries(seen)).toEqual({
      'by 5424': 'ERROR probe',
      'by 3164': 'WARNING probe',
      'by octets': 'CRITICAL probe',
      'by UDP': 'INFO probe',
    });
    for (const { timestamp, created } of taken) expect(Math.abs(timestamp - created)).toBeLessThan(60_000);
  });
});
