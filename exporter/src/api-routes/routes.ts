/** Finds the template of a path, e.g. `/api/v1/devices/{device_id}` for `/api/v1/devices/7`. */
export interface RouteTable {
  /** Number of templates. */
  readonly size: number;
  /** The template, or undefined for a path that none fits. The path is decoded and has no query. */
  match(path: string): string | undefined;
}

interface Node {
  readonly literals: Map<string, Node>;
  parameter: Node | undefined;
  template: string | undefined;
}

function emptyNode(): Node {
  return { literals: new Map(), parameter: undefined, template: undefined };
}

function segmentsOf(path: string): string[] {
  return path.slice(1).split('/');
}

function isParameter(segment: string): boolean {
  return segment.startsWith('{') && segment.endsWith('}');
}

function insert(root: Node, template: string): void {
  let node = root;
  for (const segment of segmentsOf(template)) {
    let next = isParameter(segment) ? node.parameter : node.literals.get(segment);
    if (next === undefined) {
      next = emptyNode();
      if (isParameter(segment)) node.parameter = next;
      else node.literals.set(segment, next);
    }
    node = next;
  }
  node.template = template;
}

/** Literals go before parameters, as the platform declares them; each node is visited once at most. */
function find(node: Node, segments: readonly string[], depth: number): string | undefined {
  const segment = segments[depth];
  if (segment === undefined) return node.template;
  const literal = node.literals.get(segment);
  const exact = literal === undefined ? undefined : find(literal, segments, depth + 1);
  if (exact !== undefined || node.parameter === undefined || segment === '') return exact;
  return find(node.parameter, segments, depth + 1);
}

/**
 * A table of templates; of two that differ only in names of parameters the later one stands. A path with a
 * slash too many or too few at its end (the platform answers 307) belongs to the route that it is led to,
 * unless it fits a route as it is.
 */
export function createRouteTable(templates: readonly string[]): RouteTable {
  const root = emptyNode();
  for (const template of templates) insert(root, template);
  return {
    size: new Set(templates).size,
    match: (path) => {
      const exact = find(root, segmentsOf(path), 0);
      if (exact !== undefined) return exact;
      const other = path.endsWith('/') ? path.slice(0, -1) : `${path}/`;
      return other === '' ? undefined : find(root, segmentsOf(other), 0);
    },
  };
}
