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

  it.each([
    [
      'SELF_SIGNED_CERT_IN_CHAIN',
      'x presents a certificate of an authority that is not known here: name that authority in THERE (SELF_SIGNED_CERT_IN_CHAIN)',
    ],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'in THERE'],
    [
      'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
      'asks for a client certificate: name it and its key in PAIR',
    ],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'may ask for a client certificate (PAIR)'],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'does not know the authority of the client certificate: see PAIR'],
    ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 'refuses the client certificate'],
    ['ERR_OSSL_X509_KEY_VALUES_MISMATCH', 'do not belong together, see PAIR'],
  ])('names the option that helps against %s', (code, part) => {
    expect(describeNetworkError(failure(code), 'x', { authority: 'THERE', client: 'PAIR' })).toContain(part);
  });

  it('says so where the exporter has no client certificate to give', () => {
    const text = describeNetworkError(failure('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED'), 'x');
    expect(text).toContain('this exporter has none to give to this source');
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
