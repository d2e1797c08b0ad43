import { describe, expect, it } from '@jest/globals';
import { describeRefusal, isWrongVersion } from './refusal.ts';

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
