import { expect, it } from '@jest/globals';
import { loadSettings } from '../config/load.ts';
import { silentLogger } from '../log/logger.ts';
import type { AlertSource, AlertState } from './alert.ts';
import { createEndOfRemoved, removedSources } from './removed-sources.ts';
import type { Report } from './store/store.ts';

it.each([
  [{}, ['platform', 'device', 'rules']],
  [{ VALTRONICS_API_URL: 'http://a' }, ['device', 'rules']],
  [{ VALTRONICS_DATABASE_URL: 'postgresql://d' }, ['device', 'rules']],
  [{ VALTRONICS_MQTT_URL: 'mqtt://m', VALTRONICS_RULES_FILES: '/r.yml' }, ['platform']],
  [
    {
      ...{ VALTRONICS_API_URL: 'http://a', VALTRONICS_MQTT_URL: 'mqtt://m' },
      VALTRONICS_RULES_OWN: '[{"name":"R","expression":"up"}]',
    },
    [],
  ],
])('with %j the sources %j are not there', (environment, expected) => {
  expect(removedSources(loadSettings(environment).settings)).toEqual(expected);
});

it('ends what a removed source raised, in pieces, and nothing of others', async () => {
  const open = new Map<AlertSource, Map<string, AlertState>>([
    ['rules', new Map(Array.from({ length: 150 }, (_, index) => [`r${index}`, 'active']))],
    ['platform', new Map([['p', 'acknowledged']])],
    ['api', new Map([['a', 'active']])],
  ]);
  const report = ({ source, gone, now }: Report) => {
    for (const { fingerprint } of gone) open.get(source)?.delete(fingerprint);
    expect(now).toBe(7);
    return Promise.resolve({ alerts: [], resolved: gone.length });
  };
  const store = {
    open: (source: AlertSource) => Promise.resolve(open.get(source) ?? new Map<string, AlertState>()),
    report,
  };
  const end = createEndOfRemoved(store, ['platform', 'rules'], silentLogger());
  for (const result of ['more', 'more', 'more', 'idle']) expect(await end(7)).toBe(result);
  expect([...open].flatMap(([, alerts]) => [...alerts.keys()])).toEqual(['a']);
});
