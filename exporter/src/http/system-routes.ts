import { messageOf } from '../base/errors.ts';
import { statusWordSchema } from './api/schemas.ts';
import type { HttpDependencies } from './dependencies.ts';
import { HttpError } from './http-error.ts';
import { jsonRoute, NO_BODY, NO_PARAMETERS } from './json-route.ts';
import type { Route } from './route.ts';

/** `GET /-/healthy`: the process answers. */
function healthyRoute(): Route {
  return jsonRoute({
    method: 'get',
    path: '/-/healthy',
    operation: { id: 'getHealthy', summary: 'Whether the exporter is alive', tag: 'system' },
    params: NO_PARAMETERS,
    query: NO_PARAMETERS.loose(),
    body: NO_BODY,
    answer: { description: 'It is', schema: statusWordSchema },
    handle: () => ({ status: 'healthy' as const }),
  });
}

/** `GET /-/ready`: every collector has finished one attempt, successful or not, and nothing of the exporter's own is broken. */
function readyRoute({ collectors, problems }: Pick<HttpDependencies, 'collectors' | 'problems'>): Route {
  return jsonRoute({
    method: 'get',
    path: '/-/ready',
    operation: {
      id: 'getReady',
      summary: 'Whether every collector has finished one attempt, successful or not',
      description:
        'Also 503 while a part of the exporter itself does not work, such as a full disk; the answer says which.',
      tag: 'system',
      errors: [503],
    },
    params: NO_PARAMETERS,
    query: NO_PARAMETERS.loose(),
    body: NO_BODY,
    answer: { description: 'It is', schema: statusWordSchema },
    handle: async () => {
      const waiting = collectors().filter((c) => !c.attempted);
      const broken = await problems();
      if (waiting.length === 0 && broken.length > 0)
        throw new HttpError(503, broken.join('; '), { code: 'not_ready', details: { problems: broken } });
      if (waiting.length === 0) return { status: 'ready' as const };
      const names = waiting.map((collector) => collector.name);
      throw new HttpError(503, `waiting for the first attempt of ${names.join(', ')}`, {
        code: 'not_ready',
        details: { waiting: names },
        headers: { 'Retry-After': '1' },
      });
    },
  });
}

/** `POST /-/reload`: reads the configuration again; a failure leaves the old one in force. */
function reloadRoute({ reload, logger }: Pick<HttpDependencies, 'reload' | 'logger'>): Route {
  return jsonRoute({
    method: 'post',
    path: '/-/reload',
    operation: {
      id: 'reload',
      summary: 'Read the configuration again, as SIGHUP does',
      description:
        'A configuration that cannot be used leaves the old one in force and is answered with 500.',
      tag: 'system',
      errors: [500],
    },
    params: NO_PARAMETERS,
    query: NO_PARAMETERS.loose(),
    body: NO_BODY,
    answer: { description: 'The new configuration is in force', schema: statusWordSchema },
    handle: async () => {
      try {
        await reload();
      } catch (error) {
        const reason = messageOf(error);
        logger.warn({ audit: true, error: reason }, 'reload refused: the old configuration stays in force');
        throw new HttpError(500, `the old configuration stays in force: ${reason}`, {
          code: 'reload_failed',
        });
      }
      return { status: 'reloaded' as const };
    },
  });
}

/** The routes below `/-/`: contract §2. */
export function systemRoutes(
  dependencies: Pick<HttpDependencies, 'collectors' | 'problems' | 'reload' | 'logger'>,
): Route[] {
  return [healthyRoute(), readyRoute(dependencies), reloadRoute(dependencies)];
}
