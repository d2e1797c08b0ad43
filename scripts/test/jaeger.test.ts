import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  cleanJaegerIndices,
  type Jaeger,
  JAEGER_BUILD_TIMEOUT,
  startJaeger,
} from '../../exporter/test/support/jaeger.ts';
import { JAVA, MAVEN, type OpenSearch, startOpenSearch } from '../../exporter/test/support/opensearch.ts';
import { describeWith, GO } from '../../exporter/test/support/require.ts';
import {
  asGrafanaShowsIt,
  grafanaRoutes,
  newRoutes,
  sendTrace,
  type TestTrace,
  untilFound,
} from './support/jaeger-traces.ts';

const DAY = 86_400_000;
const NOW: TestTrace = { traceId: 'a'.repeat(32), at: Date.now() - 1000 };

describeWith([GO], 'a real Jaeger by jaeger-memory.yml', () => {
  let jaeger: Jaeger;
  beforeAll(async () => {
    jaeger = await startJaeger();
    await sendTrace(jaeger.otlp, NOW);
    await untilFound(jaeger.url, NOW.traceId);
  }, JAEGER_BUILD_TIMEOUT);
  afterAll(() => jaeger.stop());

  it('answers all that Grafana asks', async () => {
    expect(await grafanaRoutes(jaeger.url, NOW)).toEqual(asGrafanaShowsIt(NOW));
  });

  it('answers the routes of later versions', async () => {
    expect(await newRoutes(jaeger.url, NOW)).toEqual({
      ...{ services: ['valtronics-api', 'valtronics-gateway'], found: 3, opened: 3 },
    });
  });

  it('says 404 of a trace that it does not have', async () => {
    expect((await fetch(`${jaeger.url}/api/traces/${'b'.repeat(32)}`)).status).toBe(404);
  });
});

describeWith([GO, JAVA, MAVEN], 'a real Jaeger by jaeger.yml, with OpenSearch behind it', () => {
  let node: OpenSearch;
  let jaeger: Jaeger;
  beforeAll(async () => {
    node = await startOpenSearch();
    jaeger = await startJaeger({ elasticsearchUrl: node.url });
    await sendTrace(jaeger.otlp, NOW);
    await untilFound(jaeger.url, NOW.traceId);
  }, JAEGER_BUILD_TIMEOUT);
  afterAll(async () => {
    await jaeger.stop();
    await node.stop();
  });

  const indices = async (): Promise<string[]> => {
    const text = await (await fetch(`${node.url}/_cat/indices/valtronics-*?h=index`)).text();
    return text
      .split('\n')
      .filter((name) => name !== '')
      .sort();
  };
  const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

  it('answers all that Grafana asks', async () => {
    expect(await grafanaRoutes(jaeger.url, NOW)).toEqual(asGrafanaShowsIt(NOW));
  });

  it('answers the routes of later versions', async () => {
    expect(await newRoutes(jaeger.url, NOW)).toMatchObject({ found: 3, opened: 3 });
  });

  it('finds a trace of six days ago: what the cleaner leaves is found', async () => {
    const old: TestTrace = { traceId: 'c'.repeat(32), at: NOW.at - 6 * DAY };
    await sendTrace(jaeger.otlp, old);
    await untilFound(jaeger.url, old.traceId);
  });

  // An index counts as old by when it was made, which nothing lets a test set: so days are none.
  it('loses to the cleaner what is written by jaeger.yml’s prefix, and nothing of the log lines', async () => {
    await fetch(`${node.url}/valtronics-logs-2020.01.01`, { method: 'PUT' });
    await cleanJaegerIndices(7, node.url, 'valtronics');
    expect(await indices()).toContain(`valtronics-jaeger-span-${day(NOW.at)}`);
    await cleanJaegerIndices(0, node.url, 'valtronics');
    expect(await indices()).toEqual(['valtronics-logs-2020.01.01']);
  });
});
