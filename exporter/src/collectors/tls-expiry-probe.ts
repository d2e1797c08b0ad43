import { once } from 'node:events';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type PeerCertificate } from 'node:tls';
import { rejectsOnAbort } from '../base/deadline.ts';

/** Where a server speaks TLS. */
export interface TlsEndpoint {
  readonly host: string;
  readonly port: number;
  /** PostgreSQL is asked for TLS first, and may say no; the others speak it from the first byte. */
  readonly postgres?: boolean;
  /** Client certificate and key in PEM, for a server that insists on them; may throw. */
  readonly client?: () => { readonly cert?: Buffer; readonly key?: Buffer };
}

/** The connection of one probe: what is to be destroyed, whatever happens to it. */
interface Probe {
  socket: Socket | undefined;
}

/** PostgreSQL's SSLRequest: its length, 8, and its code. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

function hold<T extends Socket>(probe: Probe, socket: T): T {
  // Without a listener, what a server says to a probe that has ended would end the process.
  socket.on('error', () => undefined);
  probe.socket = socket;
  return socket;
}

/** A connection whose server is ready for a TLS handshake; undefined when it offers none. */
async function askPostgres({ host, port }: TlsEndpoint, probe: Probe): Promise<Socket | undefined> {
  const socket = hold(probe, connectTcp({ host, port }));
  await once(socket, 'connect');
  socket.write(SSL_REQUEST);
  const answer = await new Promise<string>((resolve, reject) => {
    socket.once('data', (chunk: Buffer) => resolve(chunk.toString('latin1', 0, 1)));
    socket.once('error', reject);
    socket.once('end', () => reject(new Error('the server closed the connection when asked for TLS')));
  });
  if (answer !== 'S' && answer !== 'N') throw new Error('the server does not answer as PostgreSQL does');
  return answer === 'S' ? socket : undefined;
}

async function readEnd(endpoint: TlsEndpoint, probe: Probe): Promise<string | undefined> {
  const { host, port, client, postgres = false } = endpoint;
  const socket = postgres ? await askPostgres(endpoint, probe) : undefined;
  if (postgres && socket === undefined) return undefined;
  const secure = connectTls({
    ...client?.(),
    ...(socket === undefined ? { host, port } : { socket }),
    servername: isIP(host) === 0 ? host : '',
    // Nothing is sent, so nothing can be lost; and a certificate that has expired is just what is looked for.
    rejectUnauthorized: false,
  });
  await once(hold(probe, secure), 'secureConnect');
  const certificate: Partial<PeerCertificate> = secure.getPeerCertificate();
  return certificate.valid_to;
}

/**
 * Connects, reads until when the server's certificate is valid, and closes, without a word of what is spoken
 * inside TLS. The answer is as in Node's `PeerCertificate.valid_to`; undefined when the server offers no TLS.
 *
 * @throws Error of Node or OpenSSL when there is no handshake; the signal's reason when it is aborted
 */
export async function readCertificateEnd(
  endpoint: TlsEndpoint,
  signal: AbortSignal,
): Promise<string | undefined> {
  const probe: Probe = { socket: undefined };
  try {
    return await Promise.race([readEnd(endpoint, probe), rejectsOnAbort(signal)]);
  } finally {
    // The outermost alone: Node 24 crashes when the socket below TLS is destroyed with it.
    probe.socket?.destroy();
  }
}
