import '../../../test-support/grafanaMocks';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Answer, fakeGrafana, FORBIDDEN, ok } from '../../../test-support/fakeGrafana';
import { forgetSettings, loadSettings } from './loadSettings';

const SETTINGS = '/api/plugins/valtronics-monitoring-app/settings';
const grafanaSays = (answer: Answer) => fakeGrafana(({ url }) => (url === SETTINGS ? answer : undefined));

describe('loadSettings', () => {
  beforeEach(forgetSettings);

  it('asks once for all panels', async () => {
    const grafana = grafanaSays(ok({ enabled: true, jsonData: { exporterUrl: 'http://e:8001' } }));
    const [first, second] = await Promise.all([loadSettings(), loadSettings()]);
    expect(first).toMatchObject({ exporterUrl: 'http://e:8001', prometheusUid: 'valtronics-prometheus' });
    expect(second).toBe(first);
    expect(grafana.requests).toHaveLength(1);
  });

  it.each([
    ['a user who may not', FORBIDDEN, 'not-allowed'],
    ['no such plugin', { status: 404, body: {} }, 'not-installed'],
    ['a plugin that is switched off', ok({ enabled: false, jsonData: {} }), 'switched-off'],
    ['a Grafana in trouble', { status: 500, body: {} }, 'unknown'],
    ['something that is no settings', ok('hello'), 'unknown'],
  ])('%s', async (_, answer, failure) => {
    grafanaSays(answer);
    await expect(loadSettings()).rejects.toMatchObject({ name: 'SettingsError', failure });
  });

  it('asks again after a failure', async () => {
    grafanaSays(FORBIDDEN);
    await expect(loadSettings()).rejects.toThrow();
    grafanaSays(ok({ enabled: true, jsonData: {} }));
    expect((await loadSettings()).exporterUrl).toBe('');
  });
});
