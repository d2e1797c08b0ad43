import { z } from 'zod';
import type { BuildInfo } from '../dependencies.ts';
import type { ErrorStatus } from '../http-error.ts';
import { JSON_TYPES } from '../json-body.ts';
import { jsonRoute, NO_BODY, NO_PARAMETERS } from '../json-route.ts';
import type { Answer, Parameter, Route } from '../route.ts';
import { SCHEMAS } from './schemas.ts';

type Json = Record<string, unknown>;

/** What any request can get: a bad or missing token, too many failed log-ins, too busy. */
const COMMON_ERRORS: readonly ErrorStatus[] = [401, 429];
const WRITE_ERRORS: readonly ErrorStatus[] = [403, 413, 415];

const ERROR_DESCRIPTIONS: Readonly<Partial<Record<ErrorStatus, string>>> = {
  400: 'The request cannot be understood; details say which part',
  401: 'Token or password missing or wrong',
  403: 'Not allowed from here',
  404: 'Not there',
  406: 'No acceptable content coding',
  409: 'Not possible in the present state',
  413: 'The body is too large',
  415: 'The body is of another media type',
  422: 'The body does not fit its schema; details say where',
  429: 'Too many requests or failed log-ins; Retry-After says when again',
  500: 'It failed; the message says why',
  503: 'Not now',
};

/** Said by Node itself, before any route is looked for. */
const TOO_LONG: Json = { description: 'Address and headers have more than 16 KiB; the answer is empty' };

function without(json: object, ...keys: readonly string[]): Json {
  return Object.fromEntries(Object.entries(json).filter(([key]) => !keys.includes(key)));
}

const reference = (id: string): Json => ({ $ref: `#/components/schemas/${id}` });

/** What schemas say of themselves by `describe` and `meta`, which lies in another registry than their names. */
const ADD_WORDS: Pick<z.core.ToJSONSchemaParams, 'override'> = {
  override: ({ zodSchema, jsonSchema }) => void Object.assign(jsonSchema, z.globalRegistry.get(zodSchema)),
};

/** References to named schemas within another one, as the whole document has them. */
function fromRoot(schema: object): Json {
  const text = JSON.stringify(without(schema, '$schema', '$defs'));
  return z
    .record(z.string(), z.unknown())
    .parse(JSON.parse(text.replaceAll('"#/$defs/', '"#/components/schemas/')));
}

/** The schema as JSON schema: a reference where it has a name, else in place. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output' = 'output'): Json {
  const id = SCHEMAS.get(schema)?.id;
  if (id !== undefined) return reference(id);
  return fromRoot(z.toJSONSchema(schema, { metadata: SCHEMAS, io, ...ADD_WORDS }));
}

function answerObject({ description, schema, contentType }: Answer): Json {
  const type = contentType ?? 'application/json';
  return { description, content: { [type]: { schema: schema ? jsonSchema(schema) : { type: 'string' } } } };
}

function errorAnswers(route: Route): [string, Json][] {
  const { operation, method } = route;
  const own = [
    ...(operation.errors ?? []),
    ...(operation.parameters?.some((p) => p.in === 'query') ? [400] : []),
  ];
  const statuses = new Set<number>([...own, ...COMMON_ERRORS, ...(method === 'get' ? [] : WRITE_ERRORS)]);
  return [...statuses].sort().map((status) => [
    String(status),
    {
      description: Object.entries(ERROR_DESCRIPTIONS).find(([key]) => key === String(status))?.[1] ?? '',
      content: { 'application/json': { schema: reference('Error') } },
    },
  ]);
}

function parameterObject({ name, in: place, description, required, schema }: Parameter): Json {
  return {
    ...{ name, in: place, description, required, schema: without(jsonSchema(schema), 'description') },
    ...(place === 'query' ? { allowEmptyValue: true } : {}),
  };
}

function operationObject(route: Route): Json {
  const { operation, path } = route;
  const open = !path.startsWith('/api/') && route.method === 'get';
  return {
    operationId: operation.id,
    summary: operation.summary,
    ...(operation.description === undefined ? {} : { description: operation.description }),
    tags: [operation.tag],
    ...(open ? { security: [{}, { basic: [] }] } : {}),
    ...(operation.parameters?.length ? { parameters: operation.parameters.map(parameterObject) } : {}),
    ...bodyObject(route),
    responses: Object.fromEntries([
      ...Object.entries(operation.answers).map(([status, answer]) => [status, answerObject(answer)]),
      ...errorAnswers(route),
      ['431', TOO_LONG],
    ]),
  };
}

function bodyObject({ operation: { body }, bodyTypes = JSON_TYPES }: Route): Json {
  if (body === undefined) return {};
  const schema = jsonSchema(body, 'input');
  const content = Object.fromEntries(bodyTypes.map((type) => [type, { schema }]));
  return { requestBody: { required: !body.safeParse(undefined).success, content } };
}

/** The OpenAPI 3.1 document of the routes (contract §2). */
export function openApiDocument(routes: readonly Route[], build: BuildInfo): Json {
  const { schemas } = z.toJSONSchema(SCHEMAS, {
    uri: (id) => `#/components/schemas/${id}`,
    ...ADD_WORDS,
  });
  const components = Object.entries(schemas).map(([id, schema]): [string, Json] => [
    id,
    without(schema, '$id', '$schema'),
  ]);
  const paths = [...Map.groupBy(routes, (route) => route.path)].map(([path, group]): [string, Json] => [
    path,
    Object.fromEntries(group.map((route) => [route.method, operationObject(route)])),
  ]);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Valtronics exporter',
      version: build.version,
      description:
        'With a token configured, everything below /api needs it. Without one, writes are accepted from loopback only.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    security: [{}, { token: [] }, { basic: [] }],
    paths: Object.fromEntries(paths),
    components: {
      schemas: Object.fromEntries(components),
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'VALTRONICS_TOKEN' },
        basic: { type: 'http', scheme: 'basic', description: 'Users of the web configuration file' },
      },
    },
  };
}

/** `GET /api/v1/openapi.json`: contract §2. */
export function openApiRoute(routes: () => readonly Route[], build: BuildInfo): Route {
  return jsonRoute({
    method: 'get',
    path: '/api/v1/openapi.json',
    operation: { id: 'getOpenApi', summary: 'This document', tag: 'system' },
    params: NO_PARAMETERS,
    query: NO_PARAMETERS,
    body: NO_BODY,
    answer: { description: 'OpenAPI 3.1', schema: z.looseObject({ openapi: z.literal('3.1.0') }) },
    handle: () => ({ openapi: '3.1.0' as const, ...openApiDocument(routes(), build) }),
  });
}
