/** What the store's objects are called: the index template, the policy of retention and the ingest pipeline. */
export const STORE_NAME = 'valtronics-logs';
/** All indices of log entries, each of which is named by its day. */
export const INDEX_PATTERN = `${STORE_NAME}-*`;
/** Above the templates that come with Elasticsearch, which have 100. */
const PRIORITY = 200;

const keyword = { type: 'keyword', ignore_above: 1024 };
const long = { type: 'long' };
const date = { type: 'date' };
const fields = (properties: object): object => ({ properties });

/** Types that Elasticsearch 8 and 9 and OpenSearch 2 and 3 have in common. */
const MAPPINGS = {
  // A shipper that adds fields of its own must not make the mapping grow without end: they are kept, and not searched.
  dynamic: false,
  dynamic_templates: [{ labels: { path_match: 'labels.*', mapping: keyword } }],
  properties: {
    '@timestamp': date,
    message: { type: 'text' },
    ecs: fields({ version: keyword }),
    log: fields({ level: keyword, logger: keyword, offset: long, file: fields({ path: keyword }) }),
    service: fields({ name: keyword, version: keyword, environment: keyword }),
    host: fields({ name: keyword }),
    event: fields({
      ...{ id: keyword, kind: keyword, dataset: keyword, outcome: keyword, module: keyword },
      ...{ created: date, ingested: date, duration: long },
      original: { type: 'keyword', index: false, doc_values: false },
    }),
    labels: { type: 'object', dynamic: true },
    tags: keyword,
    trace: fields({ id: keyword }),
    span: fields({ id: keyword }),
    http: fields({
      version: keyword,
      request: fields({ method: keyword, id: keyword }),
      response: fields({ status_code: long, body: fields({ bytes: long }) }),
    }),
    url: fields({ original: keyword, path: keyword }),
    client: fields({ address: keyword, ip: { type: 'ip' }, port: long }),
    user_agent: fields({ original: keyword }),
    gateway: fields({ upstream_duration: long, overhead_duration: long }),
    error: fields({
      ...{ type: keyword, message: { type: 'text' } },
      stack_trace: { type: 'keyword', index: false, doc_values: false },
    }),
    process: fields({ pid: long }),
  },
};

/** The template of the daily indices; with `lifecycle`, which only Elasticsearch knows, they follow the ILM policy. */
export function indexTemplate(lifecycle: boolean): object {
  return {
    index_patterns: [INDEX_PATTERN],
    priority: PRIORITY,
    template: {
      settings: {
        index: {
          number_of_shards: 1,
          // A single node has nowhere to put a copy. Several nodes: raise it in a template of a higher priority.
          number_of_replicas: 0,
          refresh_interval: '5s',
          codec: 'best_compression',
          ...(lifecycle ? { lifecycle: { name: STORE_NAME } } : {}),
        },
      },
      mappings: MAPPINGS,
    },
    _meta: { description: 'Log entries of the Valtronics platform, one index a day' },
  };
}
