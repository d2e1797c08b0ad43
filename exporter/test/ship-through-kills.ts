import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { killAfterLines } from './support/kill.ts';
import { type OpenSearch, startOpenSearch } from './support/opensearch.ts';
import { temporaryFolder } from './support/server.ts';
import { startUnreliableProxy } from './support/unreliable-proxy.ts';

/**
 * Ships so many entries to a real OpenSearch through so many `kill -9` of the exporter and three of the node, behind a
 * proxy that loses and refuses every second request, and counts in the index what arrived. By hand: it takes minutes.
 *
 *     node exporter/test/ship-through-kills.ts [entries] [kills]
 */
const [, , entries = '1000000', kills = '20'] = process.argv;
const PROCESS = join(import.meta.dirname, 'support', 'shipping-process.ts');
const MINUTE = 60_000;
/** Kills between two of the node. */
const NODE_KILLED_EACH = 6;
const PAGE = 10_000;

const pageSchema = z.object({
  hits: z.object({ hits: z.array(z.object({ _id: z.string(), sort: z.array(z.unknown()) })) }),
});
const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function post(url: string, body: object = {}): Promise<unknown> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

/** How often each entry is in the index, all pages of it. */
async function countByEntry({ url }: OpenSearch): Promise<Map<string, number>> {
  await post(`${url}/valtronics-logs-*/_refresh`);
  const found = new Map<string, number>();
  let after: readonly unknown[] | undefined;
  do {
    const page = pageSchema.parse(
      await post(`${url}/valtronics-logs-*/_search`, {
        ...{ size: PAGE, _source: false, query: { prefix: { 'event.id': 'line-' } } },
        ...{ sort: ['event.id', '@timestamp'], search_after: after },
      }),
    );
    for (const { _id } of page.hits.hits) found.set(_id, (found.get(_id) ?? 0) + 1);
    after = page.hits.hits.at(-1)?.sort;
  } while (after !== undefined);
  return found;
}

const node = await startOpenSearch();
const proxy = await startUnreliableProxy(node.url);
const folder = temporaryFolder('shipping');
const parameters = [join(folder.path, 'logs.db'), proxy.url, entries];
try {
  const total = Number(entries);
  // Half of the entries while it is killed, each time at another place.
  const thousands = Math.max(1, Math.floor(total / Number(kills) / 2000));
  for (let kill = 1; kill <= Number(kills); kill += 1) {
    const lines = Math.max(1, Math.round(thousands * (0.5 + ((kill * 7) % 10) / 10)));
    const printed = await killAfterLines(PROCESS, parameters, lines, 10 * MINUTE);
    say(`kill ${kill}: ${printed.at(-1) ?? 0} arrived in this run`);
    if (kill % NODE_KILLED_EACH === 0) await node.restart();
  }
  await promisify(execFile)(process.execPath, [PROCESS, ...parameters], { maxBuffer: 2 ** 26 });
  const found = await countByEntry(node);
  const doubled = [...found.values()].filter((times) => times !== 1).length;
  say(
    `${total} entries: ${total - found.size} lost, ${doubled} doubled; faults: ${JSON.stringify(proxy.faults)}`,
  );
  process.exitCode = found.size === total && doubled === 0 ? 0 : 1;
} finally {
  await proxy.close();
  await node.stop();
  await folder.remove();
}
