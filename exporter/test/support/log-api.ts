import { z } from 'zod';
import type { AggregateOptions } from '../../src/logs/aggregate/aggregate.ts';
import type { LogRouteDependencies } from '../../src/logs/http/dependencies.ts';
import { logRoutes } from '../../src/logs/http/routes.ts';
import { httpDependencies, rawRequest, recordingLogger, startTestServer } from './http.ts';
import { testAggregate } from './log-aggregate.ts';

export interface LogApiOptions {
  readonly token?: string;
  readonly aggregate?: Partial<AggregateOptions>;
  readonly dependencies?: Partial<LogRouteDependencies>;
}

const object = z.record(z.string(), z.unknown());

/** The routes of the logs over an aggregate of their own. */
export async function startLogApi(options: LogApiOptions = {}) {
  const { token, dependencies = {} } = options;
  const logger = recordingLogger();
  const logs = testAggregate(options.aggregate);
  const server = await startTestServer({
    dependencies: httpDependencies({ logger, token: () => token }),
    routes: logRoutes({ answers: () => logs.aggregate, rawFor: () => 'viewer', ...dependencies }),
  });
  return {
    ...logs,
    ...{ logger, url: server.url, stop: () => server.stop() },
    get: async (path: string, headers: Record<string, string> = {}) => {
      const { status, text } = await rawRequest(`${server.url}/api/v1${path}`, { headers });
      return { status, body: object.parse(JSON.parse(text)) };
    },
  };
}

export type LogApi = Awaited<ReturnType<typeof startLogApi>>;
