import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';

/** What stands between a shipper and its store. */
export interface UnreliableProxy {
  readonly url: string;
  /** How often each fault was dealt out. */
  readonly faults: Readonly<Record<Fault, number>>;
  close(): Promise<void>;
}

export type Fault = 'lost request' | 'lost answer' | 'overloaded' | 'unavailable' | 'too large' | 'partial';

const FAULTS: readonly Fault[] = [
  ...(['lost request', 'lost answer', 'overloaded', 'unavailable', 'too large', 'partial'] as const),
];
/** Lines of a body that count as too large when the fault is dealt out. */
const FEW_LINES = 400;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  const data: AsyncIterable<Buffer> = request;
  for await (const chunk of data) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  return (request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8');
}

const answerSchema = z.object({ errors: z.boolean(), items: z.array(z.unknown()) });

/** Passes `_bulk` on to the store; each other request meets one of the faults in turn. */
export async function startUnreliableProxy(store: string): Promise<UnreliableProxy> {
  const faults: Record<Fault, number> = {
    ...{ 'lost request': 0, 'lost answer': 0, overloaded: 0, unavailable: 0, 'too large': 0, partial: 0 },
  };
  let requests = 0;

  async function forward(request: IncomingMessage, body: string): Promise<{ status: number; text: string }> {
    const type = request.headers['content-type'];
    const answer = await fetch(store + (request.url ?? ''), {
      method: request.method ?? 'GET',
      headers: type === undefined ? {} : { 'Content-Type': type },
      ...(body === '' ? {} : { body }),
    });
    return { status: answer.status, text: await answer.text() };
  }

  /** Every third entry of the body is not let through and answered with 429. */
  async function partly(request: IncomingMessage, body: string): Promise<{ status: number; text: string }> {
    const lines = body.split('\n');
    const isHeld = (line: number): boolean => Math.floor(line / 2) % 3 === 0;
    const rest = lines.filter((_, line) => line === lines.length - 1 || !isHeld(line)).join('\n');
    const { status, text } =
      rest === '' ? { status: 200, text: '{"errors":false,"items":[]}' } : await forward(request, rest);
    if (status !== 200) return { status, text };
    const { items } = answerSchema.parse(JSON.parse(text));
    const held = { create: { status: 429, error: { type: 'es_rejected_execution_exception' } } };
    const merged = Array.from({ length: (lines.length - 1) / 2 }, (_, index) =>
      index % 3 === 0 ? held : items.shift(),
    );
    return { status, text: JSON.stringify({ errors: true, items: merged }) };
  }

  function nextFault(body: string): Fault | undefined {
    requests += 1;
    if (requests % 2 === 0) return undefined;
    const fault = FAULTS[Math.floor(requests / 2) % FAULTS.length];
    return fault === 'too large' && body.split('\n').length < FEW_LINES ? undefined : fault;
  }

  const server = createServer((request, response) => {
    const say = ({ status, text }: { status: number; text: string }): void => {
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(text);
    };
    async function answer(): Promise<void> {
      const body = await bodyOf(request);
      const fault = request.url?.startsWith('/_bulk') === true ? nextFault(body) : undefined;
      if (fault !== undefined) faults[fault] += 1;
      if (fault === 'overloaded') say({ status: 429, text: '{}' });
      else if (fault === 'unavailable') say({ status: 503, text: 'no healthy upstream' });
      else if (fault === 'too large') say({ status: 413, text: 'entity too large' });
      else if (fault === 'partial') say(await partly(request, body));
      else if (fault === 'lost request') request.socket.destroy();
      else {
        const forwarded = await forward(request, body);
        if (fault === 'lost answer') request.socket.destroy();
        else say(forwarded);
      }
    }
    // A store that is away is a connection that breaks.
    answer().catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    faults,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
