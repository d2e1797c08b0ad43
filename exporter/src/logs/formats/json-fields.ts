/** What the keys of a JSON line mean, each with its place in a row of values. */
export const FIELDS = {
  time: 0,
  level: 1,
  message: 2,
  service: 3,
  logger: 4,
  trace: 5,
  span: 6,
  traceparent: 7,
  correlation: 8,
  device: 9,
  dataset: 10,
  category: 11,
  audit: 12,
  errorType: 13,
  errorMessage: 14,
  errorStack: 15,
  process: 16,
  method: 17,
  url: 18,
  agent: 19,
  bytes: 20,
  upstream: 21,
  overhead: 22,
} as const;
export type Field = keyof typeof FIELDS;
export const FIELD_COUNT = Object.keys(FIELDS).length;

/**
 * Keys by what they mean, the first that is there counts: Elastic Common Schema first, then pino, Python's formatters, the
 * monitoring guide, the usual names, and journald's. A dotted name stands for nested objects as well.
 */
export const JSON_KEYS: Readonly<Record<Field, readonly string[]>> = {
  time: [
    '@timestamp',
    'timestamp',
    'time',
    'ts',
    't',
    'asctime',
    'datetime',
    'date',
    'time_iso8601',
    'time_local',
    '__REALTIME_TIMESTAMP',
  ],
  level: [
    'log.level',
    'level',
    'levelname',
    'severity',
    'severity_text',
    'log_level',
    'loglevel',
    'lvl',
    'PRIORITY',
  ],
  message: ['message', 'msg', 'text', 'body', 'event.original', 'log', 'MESSAGE'],
  service: [
    'service.name',
    'service',
    'fields.service',
    'service_name',
    'serviceName',
    'app',
    'application',
    'SYSLOG_IDENTIFIER',
  ],
  logger: ['log.logger', 'logger', 'logger_name', 'name', 'module'],
  trace: ['trace.id', 'trace_id', 'traceId', 'traceID', 'traceid', 'otelTraceID'],
  span: ['span.id', 'span_id', 'spanId', 'spanID', 'otelSpanID'],
  traceparent: ['traceparent', 'req.headers.traceparent'],
  correlation: [
    ...['http.request.id', 'correlation_id', 'correlationId', 'correlation.id', 'request_id', 'requestId'],
    ...['reqId', 'x_request_id', 'x-request-id', 'req.id', 'req.headers.x-request-id'],
  ],
  device: ['labels.device_id', 'device_id', 'deviceId', 'fields.device_id', 'device'],
  dataset: ['event.dataset', 'data_stream.dataset'],
  category: ['event.category', 'category'],
  audit: ['audit'],
  errorType: ['error.type', 'err.type', 'exception.type'],
  errorMessage: ['error.message', 'err.message', 'exception.message'],
  errorStack: [
    ...['error.stack_trace', 'err.stack', 'exception.stacktrace', 'exc_info', 'exc_text', 'exception'],
    ...['stack_trace', 'stacktrace', 'traceback', 'stack'],
  ],
  process: ['process.pid', 'pid', 'process', '_PID'],
  method: [
    ...['http.request.method', 'method', 'request_method', 'http_method', 'RequestMethod', 'verb'],
    ...['req.method', 'request.method', 'request'],
  ],
  url: [
    ...['url.original', 'url.path', 'req.url', 'request.uri', 'path', 'uri', 'request_uri', 'url'],
    ...['RequestPath', 'request_path'],
  ],
  agent: ['user_agent.original', 'user_agent', 'http_user_agent', 'userAgent', 'req.headers.user-agent'],
  bytes: ['http.response.body.bytes', 'body_bytes_sent', 'bytes_sent', 'bytes', 'size'],
  upstream: ['gateway.upstream_duration'],
  overhead: ['gateway.overhead_duration'],
};

/** A key, or a part of one, in the tree of all that are known. */
export interface KeyNode {
  /** What the key means, a number of `FIELDS`; -1 where it is only the begin of others. */
  readonly field: number;
  /** Place among the keys of the same meaning; the least counts. */
  readonly rank: number;
  /** Absent for a key that holds no others. */
  readonly children: Map<string, KeyNode> | undefined;
}

/** A key on its way into the tree. */
interface OpenNode {
  field: number;
  rank: number;
  readonly children: Map<string, OpenNode>;
}

function nodeAt(map: Map<string, OpenNode>, key: string): OpenNode {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made: OpenNode = { field: -1, rank: 0, children: new Map() };
  map.set(key, made);
  return made;
}

/** Gives a key its meaning, unless it has one. */
function name(node: OpenNode, field: number, rank: number): void {
  if (node.field !== -1) return;
  node.field = field;
  node.rank = rank;
}

function closed(nodes: Map<string, OpenNode>): Map<string, KeyNode> {
  return new Map(
    [...nodes].map(([key, { field, rank, children }]) => [
      key,
      { field, rank, children: children.size === 0 ? undefined : closed(children) },
    ]),
  );
}

function isField(text: string): text is Field {
  return text in FIELDS;
}

/** All keys: whole names at the top, nested ones below their first part. */
function tree(): Map<string, KeyNode> {
  const root = new Map<string, OpenNode>();
  for (const field of Object.keys(FIELDS).filter(isField)) {
    for (const [rank, key] of JSON_KEYS[field].entries()) {
      name(nodeAt(root, key), FIELDS[field], rank);
      const parts = key.split('.');
      let map = root;
      for (const part of parts.slice(0, -1)) map = nodeAt(map, part).children;
      name(nodeAt(map, parts.at(-1) ?? ''), FIELDS[field], rank);
    }
  }
  return closed(root);
}

export const KEY_TREE: ReadonlyMap<string, KeyNode> = tree();
