import { createServer } from 'node:https';
import { describe, expect, it } from '@jest/globals';
import { makeCertificate } from '../../test/support/certificate.ts';
import { describeWith, OPENSSL } from '../../test/support/require.ts';
import { connectionWords } from './connection-words.ts';
import { postJson } from '../alerts/receivers/json-request.ts';

const SETTINGS = { address: 'receivers.slack_url' };

describe('connectionWords', () => {
  it.each([
    ['CERT_HAS_EXPIRED', 'its certificate has expired: renew it there (CERT_HAS_EXPIRED)'],
    ['CERT_NOT_YET_VALID', 'check the clocks of both sides'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'correct receivers.slack_url or the certificate'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'correct scheme or port in receivers.slack_url'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'name the PEM file of that authority in NODE_EXTRA_CA_CERTS'],
  ])('of %s say what to do', (code, words) => {
    const cause = Object.assign(new Error('raw'), { code });
    expect(connectionWords(new TypeError('fetch failed', { cause }), SETTINGS)).toContain(words);
  });

  it('of anything else are its own', () => {
    expect(connectionWords(new Error('other side closed'), SETTINGS)).toBe('other side closed');
  });
});

describeWith([OPENSSL], 'a receiver with a certificate of nobody known', () => {
  it('is not told, and the setting is said', async () => {
    const certificate = await makeCertificate(2);
    const { key, cert } = certificate;
    const server = createServer({ key, cert }, (_request, response) => response.end('ok'));
    try {
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : 0;
      const slack = { name: 'Slack', url: `https://127.0.0.1:${port}/`, ...SETTINGS };
      await expect(postJson(slack, {}, { signal: AbortSignal.timeout(10_000) })).rejects.toThrow(
        /^Slack cannot be reached: its certificate was signed by nobody who is known here.*NODE_EXTRA_CA_CERTS/,
      );
    } finally {
      server.closeAllConnections();
      server.close();
      await certificate.remove();
    }
  });
});
