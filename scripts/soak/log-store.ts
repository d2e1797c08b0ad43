import { z } from 'zod';
import { startSmallServer } from './small-server.ts';
import { witnessNumber } from './witness-log.ts';

/** Elasticsearch as far as the exporter needs it: it counts what it is sent instead of keeping it. */
export interface CountingLogStore {
  readonly port: number;
  /** How each request is answered instead; undefined: as a store does. */
  status: 429 | 503 | undefined;
  /** Documents that were created. */
  readonly created: number;
  /** Documents that were there already when they were sent. */
  readonly repeated: number;
  /** How often the witness' line of that number was created. */
  timesOf(line: number): number;
  stop(): Promise<void>;
}

const actionSchema = z.object({ create: z.object({ _index: z.string(), _id: z.string() }) });
const documentSchema = z.object({ message: z.string().optional() });

/** What is said of one document. */
interface Item {
  readonly create: { readonly status: number; readonly error?: { readonly type: string } };
}

export async function startCountingLogStore(): Promise<CountingLogStore> {
  const ids = new Set<string>();
  const witness = new Map<number, number>();
  let repeated = 0;

  function create(action: string, document: string): Item {
    const { _index, _id } = actionSchema.parse(JSON.parse(action)).create;
    const key = `${_index}/${_id}`;
    if (ids.has(key)) {
      repeated += 1;
      return { create: { status: 409, error: { type: 'version_conflict_engine_exception' } } };
    }
    ids.add(key);
    const line = witnessNumber(documentSchema.parse(JSON.parse(document)).message ?? '');
    if (line !== undefined) witness.set(line, (witness.get(line) ?? 0) + 1);
    return { create: { status: 201 } };
  }

  function bulk(body: string): string {
    const lines = body.split('\n');
    const items: Item[] = [];
    for (let line = 0; line + 1 < lines.length; line += 2)
      items.push(create(lines[line] ?? '', lines[line + 1] ?? ''));
    return JSON.stringify({ errors: items.some(({ create: { status } }) => status >= 300), items });
  }

  const server = await startSmallServer(({ path, body }) => {
    if (store.status !== undefined) return { status: store.status, body: '{}' };
    if (path.startsWith('/_bulk')) return { status: 200, body: bulk(body.toString('utf8')) };
    if (path === '/') return { status: 200, body: '{"version":{"number":"8.19.0"}}' };
    return { status: 200, body: '{"acknowledged":true}' };
  });
  const store: CountingLogStore = {
    port: server.port,
    status: undefined,
    get created() {
      return ids.size;
    },
    get repeated() {
      return repeated;
    },
    timesOf: (line) => witness.get(line) ?? 0,
    stop: server.stop,
  };
  return store;
}
