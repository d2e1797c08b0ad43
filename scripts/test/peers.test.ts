import { describe, expect, it } from '@jest/globals';
import { describeWith } from '../../exporter/test/support/require.ts';
import { waitFor } from '../../exporter/test/support/server.ts';
import { CATALOGUE } from '../../exporter/src/metrics/catalogue/index.ts';
import { parseQuery, selectorsOf } from '../queries/selectors.ts';
import { parsePeerList, readPeers, type SeriesName } from '../queries/series.ts';
import { allQueries } from '../queries/sources.ts';
import { metricsOf, peerLines, PEERS } from './support/peers.ts';

const asked = new Set(
  allQueries().flatMap(({ expr }) => selectorsOf(parseQuery(expr)).map(({ metric }) => metric)),
);
const ours = new Set(CATALOGUE.map(({ name }) => name));

/** What a real one may lack at times, each with the reason. */
const NOT_EVERYWHERE: Readonly<Record<string, string>> = {
  node_disk: 'a container may see no disk',
  node_filesystem: 'a container may see no file system of its own',
};

describe('the list of an exporter', () => {
  it('has each name once, with every label, whether or not its samples say when they were taken', () => {
    const text = [
      '# TYPE a_total counter',
      'a_total{of="x y",id="/"} 1 1796072335646',
      'a_total{id="/b"} 2 1796072335646',
      '# TYPE b gauge',
      'b 3',
      'left_out 4',
    ].join('\n');
    expect(peerLines(text, new Set(['left_out']))).toEqual(['counter a_total{id,of}', 'gauge b{}']);
  });
});

const isEverywhere = ({ name }: SeriesName): boolean =>
  Object.keys(NOT_EVERYWHERE).every((prefix) => !name.startsWith(prefix));

describe.each(PEERS)('$name', ({ name, needs, start }) => {
  describeWith(needs, 'the real one', () => {
    it('exposes what our queries ask of it, with the recorded labels', async () => {
      const peer = await start();
      try {
        const recorded = (readPeers().get(name) ?? [])
          .filter((one) => asked.has(one.name))
          .filter(isEverywhere);
        expect(recorded.length).toBeGreaterThan(0);
        const missing = async (): Promise<string[]> => {
          const lines = peerLines(await metricsOf(peer.target), ours).join('\n');
          const real = new Map(parsePeerList(lines, name).map((one) => [one.name, one]));
          return recorded
            .filter(({ name: wanted, type, labels }) => {
              const found = real.get(wanted);
              return found?.type !== type || [...labels].some((label) => !found.labels.has(label));
            })
            .map((one) => one.name);
        };
        let other: string[] = [];
        const isComplete = async (): Promise<boolean> => {
          other = await missing();
          return other.length === 0;
        };
        // Some come with the first thing that they measure, such as a garbage collection; each look makes garbage.
        await waitFor('everything that was recorded', isComplete, undefined, 250).catch(() => undefined);
        expect(other).toEqual([]);
      } finally {
        await peer.stop();
      }
    });
  });
});
