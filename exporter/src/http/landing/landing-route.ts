import type { HttpDependencies } from '../dependencies.ts';
import type { Route } from '../route.ts';
import { landingPage } from './page.ts';

/** `GET /`: contract §2. */
export function landingRoute(
  dependencies: Pick<HttpDependencies, 'build' | 'startedAt' | 'now' | 'collectors' | 'fleet'>,
): Route {
  const { build, startedAt, fleet } = dependencies;
  return {
    method: 'get',
    path: '/',
    operation: {
      id: 'getLandingPage',
      summary: 'The state of the exporter and its sources, for people',
      tag: 'system',
      answers: { 200: { description: 'A page', contentType: 'text/html' } },
    },
    handlers: [
      (_request, response) => {
        const now = dependencies.now();
        fleet.refresh(now);
        const { available, byStatus } = fleet.counts();
        const collectors = dependencies.collectors();
        const counts = available ? byStatus : undefined;
        response.type('html').send(landingPage({ build, startedAt, now, collectors, counts }));
      },
    ],
  };
}
