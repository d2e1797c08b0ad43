import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../exporter/test/support/server.ts';
import { exporterSettings, findReadyLine, hasOwnSources } from './sources.ts';

const folder = temporaryFolder('sources');
afterAll(() => folder.remove());

const platform = {
  apiUrl: 'http://127.0.0.1:8000',
  mqttUrl: 'mqtt://127.0.0.1:1883',
  databaseUrl: 'postgresql://u@127.0.0.1:5/v',
  accessLog: '/x/access.log',
  serviceLogs: ['/x/backend.log', '/x/mosquitto.log'],
};

describe('hasOwnSources', () => {
  it.each([
    'VALTRONICS_API_URL',
    'VALTRONICS_MQTT_URL_FILE',
    'VALTRONICS_LOG_PATHS',
    'VALTRONICS_LOG_SOURCES',
    'VALTRONICS_CONFIG_FILE',
  ])('%s turns the simulator off', (name) => {
    expect(hasOwnSources({ [name]: 'x' })).toBe(true);
  });

  it('is false for other settings and for empty ones', () => {
    expect(hasOwnSources({ VALTRONICS_MAX_DEVICES: '5', VALTRONICS_API_URL: '' })).toBe(false);
  });
});

describe('findReadyLine', () => {
  const path = join(folder.path, 'log');
  beforeAll(() => writeFileSync(path, ''));

  it('waits for a whole line', () => {
    writeFileSync(path, `starting\n${JSON.stringify({ ready: platform })}`);
    expect(findReadyLine(path)).toBeUndefined();
    writeFileSync(path, `starting\n${JSON.stringify({ ready: platform })}\n`);
    expect(findReadyLine(path)).toEqual(platform);
  });
});

describe('exporterSettings', () => {
  it('leaves the database out where there is none', () => {
    expect(exporterSettings({ ...platform, databaseUrl: null })).not.toHaveProperty(
      'VALTRONICS_DATABASE_URL',
    );
    expect(exporterSettings(platform)).toEqual({
      VALTRONICS_API_URL: platform.apiUrl,
      VALTRONICS_MQTT_URL: platform.mqttUrl,
      VALTRONICS_LOG_PATHS: platform.accessLog,
      VALTRONICS_LOG_SOURCES: 'valtronics-api=/x/backend.log,mosquitto=/x/mosquitto.log',
      VALTRONICS_DATABASE_URL: platform.databaseUrl,
    });
  });
});
