/** What a key of a JSON line means, with the place of the value among the others of the same meaning. */
export type Field =
  | 'time'
  | 'level'
  | 'message'
  | 'service'
  | 'logger'
  | 'trace'
  | 'span'
  | 'traceparent'
  | 'correlation'
  | 'device'
  | 'dataset'
  | 'category'
  | 'audit'
  | 'errorType'
  | 'errorMessage'
  | 'errorStack'
  | 'process'
  | 'method'
  | 'url'
  | 'agent'
  | 'bytes';

/**
 * Keys by what they mean, the first that is there counts: Elastic Common Schema first, then pino, Python's formatters, the
 * monitoring guide and the usual names. A dotted name stands for nested objects as well.
 */
export const JSON_KEYS: Readonly<Record<Field, readonly string[]>> = {
  time: [
    '@timestamp',
    'timestamp',
    'time',
    'ts',
    'asctime',
    'datetime',
    'date',
    'time_iso8601',
    'time_local',
  ],
  level: ['log.level', 'level', 'levelname', 'severity', 'severity_text', 'log_level', 'loglevel', 'lvl'],
  message: ['message', 'msg', 'text', 'body', 'event.original'],
  service: ['service.name', 'service', 'fields.service', 'service_name', 'serviceName', 'app', 'application'],
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
  process: ['process.pid', 'pid', 'process'],
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
};

/** A key, or a part of one, in the tree of all that are known. */
export interface KeyNode {
  /** What the key means; absent where it is only the begin of others. */
  readonly field?: Field;
  /** Place among the keys of the same meaning; the least counts. */
  readonly rank: number;
  readonly children: Map<string, KeyNode>;
}

/** All keys: whole names at the top, nested ones below their first part. */
function tree(): Map<string, KeyNode> {
  const root = new Map<string, KeyNode>();
  function put(map: Map<string, KeyNode>, key: string, field: Field | undefined, rank: number): KeyNode {
    const known = map.get(key);
    const node: KeyNode =
      known === undefined || (field !== undefined && known.field === undefined)
        ? { field, rank, children: known?.children ?? new Map<string, KeyNode>() }
        : known;
    map.set(key, node);
    return node;
  }
  for (const [field, keys] of fields()) {
    for (const [rank, name] of keys.entries()) {
      put(root, name, field, rank);
      const parts = name.split('.');
      let map = root;
      for (const part of parts.slice(0, -1)) map = put(map, part, undefined, 0).children;
      if (parts.length > 1) put(map, parts.at(-1) ?? '', field, rank);
    }
  }
  return root;
}

function fields(): (readonly [Field, readonly string[]])[] {
  const all: (readonly [Field, readonly string[]])[] = [];
  for (const field in JSON_KEYS) if (isField(field)) all.push([field, JSON_KEYS[field]]);
  return all;
}

function isField(text: string): text is Field {
  return text in JSON_KEYS;
}

export const KEY_TREE: ReadonlyMap<string, KeyNode> = tree();
