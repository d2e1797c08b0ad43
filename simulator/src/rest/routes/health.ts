import type { ApiContext } from '../api-context.ts';
import { API, ok, type Route } from '../route.ts';

const DOCS = '<!DOCTYPE html><html><head><title>Valtronics - Swagger UI</title></head><body></body></html>';

/** Root, health, ping and docs: what answers whatever the database does. */
export function healthRoutes({ services, now }: ApiContext): Route[] {
  return [
    {
      method: 'GET',
      path: '/',
      summary: 'Root',
      needsDatabase: false,
      handle: () => ok({ message: 'Valtronics API', version: '1.0.0' }),
    },
    {
      method: 'GET',
      path: `${API}/health/`,
      summary: 'Health Check',
      needsDatabase: false,
      handle() {
        const { database, redis } = services();
        return ok({
          status: database === 'healthy' ? 'healthy' : 'unhealthy',
          timestamp: now() / 1000,
          version: '1.0.0',
          services: { database, redis, api: 'healthy' },
          environment: 'Valtronics',
        });
      },
    },
    {
      method: 'GET',
      path: `${API}/health/ping`,
      summary: 'Ping',
      needsDatabase: false,
      handle: () => ok({ pong: now() / 1000 }),
    },
    {
      method: 'GET',
      path: '/docs',
      summary: 'Swagger UI',
      needsDatabase: false,
      handle: () => ({ status: 200, text: { content: DOCS, contentType: 'text/html; charset=utf-8' } }),
    },
  ];
}
