import { describe, expect, it } from '@jest/globals';
import { describeEnd, describeRefusal, isWrongVersion } from './end-words.ts';

describe('describeRefusal', () => {
  it('names the user and the setting when credentials are wrong, in both protocol versions', () => {
    for (const code of [4, 5, 134, 135]) {
      expect(describeRefusal(code, 'watch')).toMatch(/refuses user "watch".*VALTRONICS_MQTT_URL/);
      expect(describeRefusal(code, undefined)).toMatch(/without a user/);
    }
  });

  it('tells a taken-over session and an unknown code', () => {
    expect(describeRefusal(142, undefined)).toContain('VALTRONICS_MQTT_CLIENT_ID');
    expect(describeRefusal(200, undefined)).toContain('200');
    expect(describeRefusal(132, undefined)).toContain('3.1.1');
  });
});

describe('isWrongVersion', () => {
  it('knows both spellings and nothing else', () => {
    expect([0, 1, 5, 132, 135].filter(isWrongVersion)).toEqual([1, 132]);
  });
});

describe('describeEnd', () => {
  const context = {
    target: 'mqtt://broker:1883',
    user: undefined,
    clientId: 'exporter-1',
    connectTimeout: 10_000,
    keepAlive: 30_000,
    wasShort: false,
  };
  const failed = (message: string): string =>
    describeEnd({ accepted: false, code: undefined, error: new Error(message) }, context);

  it.each([
    ['connack timeout', /does not answer the greeting of MQTT within 10 s.*mqtts:\/\/.*overloaded/],
    ['Keepalive timeout', /no sign of life within the keep-alive time of 30 s/],
    ['malformed PUBLISH: it has no topic', /sends what is no MQTT \(malformed PUBLISH/],
    ['a packet of type 9 claims 300000000 bytes', /sends what is no MQTT/],
    ['Invalid header flag bits, must be 0x0 for puback packet', /sends what is no MQTT/],
    ['the subscription failed: no answer within 0.2 s', /cannot be used: the subscription failed/],
    ['mqtt.ca_file /x does not exist', /cannot be used: mqtt\.ca_file \/x does not exist/],
  ])('says %j in words', (message, words) => {
    expect(failed(message)).toMatch(words);
    expect(failed(message)).toMatch(/^mqtt:\/\/broker:1883 /);
  });

  it('leaves it to the network’s own words where the network failed', () => {
    const error = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    expect(describeEnd({ accepted: false, code: undefined, error }, context)).toContain(
      'nothing listens there',
    );
  });

  it('names the client id where another client may have taken the session', () => {
    const end = { accepted: true, code: undefined, error: undefined };
    expect(describeEnd(end, { ...context, wasShort: true })).toContain('exporter-1');
    expect(describeEnd(end, context)).toBe('mqtt://broker:1883 closed the connection: see the broker’s log');
  });
});
