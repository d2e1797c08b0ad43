import { connect, createServer, type Socket } from 'node:net';
import { freePort } from '../../exporter/test/support/server.ts';

/** How a link behaves. */
export type LinkMode = 'open' | 'refuse' | 'hang' | 'delay' | 'cut';

/**
 * A TCP link to a server of 127.0.0.1. `refuse`: it is closed. `hang`: what is connected stays so and hears nothing, and
 * goes on where it was afterwards. `delay`: answers come `LATENESS` later. `cut`: a connection ends at the first bytes of an
 * answer.
 */
export interface Link {
  readonly port: number;
  set(mode: LinkMode): Promise<void>;
  stop(): Promise<void>;
}

/** Milliseconds: longer than the exporter waits for a source. */
export const LATENESS = 7_000;
/** Bytes of late answers beyond which a server is read no further. */
const MOST_LATE = 1_048_576;

interface Carried {
  readonly client: Socket;
  readonly server: Socket;
  /** Takes up or leaves the hanging. */
  apply(mode: LinkMode): void;
}

/** Opens a link to the port. */
export async function openLink(target: number): Promise<Link> {
  const port = await freePort();
  const carried = new Set<Carried>();
  let mode: LinkMode = 'open';

  function carry(client: Socket): void {
    const server = connect(target, '127.0.0.1');
    let waiting = 0;
    const end = (): void => {
      client.destroy();
      server.destroy();
      carried.delete(connection);
    };
    const connection: Carried = {
      client,
      server,
      apply(next) {
        for (const socket of [client, server]) {
          if (next === 'hang') socket.pause();
          else if (waiting < MOST_LATE) socket.resume();
        }
      },
    };
    carried.add(connection);
    const late: { readonly due: number; readonly chunk: Buffer }[] = [];
    /** Passes on what is due, in its order whatever the mode was when it came. */
    const pass = (): void => {
      const now = performance.now();
      let isTaken = true;
      while (late[0] !== undefined && late[0].due <= now) {
        const [next] = late.splice(0, 1);
        if (next === undefined || client.destroyed) return;
        waiting -= next.chunk.length;
        isTaken = client.write(next.chunk);
      }
      if (late[0] !== undefined) setTimeout(pass, Math.ceil(late[0].due - now));
      if (isTaken && waiting < MOST_LATE && mode !== 'hang') server.resume();
    };
    server.on('data', (chunk: Buffer) => {
      if (mode === 'cut') {
        end();
        return;
      }
      waiting += chunk.length;
      if (waiting >= MOST_LATE) server.pause();
      const due = performance.now() + (mode === 'delay' ? LATENESS : 0);
      late.push({ due: Math.max(due, late.at(-1)?.due ?? 0), chunk });
      // Else the timer of what came before passes it on.
      if (late.length === 1) pass();
    });
    client.on('drain', () => {
      if (mode !== 'hang' && waiting < MOST_LATE) server.resume();
    });
    client.on('data', (chunk: Buffer) => {
      if (!server.write(chunk)) client.pause();
    });
    server.on('drain', () => {
      if (mode !== 'hang') client.resume();
    });
    for (const socket of [client, server]) {
      socket.on('error', end);
      socket.on('close', end);
    }
    connection.apply(mode);
  }

  let listener = createServer(carry);
  const listen = (): Promise<void> =>
    new Promise((resolve, reject) => {
      listener.once('error', reject);
      listener.listen(port, '127.0.0.1', resolve);
    });
  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => listener.close(() => resolve()));
    for (const { client, server } of carried) {
      client.destroy();
      server.destroy();
    }
    await closed;
  };
  await listen();
  return {
    port,
    async set(next) {
      if (next === mode) return;
      const was = mode;
      mode = next;
      if (next === 'refuse') await close();
      if (was === 'refuse') {
        listener = createServer(carry);
        await listen();
      }
      for (const connection of carried) connection.apply(next);
    },
    async stop() {
      if (mode !== 'refuse') await close();
    },
  };
}
