import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type LogApi, startLogApi } from '../../../test/support/log-api.ts';

let api: LogApi;
beforeEach(async () => {
  api = await startLogApi();
});
afterEach(() => api.stop());

const object = z.record(z.string(), z.unknown());

describe('the OpenAPI document', () => {
  it('has every path of the logs, with their schemas', async () => {
    const { body } = await api.get('/openapi.json');
    const paths = Object.keys(object.parse(body['paths']));
    expect(paths.filter((path) => path.startsWith('/api/v1/logs'))).toEqual([
      '/api/v1/logs',
      '/api/v1/logs/errors',
      '/api/v1/logs/health',
      '/api/v1/logs/trends',
      '/api/v1/logs/patterns',
      '/api/v1/logs/statistics',
      '/api/v1/logs/dead-letters',
      '/api/v1/logs/dead-letters/retry',
      '/api/v1/logs/search',
      '/api/v1/logs/recent',
      '/api/v1/logs/{id}',
    ]);
    const schemas = object.parse(object.parse(body['components'])['schemas']);
    for (const name of [
      'LogLine',
      'LogLinePage',
      'LogErrors',
      'LogTrends',
      'LogPatterns',
      'LogServiceHealth',
    ])
      expect(schemas).toHaveProperty(name);
  });

  it('says in which forms lines are taken in', async () => {
    const { body } = await api.get('/openapi.json');
    const paths = object.parse(body['paths']);
    expect(paths['/api/v1/logs']).toMatchObject({
      post: {
        requestBody: {
          required: true,
          content: { 'application/json': {}, 'application/x-ndjson': {} },
        },
        responses: { 202: {}, 400: {}, 413: {}, 415: {}, 429: {} },
      },
    });
  });
});
