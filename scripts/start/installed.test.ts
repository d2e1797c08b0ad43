import { afterAll, describe, expect, it } from '@jest/globals';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { freePort, temporaryFolder } from '../../exporter/test/support/server.ts';
import { findInstalled, hasAlertmanagerConfig, type Installed, requireFreePorts } from './installed.ts';
import { type Ports, portsFrom } from './ports.ts';

const folder = temporaryFolder('installed');
afterAll(() => folder.remove());

const NONE: Installed = {
  nodeExporter: undefined,
  prometheus: undefined,
  alertmanager: undefined,
  jaeger: undefined,
  grafana: undefined,
};

/** Ports that are all free, but for the one that `name` has. */
async function withTaken(name: keyof Ports): Promise<{ ports: Ports; release: () => Promise<unknown> }> {
  const entries = await Promise.all(
    Object.keys(portsFrom({})).map(async (key) => [key, await freePort()] as const),
  );
  const taken = await freePort();
  const ports = { ...portsFrom({}), ...Object.fromEntries(entries), [name]: taken };
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(taken, '127.0.0.1', resolve));
  return { ports, release: () => new Promise((resolve) => holder.close(resolve)) };
}

describe('findInstalled', () => {
  it('finds what is on PATH and leaves the rest out', () => {
    const path = join(folder.path, 'grafana-server');
    writeFileSync(path, '#!/bin/sh\n');
    chmodSync(path, 0o755);
    expect(findInstalled({ PATH: folder.path })).toEqual({ ...NONE, grafana: path });
  });

  it('refuses a variable that names no program', () => {
    expect(() => findInstalled({ PATH: '', GRAFANA_BIN: '/nowhere/grafana' })).toThrow(
      'GRAFANA_BIN: /nowhere/grafana is not an executable file',
    );
  });
});

describe('hasAlertmanagerConfig', () => {
  it('asks for the file, not for the folder', () => {
    const config = join(folder.path, 'provisioning', 'alertmanager');
    mkdirSync(config, { recursive: true });
    expect(hasAlertmanagerConfig(folder.path)).toBe(false);
    writeFileSync(join(config, 'alertmanager.yml'), '');
    expect(hasAlertmanagerConfig(folder.path)).toBe(true);
  });
});

describe('requireFreePorts', () => {
  it.each([
    ['exporter', 'EXPORTER_PORT', NONE],
    ['gateway', 'GATEWAY_PORT', NONE],
    ['gatewayAdmin', 'GATEWAY_ADMIN_PORT', NONE],
    ['simulatorApi', 'SIMULATOR_API_PORT', NONE],
    ['simulatorMqtt', 'SIMULATOR_MQTT_PORT', NONE],
    ['nodeExporter', 'NODE_EXPORTER_PORT', { ...NONE, nodeExporter: '/x' }],
    ['prometheus', 'PROMETHEUS_PORT', { ...NONE, prometheus: '/x' }],
    ['alertmanager', 'ALERTMANAGER_PORT', { ...NONE, alertmanager: '/x' }],
    ['jaeger', 'JAEGER_PORT', { ...NONE, jaeger: '/x' }],
    ['otlp', 'OTLP_PORT', { ...NONE, jaeger: '/x' }],
    ['grafana', 'GRAFANA_PORT', { ...NONE, grafana: '/x' }],
  ] as const)('says which variable moves the port of %s', async (name, variable, installed) => {
    const { ports, release } = await withTaken(name);
    await expect(requireFreePorts(ports, installed, true)).rejects.toThrow(`or set ${variable}`);
    await release();
  });

  it.each([
    'prometheus',
    'alertmanager',
    'jaeger',
    'otlp',
    'grafana',
    'nodeExporter',
    'simulatorApi',
  ] as const)('does not mind a taken port of %s when that is not part of the run', async (name) => {
    const { ports, release } = await withTaken(name);
    await expect(requireFreePorts(ports, NONE, false)).resolves.toBeUndefined();
    await release();
  });
});
