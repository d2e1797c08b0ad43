/**
 * The only import of the metrics library. Its successor `@prometheus-io/client` exports the same names, so
 * that changing to it is a change of this file alone.
 */
export { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
