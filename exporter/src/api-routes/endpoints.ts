import type { CounterCell } from '../metrics/metrics.ts';
import type { RouteTable } from './routes.ts';

/** Requests that reached no route: scanners, typing errors, what is no HTTP. */
export const UNMATCHED = 'unmatched';
/** Routes over the cap. */
export const OTHER = 'other';

/** Paths whose endpoint is remembered; all are forgotten when there are more. */
const REMEMBERED_PATHS = 10_000;
/** Longer paths are worked out each time, so that the memory stays small. */
const LONGEST_REMEMBERED = 256;
/** Endpoints over the cap that are remembered as counted; then all are forgotten and count a second time. */
const REMEMBERED_DROPS = 10_000;

const MAX_SEGMENTS = 8;
const ASSET = /\.(?:js|mjs|css|map|png|jpe?g|gif|svg|ico|webp|avif|woff2?|ttf|eot|txt|webmanifest|wasm)$/i;
const PLAIN = /^[A-Za-z][A-Za-z._~-]{0,39}$/;
const VERSION = /^v\d{1,3}$/;

export interface EndpointsOptions {
  /** Most endpoints besides `unmatched` and `other`. */
  readonly max: number;
  readonly routes: RouteTable;
  /** Counts the endpoints that went to `other`, each once. */
  readonly dropped: Pick<CounterCell, 'inc'>;
}

/** Gives each request its label `endpoint`. */
export interface Endpoints {
  /** The endpoint of a request; the path is as logged, null for a request without one. */
  endpointOf(path: string | null, status: string): string;
  /** The template of the platform's route that a path fits, whatever the caps; undefined for a path of none. */
  routeOf(path: string): string | undefined;
  /** Uses other routes from now on. Endpoints that were given out stay. */
  use(routes: RouteTable): void;
}

/** True for a word that a programmer wrote; numbers, UUIDs, hashes and device ids hold digits and are none. */
function isWord(segment: string): boolean {
  return PLAIN.test(segment) || VERSION.test(segment);
}

/**
 * A template for a path that no route fits: segments that look like identifiers become `{id}`, files that
 * a browser loads become `/{asset}`. It may still be wrong; whoever uses it caps the number of results.
 */
export function genericTemplate(path: string): string {
  if (ASSET.test(path)) return '/{asset}';
  const segments = path.split('/').filter((segment) => segment !== '');
  const kept = segments.slice(0, MAX_SEGMENTS).map((segment) => (isWord(segment) ? segment : '{id}'));
  if (segments.length > MAX_SEGMENTS) kept.push('{path}');
  return `/${kept.join('/')}`;
}

/** The path as the platform routes it: percent escapes decoded, as it is where they are wrong. */
function decoded(path: string): string {
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** A copy that does not keep the line alive that the text is a part of. */
function detached(text: string): string {
  return Buffer.from(text).toString();
}

/**
 * Labels by the table. A path without route gets a template of its own only once it was served with success
 * (2xx): otherwise a scanner could fill the cap. Such templates never take the room of the table's.
 */
export function createEndpoints(options: EndpointsOptions): Endpoints {
  const { max, dropped } = options;
  let { routes } = options;
  const given = new Set<string>();
  const guessed = new Set<string>();
  const folded = new Set<string>();
  const routed = new Map<string, string>();

  /** Counts series that are not there, not the requests that would have been theirs. */
  function fold(template: string): void {
    if (folded.has(template)) return;
    if (folded.size >= REMEMBERED_DROPS) folded.clear();
    folded.add(detached(template));
    dropped.inc();
  }

  function admit(template: string, room: number, set: Set<string>): string {
    if (given.has(template)) return template;
    if (set.size >= room || given.size >= max) {
      fold(template);
      return OTHER;
    }
    given.add(template);
    if (set !== given) set.add(template);
    return template;
  }

  function remember(path: string, endpoint: string): string {
    if (path.length > LONGEST_REMEMBERED) return endpoint;
    if (routed.size >= REMEMBERED_PATHS) routed.clear();
    routed.set(detached(path), endpoint);
    return endpoint;
  }

  return {
    endpointOf: (path, status) => {
      if (path === null) return UNMATCHED;
      const known = routed.get(path);
      if (known !== undefined) return known;
      const clean = decoded(path);
      const template = routes.match(clean);
      if (template !== undefined) return remember(path, admit(template, max, given));
      const guess = genericTemplate(clean);
      if (guessed.has(guess)) return guess;
      if (!status.startsWith('2')) return UNMATCHED;
      return admit(guess, Math.max(0, max - routes.size), guessed);
    },
    routeOf: (path) => routes.match(decoded(path)),
    use: (next) => {
      routes = next;
      routed.clear();
    },
  };
}
