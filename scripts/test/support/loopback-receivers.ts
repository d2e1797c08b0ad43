import { createServer } from 'node:http';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { freePort } from '../../../exporter/test/support/server.ts';

/** A call that a receiver got. */
export interface Delivery {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

export interface LoopbackHttp {
  readonly base: string;
  readonly deliveries: readonly Delivery[];
  readonly stop: () => Promise<void>;
}

/** An HTTP server that takes everything: webhooks, Slack's and PagerDuty's calls. */
export async function startHttpReceiver(): Promise<LoopbackHttp> {
  const deliveries: Delivery[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      deliveries.push({ path: request.url ?? '', authorization: request.headers.authorization, body });
      // Slack answers 200, PagerDuty 202.
      response.writeHead(request.url?.startsWith('/pagerduty') === true ? 202 : 200).end('ok');
    });
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const stop = (): Promise<void> =>
    new Promise((resolve, reject) => {
      server.closeAllConnections();
      server.close((error) => (error === undefined ? resolve() : reject(error)));
    });
  return { base: `http://127.0.0.1:${port}`, deliveries, stop };
}

export interface LoopbackMail {
  readonly port: number;
  /** Each mail as it was sent: headers and body, not decoded. */
  readonly mails: readonly string[];
  readonly stop: () => Promise<void>;
}

/** Answers SMTP's commands and keeps what comes after DATA. */
function speakSmtp(socket: Socket, keep: (mail: string) => void): void {
  let buffer = '';
  let mail: string[] | undefined;
  socket.write('220 loopback\r\n');
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    buffer += chunk.toString();
    const lines = buffer.split('\r\n');
    buffer = lines.pop() ?? '';
    for (const line of lines) {
      if (mail !== undefined && line !== '.') {
        mail.push(line);
      } else if (mail !== undefined) {
        keep(mail.join('\n'));
        mail = undefined;
        socket.write('250 kept\r\n');
      } else if (line === 'DATA') {
        mail = [];
        socket.write('354 go on\r\n');
      } else {
        socket.write(line === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n');
      }
    }
  });
}

/** A mail server that takes everything and asks for no password. */
export async function startMailReceiver(): Promise<LoopbackMail> {
  const mails: string[] = [];
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    speakSmtp(socket, (mail) => mails.push(mail));
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    });
  return { port, mails, stop };
}
