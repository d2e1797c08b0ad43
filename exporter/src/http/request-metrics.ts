import type { RequestHandler } from 'express';
import { HTTP_DURATION, HTTP_IN_FLIGHT, HTTP_REQUESTS } from '../metrics/catalogue/http.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { spanOf } from './request-span.ts';
import { METHODS, routeOf } from './route.ts';

/** Counts the exporter's own answers and their durations, by route. */
export function requestMetrics(metrics: Pick<Metrics, 'counter' | 'histogram' | 'publish'>): RequestHandler {
  let inFlight = 0;
  const publish = (): void => metrics.publish(HTTP_IN_FLIGHT, [{ labels: {}, value: inFlight }]);
  publish();
  return (request, response, next) => {
    const start = performance.now();
    inFlight += 1;
    publish();
    // Middleware, route, places and compression all wait for the end: more than Node's ten suspects.
    response.setMaxListeners(20);
    response.once('close', () => {
      inFlight -= 1;
      publish();
      const path = routeOf(response) ?? 'other';
      const method = METHODS.has(request.method) ? request.method : 'other';
      metrics.counter(HTTP_REQUESTS, { method, path, status: String(response.statusCode) }).inc();
      const durations = metrics.histogram(HTTP_DURATION, { path });
      const seconds = (performance.now() - start) / 1000;
      durations.observe(seconds);
      spanOf(response)?.exemplar(durations, seconds);
    });
    next();
  };
}
