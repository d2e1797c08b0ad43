import { describe, expect, it } from '@jest/globals';
import { createLogsClient } from '../../api/logsClient';
import { NO_LOG_FILTER } from '../../domain/logs/logFilter';
import { fakeGrafana, ok, exporterRoute } from '../../test-support/fakeGrafana';
import { logLine, logRoute, type LogWorld } from '../../test-support/logAnswers';
import { createLineLoader, mergeLines, type LineQuestion } from './lineLoader';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const { signal } = new AbortController();

const many = (count: number) =>
  Array.from({ length: count }, (_, index) => logLine(`l${index}`, NOW - index, `message ${index}`));

function loaderOf(world: LogWorld, question: Partial<LineQuestion> = {}) {
  const grafana = fakeGrafana(logRoute(world));
  const load = createLineLoader(createLogsClient('http://exporter'), {
    ...{ filter: NO_LOG_FILTER, span: () => undefined, wanted: 100, live: false },
    ...question,
  });
  return { grafana, load: () => load(signal) };
}

const ids = ({ items }: { readonly items: readonly { readonly id: string }[] }) => items.map(({ id }) => id);

describe('the lines of a question', () => {
  it('are read page by page until there are enough', async () => {
    const { load, grafana } = loaderOf({ lines: many(1300) }, { wanted: 1200 });
    const picture = await load();
    expect(picture.items).toHaveLength(1200);
    expect(picture.complete).toBe(false);
    expect(grafana.requests).toHaveLength(3);
  });

  it('are all there are when those are fewer', async () => {
    const picture = await loaderOf({ lines: many(7) }).load();
    expect(picture).toMatchObject({ complete: true, missed: 0, source: 'buffer', problem: null });
    expect(picture.oldest).toBe(NOW - 6);
  });

  it('are read anew each time', async () => {
    const world: LogWorld = { lines: many(3) };
    const { load } = loaderOf(world);
    await load();
    world.lines = many(2);
    expect(ids(await load())).toEqual(['l0', 'l1']);
  });
});

describe('lines that are followed', () => {
  it('come before the known ones, in the order of their times, each once', async () => {
    const world: LogWorld = { lines: many(2) };
    const { load } = loaderOf(world, { live: true });
    await load();
    // What arrives last may have been written earlier.
    world.lines = [logLine('late', NOW - 0.5, 'late'), logLine('new', NOW + 5, 'new'), ...world.lines];
    expect(ids(await load())).toEqual(['new', 'l0', 'late', 'l1']);
    expect(ids(await load())).toEqual(['new', 'l0', 'late', 'l1']);
  });

  it('are asked for without an end of the time', async () => {
    const world: LogWorld = { lines: [] };
    const { load, grafana } = loaderOf(world, { live: true, span: () => ({ from: NOW - 1000, to: NOW }) });
    await load();
    await load();
    const [first, second] = grafana.requests.map(({ url }) => new URL(url, 'http://grafana').searchParams);
    expect(first?.get('to')).toBe('2026-11-23T12:00:00.000Z');
    expect(second?.get('to')).toBeNull();
    expect(second?.get('from')).toBe('2026-11-23T11:59:59.000Z');
  });

  it('say how many came too fast', async () => {
    const page = { items: [], nextCursor: null, tailCursor: 'a_0_0', source: 'buffer', oldest: null };
    fakeGrafana(exporterRoute((_, query) => ok({ ...page, missed: query.has('after') ? 4 : 0 })));
    const load = createLineLoader(createLogsClient('http://exporter'), {
      ...{ filter: NO_LOG_FILTER, span: () => undefined, wanted: 100, live: true },
    });
    await load(signal);
    expect((await load(signal)).missed).toBe(4);
    expect((await load(signal)).missed).toBe(8);
  });

  it('are read anew where the source cannot tell what is new', async () => {
    const page = { items: [], nextCursor: null, tailCursor: null, source: 'elasticsearch', oldest: null };
    const grafana = fakeGrafana(exporterRoute(() => ok(page)));
    const load = createLineLoader(createLogsClient('http://exporter'), {
      ...{ filter: NO_LOG_FILTER, span: () => undefined, wanted: 100, live: true },
    });
    await load(signal);
    await load(signal);
    expect(grafana.requests.map(({ url }) => url.includes('after='))).toEqual([false, false]);
  });
});

describe('merging', () => {
  it('keeps of a line that is in both the newer reading', async () => {
    const { items } = await loaderOf({ lines: [logLine('a', NOW, 'first')] }).load();
    const again = await loaderOf({ lines: [logLine('a', NOW, 'second')] }).load();
    expect(mergeLines(again.items, items).map(({ message }) => message)).toEqual(['second']);
  });
});
