import { z } from 'zod';
import type { AggregateOptions } from '../../src/logs/aggregate/aggregate.ts';
import type { LogRouteDependencies } from '../../src/logs/http/dependencies.ts';
import { createIntake } from '../../src/logs/intake/intake.ts';
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
  let hasRoom = true;
  const intake = createIntake({
    clock: logs.clock,
    take: (entries) => {
      if (hasRoom) for (const entry of entries) logs.aggregate.add(logs.aggregate.mine(entry));
      return hasRoom;
    },
  });
  const server = await startTestServer({
    dependencies: httpDependencies({ logger, token: () => token }),
    routes: logRoutes({
      answers: () => logs.aggregate,
      intake: () => intake,
      rawFor: () => 'viewer',
      ...dependencies,
    }),
  });
  return {
    ...logs,
    ...{ logger, url: server.url, stop: () => server.stop() },
    /** Whether the intake finds room from now on. */
    room: (there: boolean) => {
      hasRoom = there;
    },
    post: async (body: string | Uint8Array, headers: Record<string, string> = {}, path = '/logs') => {
      const response = await fetch(`${server.url}/api/v1${path}`, {
        ...{ method: 'POST', headers: { 'Content-Type': 'application/json', ...headers } },
        body: typeof body === 'string' ? body : new Uint8Array(body),
      });
      return {
        ...{ status: response.status, headers: response.headers },
        body: object.parse(await response.json()),
      };
    },
    get: async (path: string, headers: Record<string, string> = {}) => {
      const { status, text } = await rawRequest(`${server.url}/api/v1${path}`, { headers });
      return { status, body: object.parse(JSON.parse(text)) };
    },
  };
}

export type LogApi = Awaited<ReturnType<typeof startLogApi>>;
