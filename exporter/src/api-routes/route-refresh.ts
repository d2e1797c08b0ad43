import { z } from 'zod';
import { messageOf } from '../base/errors.ts';
import type { Logger } from '../log/logger.ts';
import { UNDOCUMENTED_ROUTES } from './known-routes.ts';
import { createRouteTable, type RouteTable } from './routes.ts';

const documentSchema = z.object({ paths: z.record(z.string(), z.unknown()) });
const LONGEST_TEMPLATE = 256;
const MOST_TEMPLATES = 2000;

const HOUR = 60 * 60 * 1000;
const RETRY = 5 * 60 * 1000;
const TIMEOUT = 10_000;

/** The route templates of an OpenAPI document. Throws when it is none. */
export function templatesOf(document: unknown): string[] {
  const parsed = documentSchema.safeParse(document);
  if (!parsed.success) throw new Error('the document has no object "paths"');
  const usable = (path: string): boolean => path.startsWith('/') && path.length <= LONGEST_TEMPLATE;
  return Object.keys(parsed.data.paths).filter(usable).slice(0, MOST_TEMPLATES);
}

export interface RouteRefreshOptions {
  /** Fetches and parses the platform's OpenAPI document. */
  readonly fetchDocument: (signal: AbortSignal) => Promise<unknown>;
  readonly use: (routes: RouteTable) => void;
  readonly logger: Logger;
  /** Milliseconds that no step of the system's clock moves. */
  readonly now: () => number;
}

/** Keeps the routes up to date with the platform. */
export interface RouteRefresh {
  /** Fetches when the last document is older than an hour (five minutes after a failure). Never waits. */
  refreshIfOld(): void;
  /** Ends a fetch that is under way. */
  stop(): Promise<void>;
}

/** Fetches nothing until it is asked to. A failure keeps the routes that there are and is logged once. */
export function createRouteRefresh(options: RouteRefreshOptions): RouteRefresh {
  const { logger, now } = options;
  let current = new AbortController();
  let stopped = false;
  let nextFetch = -Infinity;
  let failing = false;
  let fetching: Promise<void> | undefined;

  async function refresh(): Promise<void> {
    // A signal of its own: one that is made of the exporter's would be kept as long as that.
    current = new AbortController();
    const timer = setTimeout(() => current.abort(new Error(`no answer within ${TIMEOUT} ms`)), TIMEOUT);
    try {
      const templates = templatesOf(await options.fetchDocument(current.signal));
      options.use(createRouteTable([...UNDOCUMENTED_ROUTES, ...templates]));
      nextFetch = now() + HOUR;
      failing = false;
    } catch (error) {
      nextFetch = now() + RETRY;
      if (!failing && !stopped)
        logger.warn(
          { error: messageOf(error) },
          "the platform's OpenAPI document cannot be used: endpoints go by the routes known so far",
        );
      failing = true;
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    refreshIfOld: () => {
      if (now() < nextFetch || stopped) return;
      fetching ??= refresh().finally(() => (fetching = undefined));
    },
    stop: async () => {
      stopped = true;
      current.abort();
      await fetching;
    },
  };
}
