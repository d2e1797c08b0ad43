import { globSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { portsFrom } from './ports.ts';
import { ruleSettings } from './rule-settings.ts';

const ports = portsFrom({ EXPORTER_PORT: '8555' });

describe('ruleSettings', () => {
  it('has the exporter evaluate the repository’s rules where there is no Prometheus', () => {
    const settings = ruleSettings({ environment: {}, ports }, { prometheus: undefined });
    expect(settings.VALTRONICS_RULES_INSTANCE).toBe('127.0.0.1:8555');
    expect(globSync(settings.VALTRONICS_RULES_FILES ?? '').length).toBeGreaterThanOrEqual(9);
  });

  it('leaves them to a Prometheus', () => {
    expect(ruleSettings({ environment: {}, ports }, { prometheus: '/usr/bin/prometheus' })).toEqual({});
  });

  it('keeps the name that the user gave the target', () => {
    const environment = { VALTRONICS_RULES_INSTANCE: 'exporter:8001' };
    expect(ruleSettings({ environment, ports }, { prometheus: undefined }).VALTRONICS_RULES_INSTANCE).toBe(
      'exporter:8001',
    );
  });

  it.each(['VALTRONICS_RULES_FILES', 'VALTRONICS_RULES_OWN', 'VALTRONICS_CONFIG_FILE'])(
    'leaves a user’s own %s alone',
    (name) => {
      expect(ruleSettings({ environment: { [name]: 'x' }, ports }, { prometheus: undefined })).toEqual({});
    },
  );
});
