import { describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { freePort } from '../../test/support/server.ts';
import { errorCode } from '../base/errors.ts';
import { describeNetworkError } from './network-error.ts';

const failure = (code: string): Error => Object.assign(new Error('secret inside'), { code });

describe('describeNetworkError', () => {
  it('names target, cause, next step and code, and nothing of the error text', () => {
    const text = describeNetworkError(failure('ENOTFOUND'), 'http://nowhere:8000');
    expect(text).toBe(
      'http://nowhere:8000 cannot be found: the host name is unknown, correct the address or the DNS (ENOTFOUND)',
    );
  });

  it('knows what Node says of a closed port', async () => {
    const port = await freePort();
    const error = await new Promise((resolve) => {
      connect(port, 'localhost').once('error', resolve);
    });
    expect(describeNetworkError(error, 'x')).toContain('refuses the connection');
  });

  it.each([failure('SOMETHING_ELSE'), new Error('plain'), null, 'text', { code: 7 }])(
    'leaves %p to the caller',
    (error) => {
      expect(describeNetworkError(error, 'x')).toBeUndefined();
    },
  );
});

describe('errorCode', () => {
  it('finds only texts', () => {
    expect([failure('A'), { code: 7 }, {}, undefined].map(errorCode)).toEqual([
      'A',
      undefined,
      undefined,
      undefined,
    ]);
  });
});
