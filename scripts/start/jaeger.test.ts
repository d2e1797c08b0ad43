import { describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { jaegerCommand } from './jaeger.ts';
import { portsFrom } from './ports.ts';

describe('jaegerCommand', () => {
  const ports = portsFrom({ JAEGER_PORT: '16999', OTLP_PORT: '4999' });
  const { args, environment, readyUrl, logFile } = jaegerCommand('/j', '/run', ports);

  it('keeps to files of this repository and to the run’s folder', () => {
    const [config = ''] = args.map((argument) => argument.replace('--config=', ''));
    expect([config, environment['JAEGER_UI_CONFIG'] ?? ''].filter((file) => !existsSync(file))).toEqual([]);
    expect(logFile).toBe('/run/logs/jaeger.log');
  });

  it('listens on loopback, on the run’s ports, and answers below its base path', () => {
    expect(environment).toMatchObject({
      ...{ JAEGER_LISTEN_HOST: '127.0.0.1', JAEGER_PORT: '16999', OTLP_PORT: '4999' },
    });
    expect(readyUrl).toBe('http://127.0.0.1:16999/jaeger/api/services');
  });
});
