import { INDEX_PATTERN } from './index-template.ts';

/** Elasticsearch's policy: an index is deleted so many days after it was made. */
export function ilmPolicy(days: number): object {
  return {
    policy: {
      phases: {
        hot: { min_age: '0ms', actions: {} },
        delete: { min_age: `${days}d`, actions: { delete: {} } },
      },
      _meta: { description: 'Log entries of the Valtronics platform' },
    },
  };
}

/** OpenSearch's policy for the same; it finds its indices by their names. */
export function ismPolicy(days: number): object {
  return {
    policy: {
      description: 'Log entries of the Valtronics platform',
      default_state: 'kept',
      states: [
        {
          name: 'kept',
          actions: [],
          transitions: [{ state_name: 'deleted', conditions: { min_index_age: `${days}d` } }],
        },
        { name: 'deleted', actions: [{ delete: {} }], transitions: [] },
      ],
      ism_template: [{ index_patterns: [INDEX_PATTERN], priority: 200 }],
    },
  };
}
