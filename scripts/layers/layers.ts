import { join, relative, sep } from 'node:path';
import { ROOT } from '../root.ts';

/** Layers of one source folder: behind each the layers below it that it may import from. */
export type Layers = Readonly<Record<string, readonly string[]>>;

/**
 * Which folder may import from which, besides itself. A name may go deeper than one folder where a part of a layer
 * stands higher than the rest. What lies at the top of a source folder is its composition root and may import from all.
 */
export const LAYERS: Readonly<Record<string, Layers>> = {
  'exporter/src': {
    base: [],
    'access-line': ['base'],
    'api-routes': ['base', 'log', 'metrics'],
    config: ['base'],
    log: ['base'],
    state: ['base', 'log'],
    metrics: ['base'],
    trace: ['base'],
    lifecycle: ['base', 'log', 'metrics'],
    'log-tail': ['base', 'log', 'state'],
    promql: [],
    'platform-alerts': ['base', 'metrics', 'fleet'],
    fleet: ['base', 'log', 'state', 'metrics', 'trace'],
    collectors: [
      'base',
      'access-line',
      'api-routes',
      'config',
      'log',
      'state',
      'metrics',
      'trace',
      'log-tail',
      'platform-alerts',
      'fleet',
    ],
    health: ['base', 'log', 'metrics', 'platform-alerts', 'fleet', 'collectors'],
    http: ['base', 'config', 'log', 'metrics', 'trace', 'fleet', 'collectors', 'health'],
    alerts: ['base', 'config', 'log', 'state', 'metrics', 'trace', 'platform-alerts', 'fleet'],
    logs: ['base', 'access-line', 'config', 'log', 'state', 'metrics', 'trace', 'log-tail'],
    'logs/http': ['base', 'config', 'log', 'state', 'metrics', 'http', 'logs'],
    tracing: ['base', 'config', 'log', 'metrics', 'trace'],
    'tracing/http': ['base', 'config', 'log', 'metrics', 'trace', 'http', 'tracing'],
    gateway: ['base', 'access-line', 'api-routes', 'config', 'log', 'metrics', 'trace'],
    'gateway/service': [
      ...[
        'base',
        'api-routes',
        'collectors',
        'config',
        'http',
        'lifecycle',
        'log',
        'metrics',
        'trace',
        'tracing',
        'tracing/http',
      ],
      'gateway',
    ],
    'alerts/http': ['base', 'config', 'log', 'state', 'metrics', 'fleet', 'http', 'alerts'],
  },
  'plugin/src': {
    domain: [],
    api: ['domain'],
    kit: ['domain', 'api'],
    features: ['domain', 'api', 'kit'],
    extensions: ['domain', 'api', 'kit', 'features'],
    panels: ['domain', 'api', 'kit', 'features'],
    pages: ['domain', 'api', 'kit', 'features'],
  },
};

/** Where a file stands. */
export interface Place {
  readonly source: string;
  readonly layer: string;
}

/**
 * The place of an absolute path; undefined in a composition root and outside of the source folders. A folder that the
 * table does not name is a layer of its own, which nobody may import from.
 */
export function placeOf(path: string): Place | undefined {
  const file = relative(ROOT, path).split(sep).join('/');
  const source = Object.keys(LAYERS).find((folder) => file.startsWith(`${folder}/`));
  if (source === undefined) return undefined;
  const within = file.slice(source.length + 1);
  const [named] = Object.keys(LAYERS[source] ?? {})
    .filter((layer) => `${within}/`.startsWith(`${layer}/`))
    .sort((a, b) => b.length - a.length);
  if (named !== undefined) return { source, layer: named };
  const end = within.indexOf('/');
  return end === -1 ? undefined : { source, layer: within.slice(0, end) };
}

/** The place that an import of the file leads to, for relative imports. */
export function importedPlace(file: string, specifier: string): Place | undefined {
  return specifier.startsWith('.') ? placeOf(join(file, '..', specifier)) : undefined;
}

/** True when a file at one place may import from the other. */
export function mayImport(from: Place, to: Place): boolean {
  return from.layer === to.layer || (LAYERS[from.source]?.[from.layer] ?? []).includes(to.layer);
}
