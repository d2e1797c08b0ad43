import { GROK_LINES, GROK_REQUESTS, GROK_WORDS } from './grok-patterns.ts';

/** Keeps the line as it came, and gives the document an id that a page of hits can be ordered by. */
const KEEP_ORIGINAL = `
if (ctx.event == null) ctx.event = new HashMap();
if (ctx.event.original == null) ctx.event.original = ctx.message;
if (ctx.event.id == null && ctx._id != null) ctx.event.id = ctx._id;
if (ctx.event.kind == null) ctx.event.kind = 'event';
`;

/**
 * One level for all programs, whose own word stays in log.level; mosquitto has none, and its messages tell. What has a
 * status is of the access log.
 */
const LABEL = `
if (ctx.labels == null) ctx.labels = new HashMap();
String word = ctx.log != null && ctx.log.level != null ? ctx.log.level.toString().toUpperCase() : '';
String text = ctx.message == null ? '' : ctx.message.toString();
String level = params.levels[word];
if (level == null && (ctx.parsed?.time != null || ctx.parsed?.unix_time != null)) {
  level = 'INFO';
  if (text.startsWith('Warning: ') || text.startsWith('Denied PUBLISH')) level = 'WARNING';
  if (text.startsWith('Error') || text.startsWith('Unable to ') || text.startsWith('Out of memory')) level = 'ERROR';
  if (text.startsWith('Sending ') || text.startsWith('Received ')) level = 'DEBUG';
}
boolean isRequest = ctx.http != null && ctx.http.response != null && ctx.http.response.status_code != null;
if (level == null) level = isRequest ? 'INFO' : 'UNKNOWN';
ctx.labels.level = level;
if (ctx.labels.category == null)
  ctx.labels.category = isRequest ? 'access' : level == 'ERROR' || level == 'CRITICAL' ? 'error' : 'application';
if (isRequest && ctx.event.outcome == null)
  ctx.event.outcome = ctx.http.response.status_code < 400 ? 'success' : 'failure';
// A line of an access log is known by its request alone.
if (ctx.parsed?.request_time != null && ctx.tags != null) ctx.tags.removeIf(tag -> tag == '_grokparsefailure');
if (ctx.tags != null && ctx.tags.isEmpty()) ctx.remove('tags');
ctx.remove('parsed');
`;

/** Levels by the words that programs write. */
export const PIPELINE_LEVELS: Readonly<Record<string, string>> = {
  ...{ DEBUG: 'DEBUG', INFO: 'INFO', WARNING: 'WARNING', WARN: 'WARNING', ERROR: 'ERROR' },
  ...{ CRITICAL: 'CRITICAL', FATAL: 'CRITICAL', PANIC: 'CRITICAL', NOTICE: 'INFO', LOG: 'INFO' },
  ...{ DEBUG1: 'DEBUG', DEBUG2: 'DEBUG', DEBUG3: 'DEBUG', DEBUG4: 'DEBUG', DEBUG5: 'DEBUG' },
  ...{ '.': 'DEBUG', '-': 'DEBUG', '*': 'INFO', '#': 'WARNING' },
};

const oneLine = (script: string): string =>
  script
    .replaceAll(/^\/\/.*$/gm, '')
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ');

/**
 * Reads the time into `@timestamp` where the pattern found one; what cannot be read keeps the shipper's time. With
 * `zone` a time without one is of that zone; it must not be given for formats that have one, which it would overrule.
 */
function date(field: string, formats: readonly string[], zone?: string): object {
  return {
    date: {
      ...{ field: `parsed.${field}`, formats, ignore_failure: true },
      ...(zone === undefined ? {} : { timezone: zone }),
      if: `ctx.parsed?.${field} != null`,
    },
  };
}

/**
 * Reads lines that other shippers (Filebeat, Logstash, rsyslog) sent as they are. The exporter's own entries are read
 * already and do not pass through it. Only processors that Elasticsearch and OpenSearch have in common.
 */
export const INGEST_PIPELINE = {
  description: 'Reads the lines of the Valtronics platform: time, level, logger, request',
  processors: [
    { script: { lang: 'painless', source: oneLine(KEEP_ORIGINAL) } },
    {
      grok: {
        field: 'message',
        patterns: Object.keys(GROK_LINES).map((name) => `%{${name}}`),
        pattern_definitions: { ...GROK_WORDS, ...GROK_LINES },
        // Kept as it is, and found by this tag.
        on_failure: [{ append: { field: 'tags', value: ['_grokparsefailure'] } }],
      },
    },
    {
      grok: {
        field: 'message',
        patterns: Object.keys(GROK_REQUESTS).map((name) => `%{${name}}`),
        pattern_definitions: GROK_REQUESTS,
        ignore_failure: true,
      },
    },
    date(
      'time',
      ['yyyy-MM-dd HH:mm:ss,SSS', 'yyyy-MM-dd HH:mm:ss.SSS', 'yyyy-MM-dd HH:mm:ss', 'ISO8601'],
      'UTC',
    ),
    date('zoned_time', ['yyyy-MM-dd HH:mm:ss.SSS z']),
    date('redis_time', ['d MMM yyyy HH:mm:ss.SSS'], 'UTC'),
    date('unix_time', ['UNIX']),
    date('request_time', ['dd/MMM/yyyy:HH:mm:ss Z']),
    { script: { lang: 'painless', source: oneLine(LABEL), params: { levels: PIPELINE_LEVELS } } },
  ],
};
