import { exporterRoute, ok, type Answer, type Route } from './fakeGrafana';

const iso = (at: number): string => new Date(at).toISOString();

/** A line as the exporter writes it; `at` in milliseconds since the epoch. */
export function logLine(id: string, at: number, message: string, more: object = {}): LogLine {
  return {
    ...{ id, timestamp: iso(at), level: 'INFO', service: 'valtronics-api', category: 'application', message },
    ...{ deviceId: null, traceId: null, correlationId: null, pattern: 'p1', file: '/var/log/api.log' },
    ...{ raw: message, timeSource: 'line', created: iso(at), levelText: null, dataset: 'valtronics.api' },
    ...{ logger: null, spanId: null, request: null, error: null, truncated: false, parsed: true },
    ...more,
  };
}

/** What of a line the exporter's filter looks at. */
export interface LogLine {
  readonly id: string;
  readonly timestamp: string;
  readonly level: string;
  readonly service: string;
  readonly message: string;
  readonly deviceId: string | null;
  readonly traceId: string | null;
  readonly correlationId: string | null;
  readonly pattern: string | null;
}

/** A pattern as the exporter writes it. */
export function logPattern(id: string, template: string, more: object = {}): object {
  const now = Date.now();
  return {
    ...{ id, template, count: 10, share: 0.1, errors: 0, class: null, isNew: false },
    ...{ firstSeen: iso(now - 3_600_000), lastSeen: iso(now), levels: { INFO: 10 }, example: template },
    ...{ services: [{ service: 'valtronics-api', count: 10 }], hours: [], course: [1, 4, 2, 3] },
    ...more,
  };
}

/** What a test's exporter has of lines. */
export interface LogWorld {
  /** Newest first. */
  lines: readonly LogLine[];
  patterns?: readonly object[];
  health?: Readonly<Record<string, object>>;
  /** How many sources are configured. */
  sources?: number;
  /** Lines of all times; as many as there are when left out. */
  total?: number;
  source?: 'buffer' | 'elasticsearch';
  /** Why the log store was not asked. */
  problem?: string;
  /** What the log store refused. */
  letters?: readonly object[];
}

function fits(line: LogLine, query: URLSearchParams): boolean {
  const among = (name: string, value: string): boolean =>
    query.get(name)?.split(',').includes(value) !== false;
  const is = (name: string, value: string | null): boolean => [null, value].includes(query.get(name));
  const from = query.get('from');
  const to = query.get('to');
  return (
    line.message.toLowerCase().includes((query.get('q') ?? '').toLowerCase()) &&
    among('service', line.service) &&
    among('level', line.level) &&
    is('device', line.deviceId) &&
    is('trace', line.traceId) &&
    is('correlation', line.correlationId) &&
    is('pattern', line.pattern) &&
    query
      .get('exclude')
      ?.split(',')
      .includes(line.pattern ?? '') !== true &&
    (from === null || line.timestamp >= from) &&
    (to === null || line.timestamp < to)
  );
}

function trends(lines: readonly LogLine[]): Answer {
  const levels: Record<string, number> = {};
  for (const { level } of lines) levels[level] = (levels[level] ?? 0) + 1;
  const bucket = { at: iso(Date.now() - 60_000), total: lines.length, levels, services: {} };
  const figures = { hourly_stats: {}, level_trends: {}, service_trends: {} };
  return ok({ period: '1h', ...figures, stepSeconds: 60, buckets: [bucket], counted: 'lines', oldest: null });
}

/** The exporter's lines; what is put into the world later is found by tails. */
export function logRoute(world: LogWorld): Route {
  const page = (items: readonly LogLine[], nextCursor: string | null): Answer => {
    const oldest = world.lines.at(-1)?.timestamp ?? null;
    const { source = 'buffer', problem = null } = world;
    const tailCursor = `run_${world.lines.length.toString(36)}_0`;
    return ok({ items, nextCursor, tailCursor, missed: 0, source, oldest, problem });
  };
  const search = (query: URLSearchParams): Answer => {
    const after = query.get('after');
    const found = world.lines.filter((line) => fits(line, query));
    if (after !== null) {
      const known = parseInt(after.split('_')[1] ?? '', 36);
      const newer = world.lines.slice(0, world.lines.length - known).filter((line) => fits(line, query));
      return page([...newer].reverse(), null);
    }
    const start = Number(query.get('cursor') ?? 0);
    const end = start + Number(query.get('limit'));
    return page(found.slice(start, end), end < found.length ? String(end) : null);
  };
  const context = (id: string, query: URLSearchParams): Answer => {
    const place = world.lines.findIndex((line) => line.id === id);
    if (place < 0)
      return { status: 404, body: { error: { code: 'not_found', message: `there is no line ${id}` } } };
    const count = Number(query.get('before'));
    const after = world.lines.slice(Math.max(0, place - count), place).reverse();
    const before = world.lines.slice(place + 1, place + 1 + count).reverse();
    return ok({ ...world.lines[place], before, after });
  };
  return exporterRoute((path, query) => {
    if (!path.startsWith('/api/v1/logs/')) return undefined;
    const name = path.slice('/api/v1/logs/'.length);
    const { patterns = [], health = {}, sources = 1, lines, total = lines.length } = world;
    switch (name) {
      case 'search':
        return search(query);
      case 'trends':
        return trends(lines.filter((line) => fits(line, query)));
      case 'patterns':
        return ok({ items: patterns, total: patterns.length, counted: 'lines', oldest: null });
      case 'dead-letters':
        return ok({ items: world.letters ?? [], nextCursor: null });
      case 'health':
        return ok(health);
      case 'statistics': {
        const services = Object.fromEntries(lines.map(({ service }) => [service, { INFO: 1 }]));
        return ok({ total_logs: total, service_stats: services, sources });
      }
      default:
        return context(name, query);
    }
  });
}
