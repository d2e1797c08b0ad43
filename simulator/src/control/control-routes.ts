import express, { type ErrorRequestHandler, type Request, type Response, Router } from 'express';
import type { z } from 'zod';
import type { Breaker } from './breaker.ts';
import { breakBody, mendBody } from './control-schema.ts';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

function parse<T extends z.ZodType>(schema: T, req: Request, res: Response): z.output<T> | undefined {
  const parsed = schema.safeParse(req.body ?? {});
  if (parsed.success) return parsed.data;
  res.status(400).json({ error: parsed.error.issues.map((issue) => issue.message).join('; ') });
  return undefined;
}

/**
 * The loopback control endpoint below `/simulator`: no part of the platform. It takes JSON only and nothing
 * from a page of another origin.
 */
export function controlRoutes(breaker: Breaker): Router {
  const router = Router();
  router.use((req, res, next) => {
    if (!LOOPBACK.has(req.socket.remoteAddress ?? '')) {
      res.status(403).json({ error: 'only from this machine' });
    } else if (
      req.get('origin') !== undefined ||
      (req.method === 'POST' && req.is('application/json') === false)
    ) {
      res.status(415).json({ error: 'send application/json, and not from a web page' });
    } else next();
  });
  router.use(express.json());
  router.get('/status', (_req, res) => void res.json(breaker.status()));
  router.post('/break', async (req, res) => {
    const order = parse(breakBody, req, res);
    if (order === undefined) return;
    res.json(
      'what' in order ? await breaker.breakPart(order.what) : breaker.breakDevices(order.devices, order.how),
    );
  });
  router.post('/mend', async (req, res) => {
    const order = parse(mendBody, req, res);
    if (order === undefined) return;
    if ('what' in order) res.json(await breaker.mendPart(order.what));
    else if ('devices' in order) res.json(breaker.mendDevices(order.devices));
    else res.json(await breaker.mendAll());
  });
  router.use((_req, res) => void res.status(404).json({ error: 'only /status, /break and /mend' }));
  const onError: ErrorRequestHandler = (error: unknown, _req, res, next) => {
    if (res.headersSent) next(error);
    else res.status(400).json({ error: error instanceof Error ? error.message : String(error) });
  };
  router.use(onError);
  return router;
}
