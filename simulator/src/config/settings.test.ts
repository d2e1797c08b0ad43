import { describe, expect, it } from '@jest/globals';
import { ALLOWED, readSettings, SettingsError } from './settings.ts';

describe('readSettings', () => {
  it('has the defaults of the contract', () => {
    expect(readSettings({})).toMatchObject({
      apiPort: 8000,
      mqttPort: 1883,
      postgresPort: 0,
      devices: 50,
      seed: 1,
      postgres: 'auto',
      speed: 1,
    });
    expect(readSettings({}).dataDir).toMatch(/\/\.run\/simulator$/);
    expect(readSettings({}).logDir).toMatch(/\/\.run\/simulator\/logs$/);
  });

  it('keeps two simulators with different ports apart', () => {
    expect(readSettings({ SIMULATOR_API_PORT: '8100' }).dataDir).toMatch(/\/\.run\/simulator-8100$/);
    expect(readSettings({ SIMULATOR_API_PORT: '8100', SIMULATOR_DATA_DIR: '/data' }).dataDir).toBe('/data');
  });

  it('takes every variable, and an empty one as unset', () => {
    const settings = readSettings({
      SIMULATOR_API_PORT: '1',
      SIMULATOR_MQTT_PORT: '2',
      SIMULATOR_POSTGRES_PORT: '3',
      SIMULATOR_DEVICES: '20000',
      SIMULATOR_SEED: '42',
      SIMULATOR_LOG_DIR: '/logs',
      SIMULATOR_DATA_DIR: '/data',
      SIMULATOR_SPEED: '2.5',
      SIMULATOR_POINTS_PER_SECOND: '',
      SIMULATOR_TRAFFIC_URL: 'http://127.0.0.1:8002',
      SIMULATOR_POSTGRES: 'postgresql://u:p@127.0.0.1/db',
      SIMULATOR_HOST: '0.0.0.0',
    });
    expect(settings).toEqual({
      host: '0.0.0.0',
      apiPort: 1,
      mqttPort: 2,
      postgresPort: 3,
      devices: 20_000,
      seed: 42,
      logDir: '/logs',
      dataDir: '/data',
      speed: 2.5,
      maxPointsPerSecond: 1500,
      trafficUrl: 'http://127.0.0.1:8002',
      postgres: 'postgresql://u:p@127.0.0.1/db',
    });
  });

  it.each([
    ['SIMULATOR_HOST', 'everywhere'],
    ['SIMULATOR_API_PORT', '99999'],
    ['SIMULATOR_MQTT_PORT', 'mqtt'],
    ['SIMULATOR_POSTGRES_PORT', '-1'],
    ['SIMULATOR_DEVICES', '19'],
    ['SIMULATOR_DEVICES', '20001'],
    ['SIMULATOR_SEED', '1.5'],
    ['SIMULATOR_SPEED', '0'],
    ['SIMULATOR_POINTS_PER_SECOND', '1'],
    ['SIMULATOR_POSTGRES', 'mysql://x'],
  ])('refuses %s=%s in one line with what is allowed', (name, value) => {
    let message = '';
    try {
      readSettings({ [name]: value });
    } catch (error) {
      expect(error).toBeInstanceOf(SettingsError);
      message = error instanceof Error ? error.message : '';
    }
    const allowed = Object.entries(ALLOWED).find(([key]) => key === name)?.[1];
    expect(message).toBe(`${name} is "${value}"; allowed: ${allowed ?? ''}`);
  });

  it('hides the password of a bad URL', () => {
    expect(() => readSettings({ SIMULATOR_POSTGRES: 'mysql://user:secret@host/db' })).toThrow(
      /mysql:\/\/\*\*\*@host/,
    );
  });
});
