import { describe, expect, it } from '@jest/globals';
import { loadSettings } from './config/load.ts';
import { createMessageTraffic } from './tracing/map/message-traffic.ts';
import { messageCounts, placesOf, topologyOf } from './topology.ts';

const settingsOf = (environment: Record<string, string>) => loadSettings(environment).settings;

describe('what is known of the platform', () => {
  it('is what is configured, and the devices of the fleet', () => {
    const fleet = { types: () => new Map([['sensor', 3]]) };
    const bare = {
      exporter: 'valtronics-exporter',
      gateway: false,
      api: false,
      postgres: false,
      redis: false,
      broker: false,
    };
    expect(topologyOf(settingsOf({}), fleet)).toEqual({ ...bare, devices: fleet.types() });
    const all = settingsOf({
      VALTRONICS_API_URL: 'http://api:8000',
      VALTRONICS_DATABASE_URL: 'postgresql://u@db/valtronics',
      VALTRONICS_REDIS_URL: 'redis://cache',
      VALTRONICS_MQTT_URL: 'mqtt://broker',
      VALTRONICS_GATEWAY_LISTEN: ':8002',
    });
    expect(topologyOf(all, fleet)).toMatchObject({
      ...{ gateway: true, api: true, postgres: true, redis: true, broker: true },
    });
  });

  it('has services by their addresses, with the port of the scheme where none is given', () => {
    const settings = settingsOf({
      VALTRONICS_API_URL: 'https://u:p@api.example.com/prefix',
      VALTRONICS_JAEGER_URL: 'http://jaeger:16686/jaeger',
      VALTRONICS_GATEWAY_LISTEN: '0.0.0.0:8002',
      VALTRONICS_GATEWAY_UPSTREAM: 'http://api:8000',
    });
    expect(Object.fromEntries(placesOf(settings))).toEqual({
      ...{ 'api.example.com:443': 'valtronics-api', 'api:8000': 'valtronics-api', 'jaeger:16686': 'jaeger' },
      ...{ '127.0.0.1:8002': 'valtronics-gateway', '::1:8002': 'valtronics-gateway' },
      'localhost:8002': 'valtronics-gateway',
    });
  });

  it('is the gateway where the API is asked through it', () => {
    const settings = settingsOf({
      VALTRONICS_API_URL: 'http://127.0.0.1:8002',
      VALTRONICS_GATEWAY_LISTEN: '127.0.0.1:8002',
      VALTRONICS_GATEWAY_UPSTREAM: 'http://127.0.0.1:8000',
    });
    expect(Object.fromEntries(placesOf(settings))).toEqual({
      ...{ '127.0.0.1:8002': 'valtronics-gateway', '127.0.0.1:8000': 'valtronics-api' },
    });
  });
});

it('messages are counted by the type of the device that the fleet knows, those of nobody as of no type', () => {
  const traffic = createMessageTraffic();
  const { senderOf } = messageCounts(traffic, { typeOf: (id) => (id === 'A' ? 'sensor' : '') });
  for (const id of ['A', 'A', 'B', null]) senderOf(id).sent(false, 0);
  expect(traffic.fromDevices(0, 0)).toEqual(
    new Map([
      ['sensor', { messages: 2, failed: 0 }],
      ['', { messages: 2, failed: 0 }],
    ]),
  );
});
