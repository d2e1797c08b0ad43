import { API, type Parameter, type Route } from './route.ts';

function parameterObject(
  name: string,
  where: 'path' | 'query',
  parameter: Parameter,
): Record<string, unknown> {
  const { required = where === 'path', ...schema } = parameter;
  return { name, in: where, required, schema };
}

function operation(route: Route): Record<string, unknown> {
  const { summary, method, path, pathParameters = {}, query = {}, hasBody = false } = route;
  return {
    summary,
    operationId: `${summary.toLowerCase().replaceAll(' ', '_')}_${method.toLowerCase()}_${path.replaceAll(/\W+/g, '_')}`,
    parameters: [
      ...Object.entries(pathParameters).map(([name, parameter]) => parameterObject(name, 'path', parameter)),
      ...Object.entries(query).map(([name, parameter]) => parameterObject(name, 'query', parameter)),
    ],
    ...(hasBody ? { requestBody: { required: true, content: { 'application/json': { schema: {} } } } } : {}),
    responses: {
      '200': { description: 'Successful Response', content: { 'application/json': { schema: {} } } },
      '422': { description: 'Validation Error' },
    },
  };
}

/** The OpenAPI 3.1 document of the routes, as FastAPI serves it at `/api/v1/openapi.json`. */
export function openApiDocument(routes: readonly Route[]): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    if (route.path === '/docs') continue;
    (paths[route.path] ??= {})[route.method.toLowerCase()] = operation(route);
  }
  return { openapi: '3.1.0', info: { title: 'Valtronics', version: '1.0.0' }, paths };
}

/** The route that serves the document of all others. */
export function openApiRoute(routes: readonly Route[]): Route {
  const document = openApiDocument(routes);
  return {
    method: 'GET',
    path: `${API}/openapi.json`,
    summary: 'OpenAPI',
    needsDatabase: false,
    handle: () => ({ status: 200, body: document }),
  };
}
