import { describe, expect, it } from '@jest/globals';
import { portsFrom } from './ports.ts';
import { tracingSettings } from './tracing-settings.ts';

const ports = portsFrom({ JAEGER_PORT: '16999', OTLP_PORT: '4999' });

describe('tracingSettings', () => {
  it('sends spans to the run’s Jaeger and asks it for traces, with its base path', () => {
    expect(tracingSettings({ environment: {}, ports }, { jaeger: '/j' })).toEqual({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4999',
      VALTRONICS_JAEGER_URL: 'http://127.0.0.1:16999/jaeger',
    });
  });

  it('says nothing of one that takes no part', () => {
    expect(tracingSettings({ environment: {}, ports }, { jaeger: undefined })).toEqual({});
  });

  it.each([
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    'OTEL_SDK_DISABLED',
    'VALTRONICS_JAEGER_URL',
    'VALTRONICS_CONFIG_FILE',
  ])('leaves a user’s own %s alone', (name) => {
    expect(tracingSettings({ environment: { [name]: 'x' }, ports }, { jaeger: '/j' })).toEqual({});
  });
});
