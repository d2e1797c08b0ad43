import { describe, expect, it } from '@jest/globals';
import { parseBrokerUrl } from './broker-url.ts';

describe('parseBrokerUrl', () => {
  it('takes the credentials apart from what is shown', () => {
    expect(parseBrokerUrl('mqtt://us%40er:p%2Fss%3A@broker.example:1884')).toEqual({
      address: { host: 'broker.example', port: 1884, tls: false },
      user: 'us@er',
      password: 'p/ss:',
      target: 'mqtt://broker.example:1884',
    });
  });

  it('knows the default ports and bracketed addresses', () => {
    expect(parseBrokerUrl('mqtts://[::1]')).toMatchObject({
      address: { host: '::1', port: 8883, tls: true },
      user: undefined,
      target: 'mqtts://[::1]:8883',
    });
    expect(parseBrokerUrl('mqtt://h').address.port).toBe(1883);
  });

  it.each(['', 'broker:1883', 'http://secret:secret@h', 'mqtt://', 'mqtt://user:secret@'])(
    'refuses %p',
    (url) => {
      expect(() => parseBrokerUrl(url)).toThrow(/^must (begin|name)/);
      expect(() => parseBrokerUrl(url)).not.toThrow(/secret/);
    },
  );
});
