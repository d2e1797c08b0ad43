import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import {
  collectorState,
  httpDependencies,
  rawRequest,
  startTestServer,
  type TestServer,
} from '../../../test/support/http.ts';
import { createApp } from '../app.ts';
import { NO_WEB_CONFIG } from '../web-config/read.ts';

const answerSchema = z.object({
  content: z.record(z.string(), z.object({ schema: z.unknown() })).default({}),
});
const operationSchema = z.looseObject({
  operationId: z.string(),
  summary: z.string().min(1),
  parameters: z
    .array(z.object({ name: z.string(), in: z.string(), required: z.boolean(), schema: z.looseObject({}) }))
    .default([]),
  responses: z.record(z.string(), answerSchema),
});
const documentSchema = z.object({
  openapi: z.literal('3.1.0'),
  info: z.object({ version: z.string() }),
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});
const writeSchema = z.looseObject({
  requestBody: z.object({ required: z.boolean() }),
  responses: z.record(z.string(), z.unknown()),
});
const jsonSchema = z.custom<z.core.JSONSchema.JSONSchema>((value) => typeof value === 'object');
type Document = z.output<typeof documentSchema>;

let server: TestServer;
let document: Document;
beforeAll(async () => {
  server = await startTestServer();
  document = documentSchema.parse(JSON.parse((await rawRequest(`${server.url}/api/v1/openapi.json`)).text));
});
afterAll(() => server.stop());

/** The part of express' router that tells which routes there are. */
const stackSchema = z.array(
  z.object({
    route: z
      .object({ path: z.string(), stack: z.array(z.object({ method: z.string().optional() })) })
      .optional(),
  }),
);

/** Method and path of every route that express has, as OpenAPI writes them. */
function expressRoutes(): string[] {
  const app = createApp(httpDependencies(), () => NO_WEB_CONFIG);
  return stackSchema.parse(app.router.stack).flatMap(({ route }) => {
    if (route === undefined) return [];
    const path = route.path.replaceAll(/[:*](\w+)/g, '{$1}');
    const methods = [...new Set(route.stack.flatMap((layer) => layer.method ?? []))];
    return methods.map((method) => `${method} ${path}`);
  });
}

/** The schema of an answer, made from the document alone. */
function schemaOf(path: string, method: string, status: number): z.ZodType {
  const answer = document.paths[path]?.[method]?.responses[String(status)];
  const schema = answer?.content['application/json']?.schema;
  if (schema === undefined) throw new Error(`${method} ${path} has no JSON answer ${status}`);
  const text = JSON.stringify({ ...z.looseObject({}).parse(schema), $defs: document.components.schemas });
  return z.fromJSONSchema(jsonSchema.parse(JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/'))));
}

describe('the OpenAPI document', () => {
  it('has exactly the routes that express has', () => {
    const documented = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${path}`),
    );
    const actual = expressRoutes();
    expect(actual.length).toBeGreaterThan(8);
    expect(documented.sort()).toEqual(actual.sort());
  });

  it('has an id of its own for every operation, and every path parameter', () => {
    const ids: string[] = [];
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const operation of Object.values(operations)) {
        ids.push(operation.operationId);
        const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
        const described = operation.parameters.filter((p) => p.in === 'path');
        expect(described.map(({ name }) => name)).toEqual(named);
        expect(described.every(({ required }) => required)).toBe(true);
      }
    }
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('refers only to schemas that it has, and says no word of JSON schema dialects inside', () => {
    const text = JSON.stringify(document);
    const references = [...text.matchAll(/"\$ref":"([^"]*)"/g)].map((m) => m[1] ?? '');
    const there = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
    expect(references).toEqual(
      expect.arrayContaining(['Error', 'DeviceStatus'].map((name) => `#/components/schemas/${name}`)),
    );
    expect(there).toEqual(expect.arrayContaining(references));
    expect(text).not.toMatch(/\$schema|\$defs/);
  });

  it('describes the query of the device list', () => {
    const parameters = document.paths['/api/v1/devices']?.['get']?.parameters ?? [];
    expect(parameters.map(({ name, required }) => [name, required])).toEqual([
      ['status', false],
      ['type', false],
      ['q', false],
      ['limit', false],
      ['cursor', false],
    ]);
    expect(parameters[3]?.schema).toEqual({ type: 'integer', minimum: 1, maximum: 1000, default: 100 });
  });

  it('knows what a body may lack, and what is said of a bad one', () => {
    const write = writeSchema.parse(document.paths['/api/v1/log-level']?.['put']);
    expect(write.requestBody.required).toBe(true);
    expect(Object.keys(write.responses)).toEqual(expect.arrayContaining(['400', '422', '431']));
  });

  it('is about this version', () => expect(document.info.version).toBe('1.2.3'));
});

describe('answers fit the document', () => {
  it.each([
    ['/api/v1/devices', '/api/v1/devices', 200],
    ['/api/v1/devices?limit=0', '/api/v1/devices', 400],
    ['/api/v1/devices/MOCK-1000', '/api/v1/devices/{device_id}', 200],
    ['/api/v1/devices/none', '/api/v1/devices/{device_id}', 404],
    ['/api/v1/summary', '/api/v1/summary', 200],
    ['/api/v1/collectors', '/api/v1/collectors', 200],
    ['/api/v1/health', '/api/v1/health', 200],
    ['/api/v1/openapi.json', '/api/v1/openapi.json', 200],
    ['/-/healthy', '/-/healthy', 200],
    ['/-/ready', '/-/ready', 200],
    ['/metrics?collect[]=x', '/metrics', 400],
  ])('%s', async (url, path, status) => {
    const answer = await rawRequest(server.url + url);
    expect(answer.status).toBe(status);
    const result = schemaOf(path, 'get', status).safeParse(JSON.parse(answer.text));
    expect(result.error?.issues).toBeUndefined();
  });

  it('and the schemas can tell', () => {
    expect(schemaOf('/api/v1/devices', 'get', 200).safeParse({ items: [{}], nextCursor: null }).success).toBe(
      false,
    );
    expect(
      schemaOf('/api/v1/summary', 'get', 200).safeParse({ a: [{ labels: {}, value: 'x' }] }).success,
    ).toBe(false);
    expect(schemaOf('/-/ready', 'get', 503).safeParse({ status: 'ready' }).success).toBe(false);
  });

  it('also those of a source that waits', async () => {
    const waiting = collectorState({ attempted: false, success: false, lastSuccess: null });
    const other = await startTestServer({ dependencies: httpDependencies({ collectors: () => [waiting] }) });
    const collectors = await rawRequest(`${other.url}/api/v1/collectors`);
    const ready = await rawRequest(`${other.url}/-/ready`);
    await other.stop();
    expect(schemaOf('/api/v1/collectors', 'get', 200).safeParse(JSON.parse(collectors.text)).success).toBe(
      true,
    );
    expect(schemaOf('/-/ready', 'get', 503).safeParse(JSON.parse(ready.text)).success).toBe(true);
  });
});
