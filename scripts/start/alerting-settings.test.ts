import { describe, expect, it } from '@jest/globals';
import { alertingSettings } from './alerting-settings.ts';
import { portsFrom } from './ports.ts';

const ports = portsFrom({ ALERTMANAGER_PORT: '9555' });

describe('alertingSettings', () => {
  it('has the exporter tell the run’s Alertmanager', () => {
    expect(alertingSettings({ environment: {}, ports }, { alertmanager: '/a' })).toEqual({
      VALTRONICS_ALERTMANAGER_URL: 'http://127.0.0.1:9555',
    });
  });

  it('says nothing of one that takes no part', () => {
    expect(alertingSettings({ environment: {}, ports }, { alertmanager: undefined })).toEqual({});
  });

  it.each(['VALTRONICS_ALERTMANAGER_URL', 'VALTRONICS_ALERTMANAGER_URL_FILE', 'VALTRONICS_CONFIG_FILE'])(
    'leaves a user’s own %s alone',
    (name) => {
      expect(alertingSettings({ environment: { [name]: 'x' }, ports }, { alertmanager: '/a' })).toEqual({});
    },
  );
});
