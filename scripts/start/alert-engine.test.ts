import { describe, expect, it } from '@jest/globals';
import { alertEngineFrom, partsFor } from './alert-engine.ts';

const ALL = { nodeExporter: '/n', prometheus: '/p', alertmanager: '/a', jaeger: '/j', grafana: '/g' };

describe('alertEngineFrom', () => {
  it('is Prometheus unless Grafana is asked for', () => {
    expect(alertEngineFrom({})).toBe('prometheus');
    expect(alertEngineFrom({ VALTRONICS_ALERT_ENGINE: '' })).toBe('prometheus');
    expect(alertEngineFrom({ VALTRONICS_ALERT_ENGINE: 'grafana' })).toBe('grafana');
  });

  it('refuses another name and says what is allowed', () => {
    expect(() => alertEngineFrom({ VALTRONICS_ALERT_ENGINE: 'Grafana' })).toThrow(
      'VALTRONICS_ALERT_ENGINE: "Grafana" is not allowed: prometheus or grafana',
    );
  });
});

describe('partsFor', () => {
  it('leaves everything to Prometheus and Alertmanager by default, whatever is missing', () => {
    expect(partsFor('prometheus', ALL)).toEqual(ALL);
    expect(partsFor('prometheus', { ...ALL, grafana: undefined })).toEqual({ ...ALL, grafana: undefined });
  });

  it('has Grafana take the place of Alertmanager', () => {
    expect(partsFor('grafana', ALL)).toEqual({ ...ALL, alertmanager: undefined });
  });

  it.each([
    ['Grafana', { ...ALL, grafana: undefined }],
    ['Prometheus', { ...ALL, prometheus: undefined }],
  ])('says that Grafana’s engine cannot do without %s', (name, installed) => {
    expect(() => partsFor('grafana', installed)).toThrow(
      `VALTRONICS_ALERT_ENGINE=grafana needs ${name}, which is not installed: `,
    );
  });
});
