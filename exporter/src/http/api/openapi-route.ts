import { z } from 'zod';
import type { BuildInfo } from '../dependencies.ts';
import { jsonRoute, NO_BODY, NO_PARAMETERS } from '../json-route.ts';
import type { Route } from '../route.ts';
import { openApiDocument } from './openapi.ts';

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
