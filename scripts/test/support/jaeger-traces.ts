import { expect } from '@jest/globals';
import { z } from 'zod';
import { waitFor } from '../../../exporter/test/support/server.ts';

/** A request through the gateway, as two services tell it. */
export interface TestTrace {
  readonly traceId: string;
  /** When it began, milliseconds since the epoch. */
  readonly at: number;
}

const GATEWAY = 'valtronics-gateway';
const API = 'valtronics-api';

const span = (
  traceId: string,
  [id, parent]: readonly [string, string?],
  kind: number,
  at: number,
): object => ({
  traceId,
  spanId: id,
  ...(parent === undefined ? {} : { parentSpanId: parent }),
  name: 'GET /api/v1/devices/{device_id}',
  kind,
  startTimeUnixNano: `${at}000000`,
  endTimeUnixNano: `${at + 40}000000`,
  attributes: [{ key: 'http.route', value: { stringValue: '/api/v1/devices/{device_id}' } }],
});
const resource = (service: string, ...spans: readonly object[]): object => ({
  resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
  scopeSpans: [{ spans }],
});

/** Sends the trace by OTLP over HTTP, in JSON. */
export async function sendTrace(otlp: string, { traceId, at }: TestTrace): Promise<void> {
  const [server, client, upstream] = ['1'.repeat(16), '2'.repeat(16), '3'.repeat(16)];
  const body = {
    resourceSpans: [
      resource(GATEWAY, span(traceId, [server], 2, at), span(traceId, [client, server], 3, at)),
      resource(API, span(traceId, [upstream, client], 2, at)),
    ],
  };
  const answer = await fetch(`${otlp}/v1/traces`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('{')]);
}

const trace = z.object({
  traceID: z.string(),
  spans: z.array(z.object({ spanID: z.string(), operationName: z.string(), processID: z.string() })),
  processes: z.record(z.string(), z.object({ serviceName: z.string() })),
});
const answers = {
  names: z.object({ data: z.array(z.string()).nullable() }),
  traces: z.object({ data: z.array(trace).nullable() }),
  dependencies: z.object({ data: z.array(z.unknown()).nullable(), errors: z.null() }),
  v3Services: z.object({ services: z.array(z.string()) }),
  v3Traces: z.object({
    result: z.object({
      resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(z.unknown()) })) })),
    }),
  }),
};

async function ask<Shape>(schema: z.ZodType<Shape>, url: string): Promise<Shape> {
  const answer = await fetch(url);
  const text = await answer.text();
  expect([url, answer.status, text]).toEqual([url, 200, expect.stringContaining('{')]);
  return schema.parse(JSON.parse(text));
}

/** Waits until the Jaeger finds the trace: a store shows what it took a moment later. */
export async function untilFound(url: string, traceId: string): Promise<void> {
  await waitFor(`trace ${traceId}`, async () => (await fetch(`${url}/api/traces/${traceId}`)).ok);
}

/** The answers to what Grafana's data source asks Jaeger, in short. */
export async function grafanaRoutes(url: string, { traceId, at }: TestTrace): Promise<object> {
  const range = `start=${(at - 60_000) * 1000}&end=${(at + 60_000) * 1000}`;
  const found = await ask(answers.traces, `${url}/api/traces?service=${GATEWAY}&limit=20&${range}`);
  const opened = await ask(answers.traces, `${url}/api/traces/${traceId}`);
  const [first] = opened.data ?? [];
  return {
    services: (await ask(answers.names, `${url}/api/services`)).data?.sort(),
    operations: (await ask(answers.names, `${url}/api/services/${API}/operations`)).data,
    found: found.data?.map(({ traceID }) => traceID),
    spans: first?.spans.map(({ processID }) => first.processes[processID]?.serviceName).sort(),
    dependencies: (await ask(answers.dependencies, `${url}/api/dependencies?endTs=${at}&lookback=3600000`))
      .errors,
  };
}

/** What `grafanaRoutes` has to be. */
export const asGrafanaShowsIt = ({ traceId }: TestTrace): object => ({
  services: [API, GATEWAY],
  operations: ['GET /api/v1/devices/{device_id}'],
  found: [traceId],
  spans: [API, GATEWAY, GATEWAY],
  dependencies: null,
});

/** The same trace by the routes that later versions keep. */
export async function newRoutes(url: string, { traceId, at }: TestTrace): Promise<object> {
  const time = (shift: number): string => new Date(at + shift).toISOString();
  const query = new URLSearchParams({
    'query.service_name': GATEWAY,
    'query.start_time_min': time(-60_000),
    'query.start_time_max': time(60_000),
    // Without a number 2.13 answers 500.
    'query.num_traces': '20',
  });
  const spans = ({ result }: z.output<(typeof answers)['v3Traces']>): number =>
    result.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)).length;
  return {
    services: (await ask(answers.v3Services, `${url}/api/v3/services`)).services.sort(),
    found: spans(await ask(answers.v3Traces, `${url}/api/v3/traces?${query.toString()}`)),
    opened: spans(await ask(answers.v3Traces, `${url}/api/v3/traces/${traceId}`)),
  };
}
