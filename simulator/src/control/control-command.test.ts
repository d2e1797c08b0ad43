import { describe, expect, it } from '@jest/globals';
import { outcomeWords, parseControl, sendControl, UsageError } from './control-command.ts';
import { breakBody, mendBody } from './control-schema.ts';

describe('parseControl', () => {
  it.each([
    ['status', { method: 'GET', path: '/simulator/status' }],
    ['break --devices 5 --how error', { body: { devices: 5, how: 'error' } }],
    ['break --devices 3', { body: { devices: 3 } }],
    [
      'break --devices MOCK-1003,GATEWAY_001 --how silent',
      { body: { devices: ['MOCK-1003', 'GATEWAY_001'] } },
    ],
    ['break --what api-slow', { path: '/simulator/break', body: { what: 'api-slow' } }],
    ['mend', { path: '/simulator/mend', body: {} }],
    ['mend --devices MOCK-1003', { path: '/simulator/mend', body: { devices: ['MOCK-1003'] } }],
    ['mend --what api-slow', { path: '/simulator/mend', body: { what: 'api-slow' } }],
  ])('understands %s', (line, expected) => {
    expect(parseControl(line.split(' '))).toMatchObject(expected);
  });

  it.each(['', 'brake', 'break', 'break --colour red', 'status now', 'mend 5'])('refuses "%s"', (line) => {
    expect(() => parseControl(line.split(' '))).toThrow(UsageError);
  });
});

describe('sendControl', () => {
  it('says that no simulator answers, and how to start one', async () => {
    await expect(sendControl({ method: 'GET', path: '/simulator/status' }, 1)).rejects.toThrow(
      'no simulator answers on port 1; start it with: npm run simulator',
    );
  });
});

describe('outcomeWords', () => {
  const words = (line: string, answer: object): string | undefined =>
    outcomeWords(parseControl(line.split(' ')), JSON.stringify(answer));

  it.each([
    ['break --devices 2', ['A', 'B'], [], 'broke 2 devices; it stays so until: npm run simulator -- mend'],
    ['break --devices A', ['A'], [], 'broke 1 device; it stays so until: npm run simulator -- mend'],
    [
      'break --what api-slow',
      [],
      ['api-slow'],
      'broke api-slow; it stays so until: npm run simulator -- mend',
    ],
    ['mend', ['A', 'B'], ['api-slow'], 'mended 2 devices and api-slow'],
    ['mend', [], [], 'nothing was broken by hand'],
  ])('says of %s what it did', (line, devices, parts, expected) => {
    expect(words(line, { devices, parts })).toBe(expected);
  });

  it('leaves the status to speak for itself', () => {
    expect(words('status', { devices: 50 })).toBeUndefined();
  });
});

describe('bodies of the control endpoint', () => {
  it('breaks devices with error unless told otherwise', () => {
    expect(breakBody.parse({ devices: 2 })).toEqual({ devices: 2, how: 'error' });
  });

  it.each([
    {},
    { devices: 0 },
    { devices: [] },
    { devices: 1, how: 'melt' },
    { what: 'everything' },
    { devices: 1, what: 'api-slow' },
  ])('refuses to break %j', (body) => {
    expect(breakBody.safeParse(body).success).toBe(false);
  });

  it('mends all, some devices or one part', () => {
    for (const body of [{}, { devices: ['A'] }, { what: 'api-500' }])
      expect(mendBody.safeParse(body).success).toBe(true);
    expect(mendBody.safeParse({ devices: [] }).success).toBe(false);
  });
});
