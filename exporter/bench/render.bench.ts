import { writeExposition } from '../src/metrics/scrape.ts';
import { deviceSeries, naiveConcatenation, promClientRegistry, storeOf } from './device-series.ts';
import { buildGoPeer, goScrape } from './go-peer.ts';
import { compareCpu, longestBlock, median, ROUNDS } from './harness.ts';
import { atLeast, atMost, info, report, skipped, type Row } from './rows.ts';

const SERIES = 100_000;
const LABEL = `${SERIES.toLocaleString('en')} series`;
const AGAINST_GO = `render ${LABEL}: cheaper than Go's promhttp`;

const series = deviceSeries(SERIES);
const parts = { families: [], stores: [storeOf(series)] };
const registry = promClientRegistry(series);

const scrape = (): Promise<unknown> => writeExposition(() => undefined, parts, 'text');

async function againstGo(ours: number): Promise<Row> {
  const peer = await buildGoPeer('scrape');
  if ('missing' in peer) return skipped(AGAINST_GO, '≥ 10 ×', peer.missing);
  try {
    const go = await goScrape(peer, SERIES, ROUNDS);
    const { length } = naiveConcatenation(series);
    if (go.bytes !== length) throw new Error(`Go wrote ${go.bytes} bytes instead of ${length}`);
    return atLeast(AGAINST_GO, go.cpu_med / ours, 10, '×');
  } finally {
    await peer.remove();
  }
}

async function assertSameText(): Promise<void> {
  const written: Uint8Array[] = [];
  await writeExposition((chunk) => void written.push(chunk), parts, 'text');
  const text = Buffer.concat(written);
  if (!text.equals(naiveConcatenation(series))) throw new Error('the store and the naive text differ');
  if (text.toString() !== (await registry.metrics())) throw new Error('the store and prom-client differ');
}

await assertSameText();
const precise = series.map(({ labels, value }) => ({ labels, value: Math.sqrt(value) }));
const preciseParts = { families: [], stores: [storeOf(precise)] };
const cpu = await compareCpu({
  ours: scrape,
  naive: () => naiveConcatenation(series),
  promClient: () => registry.metrics(),
  oursPrecise: () => writeExposition(() => undefined, preciseParts, 'text'),
  naivePrecise: () => naiveConcatenation(precise),
});
const blocks: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) blocks.push(await longestBlock(scrape));

report([
  info(`render ${LABEL}: CPU`, cpu('ours'), 'ms'),
  atMost(`render ${LABEL}: against naive string concatenation`, cpu('ours') / cpu('naive'), 0.5, '×'),
  atMost(
    `render ${LABEL} with values of 16 digits: against naive string concatenation`,
    cpu('oursPrecise') / cpu('naivePrecise'),
    0.5,
    '×',
  ),
  atLeast(`render ${LABEL}: cheaper than prom-client`, cpu('promClient') / cpu('ours'), 8, '×'),
  await againstGo(cpu('ours')),
  atMost('longest event-loop block of that scrape', median(blocks), 50, 'ms'),
]);
