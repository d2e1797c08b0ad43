import { readFile } from 'node:fs/promises';
import { Agent as HttpAgent, request as httpRequest, type ClientRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { createSecureContext, type SecureContext } from 'node:tls';
import { httpPort, parseCredentialUrl } from '../base/credential-url.ts';
import { messageOf } from '../base/errors.ts';
import type { GatewayLimits } from './limits.ts';

export interface UpstreamRequest {
  readonly method: string;
  /** In origin form, or `*`. */
  readonly target: string;
  readonly headers: readonly string[];
  /** On a connection of its own, which is not kept: for an upgrade, and when a kept one turned out to be closed. */
  readonly fresh: boolean;
}

/** The API behind the gateway. */
export interface Upstream {
  /** Host and port, as they stand in `Host`. */
  readonly place: string;
  readonly host: string;
  readonly port: number;
  /** Reads the authority's file; rejects with a sentence for operators. */
  start(): Promise<void>;
  /** Begins a request; throws when Node refuses its headers. The caller listens for errors. */
  request(asked: UpstreamRequest): ClientRequest;
  /** Whether the request still waits for its connection, the TLS handshake included. */
  isConnecting(request: ClientRequest): boolean;
  /** Closes all connections. */
  stop(): void;
}

/** Bytes of an answer's head: more than any server sends, and more than a client's request may have. */
const ANSWER_HEAD_BYTES = 65_536;

async function readAuthority(path: string): Promise<SecureContext> {
  try {
    return createSecureContext({ ca: await readFile(path) });
  } catch (error) {
    throw new Error(`gateway.upstream_ca_file: cannot use ${path}: ${messageOf(error)}`, { cause: error });
  }
}

/** Makes the way to the API; throws where the URL is none. */
export function createUpstream(url: string, caFile: string | undefined, limits: GatewayLimits): Upstream {
  const address = parseCredentialUrl(url, { schemes: ['http', 'https'] });
  const { scheme, host, place, path } = address;
  const prefix = path.replace(/\/+$/, '');
  const port = httpPort(address);
  const isSecure = scheme === 'https';
  const Agent = isSecure ? HttpsAgent : HttpAgent;
  const send = isSecure ? httpsRequest : httpRequest;
  const kept = new Agent({
    ...{ keepAlive: true, scheduling: 'lifo', timeout: limits.upstreamKeepAlive },
    maxFreeSockets: limits.inFlight,
  });
  const single = new Agent({ keepAlive: false });
  // The context, not the file's text: the agent keeps a text in the name under which it looks for connections.
  let secureContext: SecureContext | undefined;
  /** Connections whose TLS handshake is over. */
  const secured = new WeakSet<Socket>();

  return {
    ...{ place, host, port },
    start: async () => {
      if (isSecure && caFile !== undefined) secureContext = await readAuthority(caFile);
    },
    request: ({ method, target, headers, fresh }) => {
      const request = send({
        ...{ host, port, method, headers, agent: fresh ? single : kept, maxHeaderSize: ANSWER_HEAD_BYTES },
        path: target === '*' ? target : prefix + target,
        // The bytes are ours: Node adds neither Connection nor a framing that the client did not choose.
        setDefaultHeaders: false,
        ...(secureContext === undefined ? {} : { secureContext }),
      });
      // The size of the head is the limit; Node would leave out what is more than 1,000 lines without a word.
      request.maxHeadersCount = 0;
      if (isSecure)
        request.once('socket', (socket) => {
          if (!secured.has(socket)) socket.once('secureConnect', () => secured.add(socket));
        });
      return request;
    },
    isConnecting: ({ socket }) => socket == null || socket.connecting || (isSecure && !secured.has(socket)),
    stop: () => {
      kept.destroy();
      single.destroy();
    },
  };
}
