import type { Server } from 'node:net';
import { parseListenAddress } from './listen-address.ts';

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the address is already in use: stop the other program or set',
  EACCES: 'no permission for this port: take one above 1023 or set',
  EADDRNOTAVAIL: 'this machine has no such address: set',
  ENOTFOUND: 'there is no such host name: set',
};

function listenError(listen: string, setting: string, error: NodeJS.ErrnoException): Error {
  const reason = REASONS[error.code ?? ''];
  const words = reason === undefined ? error.message : `${reason} ${setting}`;
  return new Error(`cannot listen on ${listen}: ${words}`, { cause: error });
}

/**
 * Lets the server listen on `host:port`, and returns the port that it got. Rejects with one line for operators that names
 * the environment variable to change.
 */
export async function listenOn(server: Server, listen: string, setting: string): Promise<number> {
  const { host, port } = parseListenAddress(listen);
  await new Promise<void>((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException): void => reject(listenError(listen, setting, error));
    server.once('error', refuse);
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () => {
      server.off('error', refuse);
      resolve();
    });
  });
  const bound = server.address();
  return typeof bound === 'object' && bound !== null ? bound.port : port;
}
