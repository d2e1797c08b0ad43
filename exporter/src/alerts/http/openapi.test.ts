import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type AlertApi, startAlertApi } from '../../../test/support/alert-api.ts';
import { T0 } from '../../../test/support/alerts.ts';

let api: AlertApi;
beforeEach(async () => {
  api = await startAlertApi({ now: () => T0 });
});
afterEach(() => api.stop());

const object = z.record(z.string(), z.unknown());

describe('the OpenAPI document', () => {
  it('has every path of the alerts and of maintenance, with their schemas', async () => {
    const { body } = await api.get('/openapi.json');
    const paths = Object.keys(object.parse(body['paths']));
    expect(paths).toEqual(expect.arrayContaining(['/api/v1/maintenance', '/api/v1/maintenance/{id}/end']));
    expect(paths.filter((path) => /^.api.v1.alerts(?!.rules)/.test(path))).toEqual([
      '/api/v1/alerts/webhook',
      '/api/v1/alerts/deliveries',
      '/api/v1/alerts/deliveries/{id}/retry',
      '/api/v1/alerts/deliveries/retry',
      '/api/v1/alerts/test',
      '/api/v1/alerts/acknowledge',
      '/api/v1/alerts/resolve',
      '/api/v1/alerts',
      '/api/v1/alerts/statistics',
      '/api/v1/alerts/history',
      '/api/v1/alerts/{fingerprint}',
      '/api/v1/alerts/{fingerprint}/acknowledge',
      '/api/v1/alerts/{fingerprint}/resolve',
      '/api/v1/alerts/{fingerprint}/before',
    ]);
    const schemas = object.parse(object.parse(body['components'])['schemas']);
    for (const name of ['AlertRow', 'AlertDetails', 'AlertOutcomes', 'AlertStatistics', 'MaintenanceWindow'])
      expect(schemas).toHaveProperty(name);
  });
});
