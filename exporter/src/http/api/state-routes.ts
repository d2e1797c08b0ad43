import { COLLECTOR_SETTINGS, describeSources, type SourceReport } from '../collector-words.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { jsonRoute, NO_BODY, NO_PARAMETERS } from '../json-route.ts';
import type { Route } from '../route.ts';
import { isoTime } from '../../base/time-words.ts';
import { collectorsSchema, healthSchema } from './schemas.ts';

function view({ name, state, words, collector }: SourceReport) {
  return {
    name,
    state,
    words,
    target: collector?.target ?? null,
    setting: COLLECTOR_SETTINGS[name],
    lastSuccess: isoTime(collector?.lastSuccess ?? null),
    lastDurationSeconds: collector?.attempted === true ? collector.lastDurationSeconds : null,
    lastError: collector?.lastError ?? null,
    failures: collector?.failures ?? 0,
    nextTry: isoTime(collector?.nextTry ?? null),
  };
}

/** `GET /api/v1/collectors`: the sources and how their collection goes, in words too. */
export function collectorsRoute({ collectors, now }: Pick<HttpDependencies, 'collectors' | 'now'>): Route {
  return jsonRoute({
    method: 'get',
    path: '/api/v1/collectors',
    operation: { id: 'listCollectors', summary: 'The state of every source', tag: 'system' },
    params: NO_PARAMETERS,
    query: NO_PARAMETERS,
    body: NO_BODY,
    answer: { description: 'All sources, configured or not', schema: collectorsSchema },
    handle: () => ({ items: describeSources(collectors(), now()).map(view) }),
  });
}

/** `GET /api/v1/health`: the score of each component with its explanation. */
export function healthRoute({ health }: Pick<HttpDependencies, 'health'>): Route {
  return jsonRoute({
    method: 'get',
    path: '/api/v1/health',
    operation: { id: 'getHealth', summary: 'The health score and where it comes from', tag: 'system' },
    params: NO_PARAMETERS,
    query: NO_PARAMETERS,
    body: NO_BODY,
    answer: { description: 'Scores from 0 to 100', schema: healthSchema },
    handle: () => {
      const components = health();
      const overall = components.find(({ component }) => component === 'overall');
      return {
        overall: overall?.score ?? null,
        components: components.map((component) => ({ ...component })),
      };
    },
  });
}
