import { describe, expect, it } from '@jest/globals';
import { bufferSettings, gatewaySettings } from './gateway-settings.ts';
import { portsFrom } from './ports.ts';

describe('the settings of the gateway', () => {
  it('put it between everybody, the exporter included, and the simulated API', () => {
    const ports = portsFrom({ GATEWAY_PORT: '8902', GATEWAY_ADMIN_PORT: '8903' });
    expect(gatewaySettings({ environment: {}, ports, folder: '/run' }, 'http://127.0.0.1:8000')).toEqual({
      VALTRONICS_API_URL: 'http://127.0.0.1:8902',
      VALTRONICS_API_REQUESTS_SOURCE: 'gateway',
      VALTRONICS_GATEWAY_LISTEN: '127.0.0.1:8902',
      VALTRONICS_GATEWAY_ADMIN_LISTEN: '127.0.0.1:8903',
      VALTRONICS_GATEWAY_UPSTREAM: 'http://127.0.0.1:8000',
      VALTRONICS_GATEWAY_TRUSTED_PROXIES: '127.0.0.1',
      VALTRONICS_GATEWAY_ACCESS_LOG: '/run/gateway/access.log',
    });
  });

  it('keep traces, unless the user says how many', () => {
    expect(bufferSettings({ environment: {} })).toEqual({ VALTRONICS_TRACES_BUFFER: '500' });
    expect(bufferSettings({ environment: { VALTRONICS_TRACES_BUFFER: '0' } })).toEqual({});
    expect(bufferSettings({ environment: { VALTRONICS_CONFIG_FILE: '/x.yml' } })).toEqual({});
  });
});
