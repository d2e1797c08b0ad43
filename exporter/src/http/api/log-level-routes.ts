import { z } from 'zod';
import { LEVELS } from '../../log/logger.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { jsonRoute, NO_BODY, NO_PARAMETERS } from '../json-route.ts';
import type { Route } from '../route.ts';
import { named } from './schemas.ts';

const levelSchema = named(
  'ExporterLogLevel',
  'The least severity of the exporter’s own log.',
  z.strictObject({ level: z.enum([...LEVELS]) }),
);

const PATH = '/api/v1/log-level';
const ANSWER = { description: 'The level that is in force', schema: levelSchema };

/** `GET` and `PUT /api/v1/log-level`: what is put stays until a reload or a restart takes the setting again. */
export function logLevelRoutes({ logLevel, logger }: Pick<HttpDependencies, 'logLevel' | 'logger'>): Route[] {
  return [
    jsonRoute({
      ...{ method: 'get', path: PATH, params: NO_PARAMETERS, query: NO_PARAMETERS, body: NO_BODY },
      operation: { id: 'getLogLevel', summary: 'The level of the exporter’s own log', tag: 'system' },
      answer: ANSWER,
      handle: () => ({ level: logLevel.get() }),
    }),
    jsonRoute({
      ...{ method: 'put', path: PATH, params: NO_PARAMETERS, query: NO_PARAMETERS, body: levelSchema },
      operation: {
        id: 'setLogLevel',
        summary: 'Changes the level of the exporter’s own log',
        description: 'Until a reload or a restart takes the setting `log.level` again.',
        tag: 'system',
      },
      answer: ANSWER,
      handle: ({ body: { level } }) => {
        const before = logLevel.get();
        logLevel.set(level);
        logger.warn({ audit: true, before, level }, 'the log level was changed by the API');
        return { level };
      },
    }),
  ];
}
