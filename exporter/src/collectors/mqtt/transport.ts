import { readFileSync } from 'node:fs';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { errorCode, messageOf } from '../../base/errors.ts';

/** Where the broker is and how to speak to it. */
export interface BrokerAddress {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

/** PEM files for TLS, read at each connection so that a renewed certificate needs no restart. */
export interface TlsFiles {
  /** Authority that signed the broker's certificate, where the system does not know it. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

export interface TransportOptions {
  readonly address: BrokerAddress;
  readonly files: TlsFiles;
  /** Takes all bytes of the broker in their order; the buffer is only valid during the call. May throw: the connection is closed with the error. */
  readonly onBytes: (chunk: Buffer) => void;
  readonly onSecure: (socket: TLSSocket) => void;
}

/** One connection: the stream that mqtt.js speaks through, and a way past it. */
export interface Transport {
  /** Carries what mqtt.js writes, and brings it the packets given to `deliver`. */
  readonly stream: Duplex;
  deliver(packet: Buffer): void;
  /** Writes whole packets straight to the socket. */
  send(packets: Buffer): void;
  /** Number of PINGREQ packets that mqtt.js wrote. */
  pings(): number;
}

/** Bytes that one read of the socket may take: in a flood, the fewer reads the cheaper the message. */
const READ_BUFFER_BYTES = 262_144;
const PINGREQ = 0xc0;

/** Throws with the option's name: the path alone does not tell which of the three it is. */
function readPem(option: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = errorCode(error);
    const what = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code ?? messageOf(error)})`;
    throw new Error(`${option} ${path} ${what}`, { cause: error });
  }
}

/** What the files hold; throws when one cannot be read. */
export function readTlsFiles(files: TlsFiles): { ca?: Buffer; cert?: Buffer; key?: Buffer } {
  return {
    ...(files.ca === undefined ? {} : { ca: readPem('mqtt.ca_file', files.ca) }),
    ...(files.cert === undefined ? {} : { cert: readPem('mqtt.cert_file', files.cert) }),
    ...(files.key === undefined ? {} : { key: readPem('mqtt.key_file', files.key) }),
  };
}

function openSocket(options: TransportOptions, onBytes: (chunk: Buffer) => void): Socket {
  const { host, port, tls } = options.address;
  if (!tls) {
    // Reads into one buffer that is used again: no allocation and no stream event a read.
    const buffer = Buffer.allocUnsafe(READ_BUFFER_BYTES);
    const callback = (length: number): boolean => {
      onBytes(buffer.subarray(0, length));
      return true;
    };
    return connectTcp({ host, port, noDelay: true, onread: { buffer, callback } });
  }
  // Node does not name the host by itself to a broker that holds several certificates.
  const servername = isIP(host) === 0 ? host : '';
  const socket = connectTls({ host, port, servername, ...readTlsFiles(options.files) });
  socket.once('secureConnect', () => options.onSecure(socket));
  socket.on('data', onBytes);
  return socket;
}

/**
 * Connects to the broker. Throws when a PEM file cannot be read; everything later arrives as the stream's
 * error and close.
 */
export function openTransport(options: TransportOptions): Transport {
  let pings = 0;
  const socket = openSocket(options, (chunk) => {
    try {
      options.onBytes(chunk);
    } catch (error) {
      socket.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  });
  function forward(chunk: Buffer): void {
    if (chunk[0] === PINGREQ) pings += 1;
    socket.write(chunk);
  }
  const stream = new Duplex({
    read: () => undefined,
    // Answered at once, so that no packet is ever half on the wire when `send` is called.
    write: (chunk: Buffer, _encoding, done) => {
      forward(chunk);
      done();
    },
    writev: (chunks: { chunk: Buffer }[], done) => {
      forward(Buffer.concat(chunks.map(({ chunk }) => chunk)));
      done();
    },
    final: (done) => {
      socket.end();
      done();
    },
    destroy: (error, done) => {
      socket.destroy();
      done(error);
    },
  });
  let failure: Error | undefined;
  socket.once('error', (error) => (failure = error));
  socket.once('close', () => stream.destroy(failure));
  return {
    stream,
    deliver: (packet) => stream.push(packet),
    send: (packets) => socket.write(packets),
    pings: () => pings,
  };
}
