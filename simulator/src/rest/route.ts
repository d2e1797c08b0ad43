/** A query or path parameter; validated before the handler runs, and listed in the OpenAPI document. */
export interface Parameter {
  readonly type: 'integer' | 'string' | 'boolean';
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: number | string | boolean;
  readonly required?: boolean;
}

/** A request whose path and query have been validated. */
export interface RouteRequest {
  /** The value of an integer parameter. Throws when the route does not declare one with a value. */
  integer(name: string): number;
  optionalInteger(name: string): number | undefined;
  text(name: string): string | undefined;
  /** The parsed JSON body, or undefined without one. */
  readonly body: unknown;
}

export interface RouteAnswer {
  readonly status: number;
  /** Sent as JSON; without it and without `text` the body is empty. */
  readonly body?: unknown;
  /** Sent as it is, with its content type. */
  readonly text?: { readonly content: string; readonly contentType: string };
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One operation of the platform's API. */
export interface Route {
  readonly method: Method;
  /** The template as FastAPI writes it: `/api/v1/devices/{device_id}`. */
  readonly path: string;
  readonly summary: string;
  readonly pathParameters?: Readonly<Record<string, Parameter>>;
  readonly query?: Readonly<Record<string, Parameter>>;
  /** True for operations with a JSON body. */
  readonly hasBody?: boolean;
  /** False for what works without the database. Default true. */
  readonly needsDatabase?: boolean;
  /** Milliseconds that the platform needs for it, because it asks the database once for every device. */
  readonly slow?: () => number;
  handle(request: RouteRequest): RouteAnswer | Promise<RouteAnswer>;
}

export const API = '/api/v1';

/** `hours` and `limit` as the platform limits them. */
export const HOURS: Parameter = { type: 'integer', minimum: 1, maximum: 168, default: 24 };
export const LIMIT: Parameter = { type: 'integer', minimum: 1, maximum: 1000, default: 100 };
export const SKIP: Parameter = { type: 'integer', minimum: 0, default: 0 };
export const ID: Parameter = { type: 'integer', required: true };

/** 200 with a JSON body. */
export function ok(body: unknown): RouteAnswer {
  return { status: 200, body };
}
