import type { RequestHandler, Router } from 'express';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import { HttpError, type ErrorStatus } from './http-error.ts';
import { requireType } from './json-body.ts';

/** One possible answer of an operation. */
export interface Answer {
  readonly description: string;
  /** Schema of a JSON answer; left out for another content type. */
  readonly schema?: z.ZodType;
  /** `application/json` unless said otherwise. */
  readonly contentType?: string;
}

/** What the OpenAPI document says about a route. */
export interface Operation {
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  readonly tag: 'devices' | 'system' | 'metrics' | 'alerts' | 'logs' | 'traces';
  readonly parameters?: readonly Parameter[];
  readonly body?: z.ZodType;
  readonly answers: Readonly<Record<number, Answer>>;
  /** Error statuses of its own; those that any request can get are added. */
  readonly errors?: readonly ErrorStatus[];
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly schema: z.ZodType;
  readonly description: string;
  readonly required: boolean;
}

/** A path and method of the server, with its documentation: one cannot be added without the other. */
export interface Route {
  readonly method: 'get' | 'post' | 'put';
  /** The path as OpenAPI writes it, e.g. `/api/v1/devices/{device_id}`. */
  readonly path: string;
  /** The express pattern, where it is not the plain translation of `path`. */
  readonly pattern?: string;
  readonly operation: Operation;
  /** Media types that a body may have; `application/json` unless said otherwise. */
  readonly bodyTypes?: readonly string[];
  readonly handlers: readonly RequestHandler[];
}

/** Methods that are counted, and spans named, by their own name; a client may invent others. */
export const METHODS: ReadonlySet<string> = new Set([
  'GET',
  'HEAD',
  'POST',
  'OPTIONS',
  'PUT',
  'PATCH',
  'DELETE',
]);

/** The express pattern of a route. */
export function patternOf(route: Pick<Route, 'path' | 'pattern'>): string {
  return route.pattern ?? route.path.replaceAll(/\{(\w+)\}/g, ':$1');
}

const answering = new WeakMap<ServerResponse, string>();

/** The path of the route that answers, as OpenAPI writes it; undefined where none does. */
export function routeOf(response: ServerResponse): string | undefined {
  return answering.get(response);
}

/** `Allow` of a path: HEAD comes with GET. */
function allowed(group: readonly Route[]): string {
  const methods = group.flatMap((route) =>
    route.method === 'get' ? ['GET', 'HEAD'] : [route.method.toUpperCase()],
  );
  return methods.sort().join(', ');
}

/** Adds the routes to the router; a known path with another method is answered 405 with `Allow`. */
export function addRoutes(router: Router, routes: readonly Route[]): void {
  for (const [pattern, group] of Map.groupBy(routes, patternOf)) {
    const path = router.route(pattern);
    path.all((_request, response, next) => {
      const [route] = group;
      if (route !== undefined) answering.set(response, route.path);
      next();
    });
    for (const { method, bodyTypes, handlers } of group) path[method](requireType(bodyTypes), ...handlers);
    const allow = allowed(group);
    path.all((request) => {
      throw new HttpError(405, `${request.method} is not possible here, only ${allow}`, {
        headers: { Allow: allow },
      });
    });
  }
}

/** The query parameters of a request, decoded leniently: never throws. */
export function searchParams(request: Pick<IncomingMessage, 'url'>): URLSearchParams {
  const url = request.url ?? '';
  const at = url.indexOf('?');
  return new URLSearchParams(at === -1 ? '' : url.slice(at + 1));
}
