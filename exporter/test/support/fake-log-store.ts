import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';

/** A request as it came. */
export interface StoreCall {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What a call is answered with; `drop` breaks the connection. */
export type StoreReply =
  | {
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | 'drop';

/** What one created document is answered with; undefined lets it in. */
export type ItemReply =
  { readonly status: number; readonly type: string; readonly reason?: string } | undefined;

/** Elasticsearch's `_bulk` in memory, for `create` alone, with faults as a test wants them. */
export interface FakeLogStore {
  readonly url: string;
  readonly calls: StoreCall[];
  /** Documents by index and id. */
  readonly documents: Map<string, unknown>;
  /** Answers in the place of the store; undefined lets the call through. */
  onCall: (call: StoreCall) => StoreReply | undefined;
  onItem: (id: string) => ItemReply;
  /** Documents of the calls so far, in their order, each as often as it was sent. */
  readonly sent: string[];
  close(): Promise<void>;
}

const actionSchema = z.object({ create: z.object({ _index: z.string(), _id: z.string() }) });

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  const data: AsyncIterable<Buffer> = request;
  for await (const chunk of data) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  return (request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8');
}

export async function startFakeLogStore(): Promise<FakeLogStore> {
  const documents = new Map<string, unknown>();
  const sent: string[] = [];

  function bulk(body: string): StoreReply {
    const lines = body.split('\n');
    const items: unknown[] = [];
    for (let line = 0; line + 1 < lines.length; line += 2) {
      const { _index, _id } = actionSchema.parse(JSON.parse(lines[line] ?? '')).create;
      sent.push(_id);
      const reply = store.onItem(_id);
      const key = `${_index}/${_id}`;
      if (reply !== undefined) {
        const { status, type, reason = '' } = reply;
        items.push({ create: { status, error: { type, reason } } });
      } else if (documents.has(key)) {
        items.push({ create: { status: 409, error: { type: 'version_conflict_engine_exception' } } });
      } else {
        documents.set(key, JSON.parse(lines[line + 1] ?? ''));
        items.push({ create: { status: 201 } });
      }
    }
    const errors = items.some((item) => JSON.stringify(item).includes('"error"'));
    return { status: 200, body: { errors, items } };
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    const call = { method, url, headers, body: await bodyOf(request) };
    store.calls.push(call);
    const reply = store.onCall(call) ?? (url.startsWith('/_bulk') ? bulk(call.body) : { status: 404 });
    if (reply === 'drop') request.socket.destroy();
    else
      response
        .writeHead(reply.status, { 'Content-Type': 'application/json', ...reply.headers })
        .end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body ?? {}));
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const store: FakeLogStore = {
    url: `http://127.0.0.1:${address.port}`,
    calls: [],
    documents,
    onCall: () => undefined,
    onItem: () => undefined,
    sent,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return store;
}
