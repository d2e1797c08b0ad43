import { z } from 'zod';
import { limitParameter } from '../../http/api/device-routes.ts';
import { HttpError } from '../../http/http-error.ts';
import { jsonRoute, NO_BODY, NO_PARAMETERS } from '../../http/json-route.ts';
import type { Route } from '../../http/route.ts';
import { MOST_BUCKETS } from '../aggregate/trends.ts';
import type { LogRouteDependencies } from './dependencies.ts';
import { filterOf, filterParameters, hoursParameter, timeOf, wholeNumber } from './filters.ts';
import { maySeeRaw } from './raw-access.ts';
import {
  errorSummarySchema,
  logStatisticsSchema,
  patternListSchema,
  serviceHealthSchema,
  trendsSchema,
} from './schemas.ts';
import { answersOf } from './search-routes.ts';
import { bucketView, countedView, isoOrNull, patternView } from './view.ts';

function errorsRoute(dependencies: LogRouteDependencies): Route {
  return jsonRoute({
    method: 'get',
    path: '/api/v1/logs/errors',
    operation: { id: 'getLogErrors', summary: 'Errors of a period', tag: 'logs', errors: [503] },
    params: NO_PARAMETERS,
    query: z.strictObject({ hours: hoursParameter }),
    body: NO_BODY,
    answer: { description: 'The errors', schema: errorSummarySchema },
    handle: ({ query: { hours } }) => {
      const { counted, oldest, ...summary } = answersOf(dependencies).errors(hours);
      return { ...summary, ...countedView({ counted, oldest }) };
    },
  });
}

function healthRoute(dependencies: LogRouteDependencies): Route {
  return jsonRoute({
    method: 'get',
    path: '/api/v1/logs/health',
    operation: {
      id: 'getLogHealth',
      summary: 'Health of the services by what they log, with the reason',
      tag: 'logs',
      errors: [503],
    },
    params: NO_PARAMETERS,
    query: z.strictObject({
      minutes: wholeNumber(1, 60).default(15).describe('Minutes back from now'),
    }),
    body: NO_BODY,
    answer: { description: 'By service', schema: z.record(z.string(), serviceHealthSchema) },
    handle: ({ query: { minutes } }) => answersOf(dependencies).health(minutes),
  });
}

function trendsRoute(dependencies: LogRouteDependencies): Route {
  return jsonRoute({
    method: 'get',
    path: '/api/v1/logs/trends',
    operation: { id: 'getLogTrends', summary: 'Lines over time', tag: 'logs', errors: [503] },
    params: NO_PARAMETERS,
    query: z.strictObject({
      hours: hoursParameter,
      ...filterParameters,
      step: wholeNumber(1, 86_400).default(3600).describe('Seconds of one bucket'),
    }),
    body: NO_BODY,
    answer: { description: 'The trends', schema: trendsSchema },
    handle: ({ query: { hours, step, ...given }, request }) => {
      const filter = filterOf(given, maySeeRaw(dependencies, request));
      const { from, to } = filter;
      if (from !== undefined && to !== undefined && from >= to)
        throw new HttpError(400, 'bad query: to: must be after from');
      if (from !== undefined && to !== undefined && (to - from) / (step * 1000) > MOST_BUCKETS)
        throw new HttpError(400, `bad query: step: gives more than ${MOST_BUCKETS} buckets`);
      const trends = answersOf(dependencies).trends({ hours, step: step * 1000, ...filter });
      const { counted, oldest, buckets, ...rest } = trends;
      return { ...rest, buckets: buckets.map(bucketView), ...countedView({ counted, oldest }) };
    },
  });
}

function patternsRoute(dependencies: LogRouteDependencies): Route {
  return jsonRoute({
    method: 'get',
    path: '/api/v1/logs/patterns',
    operation: {
      id: 'listLogPatterns',
      summary: 'What messages have in common, the most frequent first',
      tag: 'logs',
      errors: [503],
    },
    params: NO_PARAMETERS,
    query: z.strictObject({
      ...filterParameters,
      limit: limitParameter,
      newSince: z.iso
        .datetime({ offset: true })
        .optional()
        .describe('Patterns that came later are new; a day ago when left out'),
    }),
    body: NO_BODY,
    answer: { description: 'The patterns', schema: patternListSchema },
    handle: ({ query: { limit, newSince, ...given }, request }) => {
      const raw = maySeeRaw(dependencies, request);
      const list = answersOf(dependencies).patterns({
        ...filterOf(given, raw),
        limit,
        newSince: timeOf(newSince),
      });
      const items = list.items.map((pattern) => patternView(pattern, raw));
      return { items, total: list.total, ...countedView(list) };
    },
  });
}

function statisticsRoute(dependencies: LogRouteDependencies): Route {
  return jsonRoute({
    method: 'get',
    path: '/api/v1/logs/statistics',
    operation: { id: 'getLogStatistics', summary: 'Totals', tag: 'logs', errors: [503] },
    params: NO_PARAMETERS,
    query: NO_PARAMETERS,
    body: NO_BODY,
    answer: { description: 'The figures', schema: logStatisticsSchema },
    handle: () => {
      const { buffer, ...statistics } = answersOf(dependencies).statistics();
      const { oldest, newest } = buffer;
      const sources = dependencies.sources?.() ?? null;
      return {
        ...{ ...statistics, sources },
        buffer: { ...buffer, oldest: isoOrNull(oldest), newest: isoOrNull(newest) },
      };
    },
  });
}

/** The seed's answers about the lines: contract §7. */
export function logSummaryRoutes(dependencies: LogRouteDependencies): Route[] {
  return [
    errorsRoute(dependencies),
    healthRoute(dependencies),
    trendsRoute(dependencies),
    patternsRoute(dependencies),
    statisticsRoute(dependencies),
  ];
}
