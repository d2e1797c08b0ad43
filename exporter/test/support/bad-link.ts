import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './server.ts';

/** How a link to a source behaves. */
export type LinkMode = 'healthy' | 'hanging' | 'slow' | 'lying' | 'refusing';

/** A TCP link to a server of 127.0.0.1 that a test can spoil. */
export interface BadLink {
  readonly port: number;
  /** Spoils or mends the link; what is connected is cut, as when the source itself falls over. */
  set(mode: LinkMode): Promise<void>;
  stop(): Promise<void>;
}

const NONSENSE = Buffer.from('\u0000\u00ff%%% not what you expect %%%\r\n\r\n'.repeat(20));
/** Bytes and milliseconds of a slow link: no answer of any source arrives in a scrape's time. */
const DRIP_BYTES = 1;
const DRIP_PAUSE = 500;

async function drip(from: Socket, to: Socket): Promise<void> {
  const chunks: AsyncIterable<Buffer> = from;
  for await (const chunk of chunks) {
    for (let offset = 0; offset < chunk.length && !to.destroyed; offset += DRIP_BYTES) {
      to.write(chunk.subarray(offset, offset + DRIP_BYTES));
      await delay(DRIP_PAUSE);
    }
  }
}

/** Opens a link to the port. */
export async function openBadLink(target: number): Promise<BadLink> {
  const port = await freePort();
  const sockets = new Set<Socket>();
  let mode: LinkMode = 'healthy';

  function carry(client: Socket): void {
    sockets.add(client);
    client.on('error', () => client.destroy());
    client.on('close', () => sockets.delete(client));
    if (mode === 'hanging') return;
    if (mode === 'lying') {
      client.on('data', () => client.write(NONSENSE));
      return;
    }
    const server = connect(target, '127.0.0.1');
    sockets.add(server);
    server.on('error', () => client.destroy());
    server.on('close', () => {
      sockets.delete(server);
      client.destroy();
    });
    client.on('close', () => server.destroy());
    client.pipe(server);
    // A cut connection ends the dripping with an error that means nothing here.
    if (mode === 'slow') drip(server, client).catch(() => undefined);
    else server.pipe(client);
  }

  const listener = createServer(carry);
  const listen = (): Promise<void> => new Promise((resolve) => listener.listen(port, '127.0.0.1', resolve));
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => listener.close(() => resolve()));
    cut();
    await closed;
  };
  await listen();
  return {
    port,
    set: async (next) => {
      if (mode === 'refusing' && next !== 'refusing') await listen();
      if (mode !== 'refusing' && next === 'refusing') await close();
      mode = next;
      cut();
    },
    stop: async () => {
      if (mode !== 'refusing') await close();
    },
  };
}
