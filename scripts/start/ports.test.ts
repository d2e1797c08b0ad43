import { describe, expect, it } from '@jest/globals';
import { createServer } from 'node:net';
import { freePort } from '../../exporter/test/support/server.ts';
import { PortError, portsFrom, requireFree } from './ports.ts';

describe('portsFrom', () => {
  it('has the documented defaults', () => {
    expect(portsFrom({})).toEqual({
      exporter: 8001,
      gateway: 8002,
      gatewayAdmin: 8003,
      prometheus: 9090,
      alertmanager: 9093,
      nodeExporter: 9100,
      grafana: 3000,
      jaeger: 16_686,
      otlp: 4318,
      simulatorApi: 8000,
      simulatorMqtt: 1883,
    });
  });

  it('lets VALTRONICS_LISTEN win over EXPORTER_PORT', () => {
    expect(portsFrom({ EXPORTER_PORT: '8005' }).exporter).toBe(8005);
    expect(portsFrom({ EXPORTER_PORT: '8005', VALTRONICS_LISTEN: '127.0.0.1:8006' }).exporter).toBe(8006);
  });

  it.each(['0', '65536', 'http', '80.5'])('refuses port %s', (port) => {
    expect(() => portsFrom({ PROMETHEUS_PORT: port })).toThrow(
      new PortError(`PROMETHEUS_PORT: "${port}" is not allowed: a port from 1 to 65535`),
    );
  });
});

describe('requireFree', () => {
  it('accepts a free port', async () => {
    await expect(requireFree(await freePort(), 'x', 'X_PORT')).resolves.toBeUndefined();
  });

  it('says who wants a taken port and how to move it', async () => {
    const port = await freePort();
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(port, '127.0.0.1', resolve));
    await expect(requireFree(port, 'Prometheus', 'PROMETHEUS_PORT')).rejects.toThrow(
      `port ${port} for Prometheus is taken: stop the program that holds it, or set PROMETHEUS_PORT`,
    );
    await new Promise((resolve) => holder.close(resolve));
  });
});
