import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { waitFor } from '../../exporter/test/support/server.ts';
import { type Link, openLink } from './link.ts';

/** A client of the link that remembers what it heard. */
interface Client {
  readonly socket: Socket;
  heard: string;
  end: 'open' | 'closed';
}

describe('a link', () => {
  let server: Server;
  let serverPort = 0;
  let received = '';
  let link: Link;
  const clients: Client[] = [];

  beforeEach(async () => {
    received = '';
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (chunk: Buffer) => {
        received += chunk.toString();
        socket.write(`${chunk.toString()}!`);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    serverPort = typeof address === 'object' && address !== null ? address.port : 0;
    link = await openLink(serverPort);
  });
  afterEach(async () => {
    for (const { socket } of clients.splice(0)) socket.destroy();
    await link.stop();
    await new Promise((resolve) => server.close(resolve));
  });

  function client(through = link): Client {
    const one: Client = { socket: connect(through.port, '127.0.0.1'), heard: '', end: 'open' };
    one.socket.on('data', (chunk: Buffer) => (one.heard += chunk.toString()));
    one.socket.on('error', () => undefined);
    one.socket.on('close', () => (one.end = 'closed'));
    clients.push(one);
    return one;
  }
  async function talking(through = link): Promise<Client> {
    const one = client(through);
    one.socket.write('a');
    await waitFor('an answer', () => one.heard === 'a!');
    return one;
  }

  it('carries both ways', async () => {
    await talking();
  });

  it('refuses whoever comes, ends who is there, and listens again afterwards', async () => {
    const before = await talking();
    await link.set('refuse');
    await waitFor('the end', () => before.end === 'closed');
    const refused = client();
    await waitFor('the refusal', () => refused.end === 'closed');
    await link.set('open');
    await talking();
  });

  it('hangs without an end, and goes on where it was', async () => {
    const before = await talking();
    await link.set('hang');
    const during = client();
    for (const { socket } of [before, during]) socket.write('b');
    // What does not come cannot be waited for: another link shows that there was time for it.
    const other = await openLink(serverPort);
    await talking(other);
    expect(received).toBe('aa');
    expect([before.heard, during.heard, before.end]).toEqual(['a!', '', 'open']);
    await link.set('open');
    await waitFor('both answers', () => before.heard === 'a!b!' && during.heard === 'b!');
    for (const { socket } of clients) socket.destroy();
    await other.stop();
  });

  it('cuts at the first bytes of an answer, which the server has read the question of', async () => {
    const before = await talking();
    await link.set('cut');
    before.socket.write('b');
    await waitFor('the cut', () => before.end === 'closed');
    expect([received, before.heard]).toEqual(['ab', 'a!']);
  });

  it('delays answers and keeps their order', async () => {
    const before = await talking();
    await link.set('delay');
    before.socket.write('b');
    await waitFor('the question', () => received === 'ab');
    expect(before.heard).toBe('a!');
    await link.set('open');
    before.socket.write('c');
    await waitFor('both answers', () => before.heard === 'a!b!c!');
  });
});
