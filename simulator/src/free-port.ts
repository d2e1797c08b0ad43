import { type AddressInfo, createServer } from 'node:net';

const HOST = '127.0.0.1';

/**
 * Tries a port of 127.0.0.1: returns it when it is free, any free one for 0. Rejects with the system's error
 * (`EADDRINUSE`, `EACCES`) when it cannot be had.
 */
export async function tryPort(port: number): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, resolve);
  });
  const address: AddressInfo | string | null = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
