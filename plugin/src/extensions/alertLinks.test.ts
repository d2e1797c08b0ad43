import { describe, expect, it } from '@jest/globals';
import {
  configureInstanceLink,
  configureLinesLink,
  configureRuleLink,
  configureTracesLink,
} from './alertLinks';

const ROOT = '/a/valtronics-monitoring-app';

describe('the link of an alert instance', () => {
  const instance = (labels: object) => ({ instance: { labels, state: 'alerting', value: '1' } });

  it('opens the device, whatever its id is made of', () => {
    expect(configureInstanceLink(instance({ alertname: 'DeviceStale', device_id: 'A/1 <b>' }))).toEqual({
      path: `${ROOT}/fleet/~?id=A%2F1+%3Cb%3E`,
    });
  });

  it('reads what Grafana hands out: frozen objects behind a proxy that answers with proxies', () => {
    const wrapped = <T extends object>(value: T): T =>
      new Proxy(value, {
        get: (target, name) => {
          const found: unknown = Reflect.get(target, name);
          return typeof found === 'object' && found !== null ? wrapped(found) : found;
        },
      });
    const frozen = Object.freeze({ labels: Object.freeze({ device_id: 'A' }) });
    const context = wrapped({ instance: frozen });
    expect(() => context.instance.labels).toThrow(TypeError);
    expect(configureInstanceLink(context)).toEqual({ path: `${ROOT}/fleet/A` });
  });

  it.each([
    ['an alert without a device', instance({ alertname: 'HighCPUUsage' })],
    ['an empty device', instance({ device_id: '' })],
    ['a device that is no text', instance({ device_id: 7 })],
    ['an instance without labels', { instance: {} }],
    ['no instance', {}],
    ['no context', undefined],
  ])('is not there for %s', (_, context) => {
    expect(configureInstanceLink(context)).toBeUndefined();
  });
});

describe('the link to log lines', () => {
  const instance = (labels: object) => ({ instance: { labels } });

  it.each([
    [
      { log_service: 'valtronics-api', pattern: '68776ac6cc71c229' },
      'service=valtronics-api&pattern=68776ac6cc71c229',
    ],
    [{ log_service: 'a,b&c' }, 'service=a%5C%2Cb%26c'],
  ])('of %j opens them', (labels, query) => {
    expect(configureLinesLink(instance(labels))).toEqual({ path: `${ROOT}/logs?${query}` });
  });

  it('is not there for an alert about anything else', () => {
    expect(configureLinesLink(instance({ device_id: 'A' }))).toBeUndefined();
    expect(configureLinesLink(undefined)).toBeUndefined();
  });
});

describe('the link to traces', () => {
  const instance = (labels: object) => ({ instance: { labels } });

  it.each([
    [{ alertname: 'HighResponseTime', service: 'application' }, 'slowest'],
    [{ alertname: 'HighErrorRate', service: 'application' }, 'failing'],
  ])('of %j opens its requests', (labels, view) => {
    expect(configureTracesLink(instance(labels))).toEqual({ path: `${ROOT}/traces?view=${view}` });
  });

  it('is not there for an alert about anything else', () => {
    expect(configureTracesLink(instance({ alertname: 'RedisDown', service: 'redis' }))).toBeUndefined();
    expect(configureTracesLink(undefined)).toBeUndefined();
  });
});

describe('the link of an alerting rule', () => {
  const rule = (expression: unknown, labels: unknown = {}) => ({
    name: 'Dew & frost',
    namespace: 'n',
    group: 'g',
    expression,
    labels,
    annotations: {},
  });
  const THE_RULE = { path: `${ROOT}/alerts?tab=rules&rule=Dew+%26+frost` };

  it('opens the one device that the rule is about', () => {
    expect(configureRuleLink(rule('x{device_id="A"} / y{device_id="A"} > 1'))).toEqual({
      path: `${ROOT}/fleet/A`,
    });
    expect(configureRuleLink(rule('x > 1', { device_id: 'B' }))).toEqual({ path: `${ROOT}/fleet/B` });
  });

  it.each([
    ['about all devices', rule('x > 1')],
    ['about several devices', rule('x{device_id="A"} > y{device_id="B"}')],
    ['about a pattern', rule('x{device_id=~"A.*"} > 1')],
    ['that Grafana evaluates', rule('')],
    ['without an expression', rule(undefined, undefined)],
  ])('opens the rule %s', (_, context) => {
    expect(configureRuleLink(context)).toEqual(THE_RULE);
  });

  it('is not there when Grafana names no rule', () => {
    expect(configureRuleLink({ expression: 'x' })).toBeUndefined();
    expect(configureRuleLink(undefined)).toBeUndefined();
  });
});
