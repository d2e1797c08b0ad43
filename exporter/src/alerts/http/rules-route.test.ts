import { afterEach, describe, expect, it } from '@jest/globals';
import { T0 } from '../../../test/support/alerts.ts';
import {
  httpDependencies,
  rawRequest,
  recordingLogger,
  startTestServer,
  type TestServer,
} from '../../../test/support/http.ts';
import type { RuleView } from '../rules/rule-view.ts';
import { alertRoutes } from './routes.ts';

const RULE: RuleView = {
  group: 'valtronics.devices',
  name: 'DevicesOffline',
  expression: 'job:valtronics_devices:offline_ratio > 0.2',
  forSeconds: 600,
  labels: { severity: 'warning' },
  annotations: { summary: 'Many devices are offline' },
  state: 'pending',
  health: 'ok',
  lastError: null,
  lastEvaluation: T0,
  evaluationSeconds: 0.002,
  instances: [{ labels: { job: 'valtronics-api' }, state: 'pending', value: '0.25', since: T0 - 15_000 }],
};

let server: TestServer | undefined;
afterEach(() => server?.stop());

async function ask(rules: (() => readonly RuleView[] | undefined) | undefined): Promise<unknown> {
  const off = () => undefined;
  const logger = recordingLogger();
  server = await startTestServer({
    dependencies: httpDependencies({ logger }),
    routes: alertRoutes({
      ...{ store: off, delivery: off, maintenance: off, explained: off, now: () => T0, logger },
      ...(rules === undefined ? {} : { rules }),
    }),
  });
  const { status, text } = await rawRequest(`${server.url}/api/v1/alerts/rules`);
  expect(status).toBe(200);
  return JSON.parse(text);
}

describe('GET /api/v1/alerts/rules', () => {
  it('says that the exporter evaluates none, also while alerts are switched off', async () => {
    expect(await ask(undefined)).toEqual({ enabled: false, items: [] });
    await server?.stop();
    expect(await ask(() => undefined)).toEqual({ enabled: false, items: [] });
  });

  it('shows each rule with its times as text', async () => {
    expect(
      await ask(() => [RULE, { ...RULE, lastEvaluation: null, state: 'unknown', instances: [] }]),
    ).toEqual({
      enabled: true,
      items: [
        {
          ...RULE,
          lastEvaluation: '2026-11-23T14:00:00.000Z',
          instances: [{ ...RULE.instances[0], since: '2026-11-23T13:59:45.000Z' }],
        },
        { ...RULE, lastEvaluation: null, state: 'unknown', instances: [] },
      ],
    });
  });
});
