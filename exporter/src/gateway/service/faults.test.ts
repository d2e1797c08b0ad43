import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../../test/support/server.ts';
import { loadSettings } from '../../config/load.ts';
import { findGatewayFaults, findStandAloneFaults } from './faults.ts';
import { standAlone } from './stand-alone.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder('gateway-faults');
});
afterEach(() => folder.remove());

const given = (settings: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(settings).map(([name, value]) => [`VALTRONICS_${name}`, value]));

async function linesOf(settings: Record<string, string>): Promise<readonly string[]> {
  const loaded = loadSettings(given({ API_URL: 'http://127.0.0.1:8000', ...settings }));
  return loaded.refuse(await findGatewayFaults(loaded.settings)).lines;
}

describe('the settings of a gateway', () => {
  it('are good without one, and with one in front of an API', async () => {
    expect(await linesOf({})).toEqual([]);
    expect(await linesOf({ GATEWAY_LISTEN: '127.0.0.1:8002', GATEWAY_ACCESS_LOG: '/tmp/new/a.log' })).toEqual(
      [],
    );
  });

  it.each([
    ['GATEWAY_LISTEN', ':99999', /cannot listen on ":99999"/],
    ['GATEWAY_ADMIN_LISTEN', ':99999', /cannot listen on ":99999"/],
    ['GATEWAY_UPSTREAM_CA_FILE', '/no/ca.pem', /there is no such file/],
    ['GATEWAY_WEB_CONFIG_FILE', '/no/web.yml', /ENOENT/],
    ['GATEWAY_TRUSTED_PROXIES', '10.0.0.0/99', /"10.0.0.0\/99" is no address and no network/],
    ['GATEWAY_ACCESS_LOG', '/tmp', /"\/tmp" is no file/],
  ])('VALTRONICS_%s=%s cannot be used', async (name, value, words) => {
    const lines = await linesOf({ [name]: value });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(words);
    expect(lines[0]).toMatch(new RegExp(`^VALTRONICS_${name}: `));
  });

  it('may not let it ask for passwords that are the API’s', async () => {
    const path = join(folder.path, 'web.yml');
    writeFileSync(path, `basic_auth_users: {me: "$2b$04$${'a'.repeat(53)}"}`);
    expect(await linesOf({ GATEWAY_WEB_CONFIG_FILE: path })).toEqual([
      expect.stringMatching(/the gateway asks nobody for a password, the API does$/),
    ]);
  });

  it.each([
    ['127.0.0.1:8002', 'http://127.0.0.1:8002'],
    ['0.0.0.0:8002', 'http://localhost:8002/'],
    [':80', 'http://127.0.0.1'],
  ])('may not lead it to itself: on %s with the API at %s', async (listen, upstream) => {
    expect(await linesOf({ GATEWAY_LISTEN: listen, GATEWAY_UPSTREAM: upstream })).toEqual([
      expect.stringContaining('is the gateway itself: set VALTRONICS_GATEWAY_UPSTREAM'),
    ]);
  });

  it('need an API, in the exporter’s process and alone', async () => {
    const words = 'VALTRONICS_GATEWAY_UPSTREAM: is not set, nor is api.url: in front of which API?';
    const loaded = loadSettings(given({ GATEWAY_LISTEN: ':8002' }));
    expect(loaded.refuse(await findGatewayFaults(loaded.settings)).lines).toEqual([words]);
    const alone = loadSettings({});
    expect(await findGatewayFaults(alone.settings)).toEqual([]);
    expect(alone.refuse(await findStandAloneFaults(standAlone(alone.settings))).lines).toEqual([words]);
  });
});
