import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** One side of a connection as bytes, one character a byte. */
export interface RawConnection {
  readonly socket: Socket;
  write(text: string): void;
  /** Everything up to and with the text, once it has come; rejects when the connection ends before. */
  until(text: string): Promise<string>;
  /** That many bytes, once they have come. */
  bytes(count: number): Promise<string>;
  /** Everything that comes until the other side ends or breaks the connection. */
  rest(): Promise<string>;
  /** Sends what is written and then the end. */
  end(): void;
  /** Breaks it. */
  destroy(): void;
  /** When it is closed, from whichever side. */
  readonly closed: Promise<void>;
}

/** Makes a socket readable by what it is expected to say. */
export function rawConnection(socket: Socket): RawConnection {
  let received = '';
  let isOver = false;
  let wake = (): void => undefined;
  socket.setEncoding('latin1');
  socket.setNoDelay(true);
  socket.on('data', (text: string) => {
    received += text;
    wake();
  });
  const over = (): void => {
    isOver = true;
    wake();
  };
  // A broken connection is an end like any other here: what came before it is looked at.
  socket.on('error', over);
  socket.on('end', over);
  const closed = new Promise<void>((resolve) =>
    socket.once('close', () => {
      over();
      resolve();
    }),
  );

  /** Waits until the length is known, and takes so much. */
  async function take(length: () => number | undefined, wanted: string): Promise<string> {
    for (;;) {
      const found = length();
      if (found !== undefined) {
        const taken = received.slice(0, found);
        received = received.slice(found);
        return taken;
      }
      if (isOver) throw new Error(`the connection ended before ${wanted}, with ${JSON.stringify(received)}`);
      await new Promise<void>((resolve) => (wake = resolve));
    }
  }

  return {
    socket,
    write: (text) => void socket.write(text, 'latin1'),
    until: (text) =>
      take(() => {
        const at = received.indexOf(text);
        return at === -1 ? undefined : at + text.length;
      }, JSON.stringify(text)),
    bytes: (count) => take(() => (received.length < count ? undefined : count), `${count} bytes`),
    rest: () => take(() => (isOver ? received.length : undefined), 'its end'),
    end: () => void socket.end(),
    destroy: () => void socket.destroy(),
    closed,
  };
}

/** Connects to a port of this machine. */
export async function connectRaw(port: number): Promise<RawConnection> {
  const socket = connect(port, '127.0.0.1');
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  return rawConnection(socket);
}

/** A server that only a test speaks for. */
export interface RawServer {
  readonly port: number;
  /** The next connection, made or to be made. */
  accept(): Promise<RawConnection>;
  /** How many there have been. */
  readonly accepted: () => number;
  stop(): Promise<void>;
}

export async function startRawServer(port = 0): Promise<RawServer> {
  const arrived: RawConnection[] = [];
  const all = new Set<Socket>();
  let accepted = 0;
  let wake: ((connection: RawConnection) => void) | undefined;
  const server = createServer((socket) => {
    accepted += 1;
    all.add(socket);
    socket.once('close', () => all.delete(socket));
    const connection = rawConnection(socket);
    if (wake === undefined) arrived.push(connection);
    else wake(connection);
    wake = undefined;
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    accepted: () => accepted,
    accept: () => {
      const first = arrived.shift();
      return first === undefined ? new Promise((resolve) => (wake = resolve)) : Promise.resolve(first);
    },
    stop: async () => {
      for (const socket of all) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
