import type { Request, RequestHandler } from 'express';
import { z } from 'zod';
import { HttpError } from './http-error.ts';
import { DEVICE_ID } from '../trace/attribute-names.ts';
import { jsonBody } from './json-body.ts';
import { spanOf } from './request-span.ts';
import { type Answer, type Operation, type Parameter, type Route, searchParams } from './route.ts';

type Shape = Readonly<Record<string, z.ZodType>>;

/** Schema of a route without path or query parameters. */
export const NO_PARAMETERS = z.strictObject({});
/** Schema of a route without a body. */
export const NO_BODY = z.undefined();

/** A JSON route in terms of its schemas; what the handler gets has been parsed. */
export interface JsonRoute<Q extends Shape, P extends Shape, B extends z.ZodType, A extends z.ZodType> {
  readonly method: 'get' | 'post' | 'put';
  readonly path: string;
  readonly pattern?: string;
  readonly operation: Pick<Operation, 'id' | 'summary' | 'description' | 'tag' | 'errors'>;
  /** Parameters in the path, by name. */
  readonly params: z.ZodObject<P>;
  /** Query parameters; an empty one counts as not given, a repeated one is an error. */
  readonly query: z.ZodObject<Q>;
  readonly body: B;
  /** Bytes, when not the default 1 MiB. */
  readonly bodyLimit?: number;
  readonly answer: Answer & { readonly schema: A };
  readonly handle: (input: {
    readonly params: z.output<z.ZodObject<P>>;
    readonly query: z.output<z.ZodObject<Q>>;
    readonly body: z.output<B>;
    readonly request: Request;
  }) => z.input<A> | Promise<z.input<A>>;
}

/** No JSON · not as its schema has it. */
const BODY_ERRORS = [400, 422] as const;

/** What is wrong with an input, one entry a problem: `details` of a 400 or 422. */
function problems(error: z.ZodError): { path: string; message: string }[] {
  return error.issues.map((issue) => ({ path: issue.path.map(String).join('.'), message: issue.message }));
}

function parse<S extends z.ZodType>(schema: S, value: unknown, status: 400 | 422, what: string): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const details = problems(result.error);
  const summary = details.map((d) => (d.path === '' ? d.message : `${d.path}: ${d.message}`)).join('; ');
  throw new HttpError(status, `${what}: ${summary}`, { details });
}

/** Query parameters by name without the empty ones; a repeated one stays a list, which no schema takes. */
function queryValues(request: Request): Record<string, string | string[]> {
  const params = searchParams(request);
  const values: [string, string | string[]][] = [];
  for (const name of new Set(params.keys())) {
    const given = params.getAll(name).filter((value) => value !== '');
    const [first] = given;
    if (first !== undefined) values.push([name, given.length === 1 ? first : given]);
  }
  return Object.fromEntries(values);
}

function parameters(schema: z.ZodObject<Shape>, place: 'path' | 'query'): Parameter[] {
  return Object.entries(schema.shape).map(([name, field]) => ({
    name,
    in: place,
    schema: field,
    description: field.description ?? name,
    required: place === 'path' || !field.safeParse(undefined).success,
  }));
}

/** A path parameter; express gives the parts of a wildcard one by one. */
function pathValues(request: Request): Record<string, string> {
  return Object.fromEntries(
    Object.entries<string | string[]>(request.params).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : value.join('/'),
    ]),
  );
}

/** Makes a route that parses its input by schema (400, for bodies 422) and answers JSON. */
export function jsonRoute<Q extends Shape, P extends Shape, B extends z.ZodType, A extends z.ZodType>(
  definition: JsonRoute<Q, P, B, A>,
): Route {
  const { query, params, body, answer, operation } = definition;
  const hasBody = !(body instanceof z.ZodUndefined);
  const handler: RequestHandler = async (request, response) => {
    const path = pathValues(request);
    spanOf(response)?.set({ [DEVICE_ID]: path['device_id'] });
    const result = await definition.handle({
      query: parse(query, queryValues(request), 400, 'bad query'),
      params: parse(params, path, 400, 'bad path'),
      body: parse(body, request.body, 422, 'bad body'),
      request,
    });
    response.json(result);
  };
  return {
    method: definition.method,
    path: definition.path,
    ...(definition.pattern === undefined ? {} : { pattern: definition.pattern }),
    operation: {
      ...operation,
      parameters: [...parameters(params, 'path'), ...parameters(query, 'query')],
      ...(hasBody ? { body } : {}),
      errors: [...(operation.errors ?? []), ...(hasBody ? BODY_ERRORS : [])],
      answers: { 200: answer },
    },
    handlers: hasBody ? [jsonBody(definition.bodyLimit), handler] : [handler],
  };
}
