import type { Method, Route } from './route.ts';

/** What a method and path lead to. */
export type Match =
  | { readonly kind: 'route'; readonly route: Route; readonly parameters: ReadonlyMap<string, string> }
  /** The path exists with or without a trailing slash: FastAPI redirects there. */
  | { readonly kind: 'redirect'; readonly path: string }
  | { readonly kind: 'method_not_allowed'; readonly allow: readonly Method[] }
  | { readonly kind: 'not_found' };

/** Finds routes in the order of the table, as FastAPI does. */
export interface RouteTable {
  match(method: string, path: string): Match;
}

interface Compiled {
  readonly route: Route;
  readonly pattern: RegExp;
  readonly names: readonly string[];
}

function compile(route: Route): Compiled {
  const names: string[] = [];
  const source = route.path.replaceAll(/[.]|\{(\w+)\}/g, (_whole, name: string | undefined) => {
    if (name === undefined) return '\\.';
    names.push(name);
    return '([^/]+)';
  });
  return { route, pattern: new RegExp(`^${source}$`), names };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function createRouteTable(routes: readonly Route[]): RouteTable {
  const compiled = routes.map(compile);
  const matching = (path: string): Compiled[] => compiled.filter(({ pattern }) => pattern.test(path));
  return {
    match(method, path) {
      const candidates = matching(path);
      const found = candidates.find(({ route }) => route.method === method);
      if (found !== undefined) {
        const groups = found.pattern.exec(path)?.slice(1) ?? [];
        const parameters = new Map(found.names.map((name, at) => [name, decode(groups[at] ?? '')]));
        return { kind: 'route', route: found.route, parameters };
      }
      if (candidates.length > 0) {
        return { kind: 'method_not_allowed', allow: candidates.map(({ route }) => route.method) };
      }
      const other = path.endsWith('/') ? path.slice(0, -1) : `${path}/`;
      if (other !== '' && matching(other).length > 0) return { kind: 'redirect', path: other };
      return { kind: 'not_found' };
    },
  };
}
