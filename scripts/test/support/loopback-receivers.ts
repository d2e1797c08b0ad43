import { createServer } from 'node:http';
import { SMTPServer } from 'smtp-server';
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
  forget(): void;
  readonly stop: () => Promise<void>;
}

async function textOf(stream: AsyncIterable<Buffer>): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += chunk.toString();
  return text.replaceAll('\r\n', '\n');
}

/** A mail server on loopback that takes everything, without TLS or a password. */
export async function startMailReceiver(): Promise<LoopbackMail> {
  const mails: string[] = [];
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onData: (stream, _session, done) => {
      textOf(stream).then(
        (mail) => {
          mails.push(mail);
          done();
        },
        (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
      );
    },
  });
  // A client that is killed in the middle of a mail is no fault of the server.
  server.on('error', () => undefined);
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const stop = (): Promise<void> => new Promise((resolve) => server.close(resolve));
  return { port, mails, forget: () => (mails.length = 0), stop };
}
