import { describe, expect, it } from '@jest/globals';
import { parseApiUrl } from './address.ts';

describe('parseApiUrl', () => {
  it.each([
    ['http://127.0.0.1:8000', 'http://127.0.0.1:8000'],
    ['http://127.0.0.1:8000/', 'http://127.0.0.1:8000'],
    ['http://127.0.0.1:8000/api/v1', 'http://127.0.0.1:8000'],
    ['http://127.0.0.1:8000/api/v1/', 'http://127.0.0.1:8000'],
    ['https://gateway/valtronics', 'https://gateway/valtronics'],
    ['https://gateway/valtronics//', 'https://gateway/valtronics'],
    ['https://gateway/valtronics/api/v1', 'https://gateway/valtronics'],
    ['https://gateway:443/my-api?x=1', 'https://gateway/my-api'],
    ['http://[::1]:8000', 'http://[::1]:8000'],
  ])('reads %s', (text, target) => {
    const address = parseApiUrl(text);
    expect(address.target).toBe(target);
    expect(address.resolve('/api/v1/devices/?limit=1').href).toBe(`${target}/api/v1/devices/?limit=1`);
  });

  it('keeps user and password out of the target', () => {
    const address = parseApiUrl('https://ops:p%40ss@gateway/');
    expect(address.target).toBe('https://gateway');
    expect(address.authorization).toBe(`Basic ${Buffer.from('ops:p@ss').toString('base64')}`);
    expect(parseApiUrl('http://x').authorization).toBeUndefined();
  });

  it.each(['', 'localhost:8000', 'ftp://x', 'http://u:secret@[x'])(
    'refuses %j without repeating it',
    (text) => {
      expect(() => parseApiUrl(text)).toThrow(/^must /);
      expect(() => parseApiUrl(text)).not.toThrow(/secret/);
    },
  );
});
