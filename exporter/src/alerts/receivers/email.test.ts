import { afterEach, describe, expect, it } from '@jest/globals';
import { alertContent, decision, T0 } from '../../../test/support/alerts.ts';
import { makeCertificate } from '../../../test/support/certificate.ts';
import { describeWith, OPENSSL } from '../../../test/support/require.ts';
import { freePort } from '../../../test/support/server.ts';
import { startSmtpServer, type TestSmtpServer } from '../../../test/support/smtp.ts';
import type { Alert } from '../alert.ts';
import { raise, resolve } from '../transitions.ts';
import { createEmail, type EmailOptions, smtpOptions } from './email.ts';
import { DeliveryError, type Notice } from './receiver.ts';

const content = alertContent({ severity: 'critical', labels: { device_id: 'MOCK-1000' } });
const alert: Alert = raise(undefined, 'f00dfeedf00dfeed', content, T0).alert;
const firing: Notice = { kind: 'firing', alert };
const resolved: Notice = { kind: 'resolved', alert: resolve(alert, decision(T0 + 5000)) };

const servers: TestSmtpServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

async function start(...options: Parameters<typeof startSmtpServer>): Promise<TestSmtpServer> {
  const server = await startSmtpServer(...options);
  servers.push(server);
  return server;
}

function emailTo(port: number, changes: Partial<EmailOptions> = {}) {
  return createEmail({
    ...{ url: `smtp://127.0.0.1:${port}`, tls: 'off', from: 'alerts@example.org', to: ['ana@example.org'] },
    recipient: 'ana@example.org',
    ...changes,
  });
}

const tell = (receiver: ReturnType<typeof createEmail>, ...notices: Notice[]) =>
  receiver.send(notices, AbortSignal.timeout(180_000));

/** The error of a sending that has to fail. */
async function failure(receiver: ReturnType<typeof createEmail>, signal = AbortSignal.timeout(180_000)) {
  const error: unknown = await receiver.send([firing], signal).catch((reason: unknown) => reason);
  if (!(error instanceof DeliveryError)) throw new Error(`no DeliveryError: ${String(error)}`);
  return error;
}

/** An answer of the server. */
function reply(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}

describe('an e-mail', () => {
  it('says who gets it, and all about one alert hangs together', async () => {
    const server = await start();
    const receiver = emailTo(server.port, { to: ['ana@example.org', 'bo@example.org'] });
    expect(await tell(receiver, firing, resolved)).toMatch(/^250 .*; 250 /);
    const [first, second] = server.mails;
    expect(first).toMatchObject({ from: 'alerts@example.org', to: ['ana@example.org'] });
    expect(first?.headers.get('to')).toBe('ana@example.org, bo@example.org');
    expect(first?.headers.get('subject')).toBe('FIRING critical: HighCPUUsage (MOCK-1000)');
    expect(first?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(first?.headers.get('content-type')).toMatch(/^multipart\/alternative/);
    const root = `<f00dfeedf00dfeed.${T0}.firing@example.org>`;
    expect(first?.headers.get('message-id')).toBe(root);
    expect(second?.headers.get('in-reply-to')).toBe(root);
    expect(second?.headers.get('references')).toBe(root);
  });

  it('about a hostile name has no header of its, and no recipient of its', async () => {
    const server = await start();
    const name = 'A\r\nBcc: eve@example.org\r\n\r\nhello';
    await tell(emailTo(server.port), { kind: 'firing', alert: { ...alert, name } });
    expect(server.mails[0]?.to).toEqual(['ana@example.org']);
    expect(server.mails[0]?.headers.has('bcc')).toBe(false);
    expect(server.mails[0]?.headers.get('subject')).toContain('A Bcc: eve@example.org hello');
  });

  it('never reads a file or an address that an alert names', async () => {
    const server = await start();
    const message = { path: '/etc/passwd' };
    await tell(emailTo(server.port), {
      kind: 'firing',
      alert: { ...alert, message: JSON.stringify(message) },
    });
    expect(server.mails[0]?.raw).not.toContain('root:');
  });

  it.each([
    [451, false],
    [550, true],
  ])(
    'that one of two refuses with %i reaches the other once; for the one it is final: %s',
    async (code, permanent) => {
      const server = await start({
        onRcptTo: ({ address }, _session, done) => done(address.startsWith('bo') ? reply(code, 'no') : null),
      });
      const to = ['ana@example.org', 'bo@example.org'];
      const [ana, bo] = to.map((recipient) => emailTo(server.port, { to, recipient }));
      if (ana === undefined || bo === undefined) throw new Error('no receivers');
      expect([ana.name, bo.name]).toEqual(['email ana@example.org', 'email bo@example.org']);
      await tell(ana, firing);
      expect((await failure(bo)).permanent).toBe(permanent);
      expect(server.mails.map((mail) => mail.to)).toEqual([['ana@example.org']]);
    },
  );
});

describe('an e-mail that is not taken', () => {
  it.each([
    [421, false],
    [450, false],
    [452, false],
    [550, true],
    [552, true],
    [554, true],
  ])('with %i is final: %s', async (code, permanent) => {
    const server = await start({ onMailFrom: (_address, _session, done) => done(reply(code, 'because')) });
    const error = await failure(emailTo(server.port));
    expect(error.permanent).toBe(permanent);
    expect(error.message).toMatch(/^the mail server 127\.0\.0\.1:\d+ did not take the e-mail: .*because/);
  });

  it('after its body is likewise', async () => {
    const server = await start({
      onData: (stream, _session, done) => {
        stream.resume();
        stream.on('end', () => done(reply(451, 'greylisted')));
      },
    });
    expect(await failure(emailTo(server.port))).toMatchObject({ permanent: false });
  });

  it('since nobody listens, may go later', async () => {
    const error = await failure(emailTo(await freePort()));
    expect(error).toMatchObject({ permanent: false, message: expect.stringContaining('ECONNREFUSED') });
  });

  it('since the server hangs, is cut off and may go later', async () => {
    const server = await start({ onMailFrom: () => undefined });
    const stop = new AbortController();
    const sending = failure(emailTo(server.port), stop.signal);
    stop.abort();
    expect(await sending).toMatchObject({ permanent: false });
  });

  it('since the password is wrong, never shows it', async () => {
    const server = await start({
      onAuth: (_auth, _session, done) => done(reply(535, 'wrong password')),
    });
    const error = await failure(
      emailTo(server.port, { url: `smtp://us%40er:SECRET@127.0.0.1:${server.port}` }),
    );
    expect(error.message).toContain('wrong password');
    expect(error.message).not.toContain('SECRET');
  });

  it('since TLS is required and not offered, is not sent in clear', async () => {
    const server = await start();
    const error = await failure(emailTo(server.port, { tls: 'required' }));
    expect(error).toMatchObject({ permanent: false, message: expect.stringContaining('STARTTLS') });
    expect(server.mails).toEqual([]);
  });
});

describeWith([OPENSSL], 'an e-mail over TLS', () => {
  it('is sent when the certificate is known, and not otherwise', async () => {
    const certificate = await makeCertificate(2);
    try {
      const { key, cert, certPath: caFile } = certificate;
      const onAuth = (
        auth: { username?: string | undefined; password?: string | null | undefined },
        _session: unknown,
        done: (error: null, answer: { user?: string }) => void,
      ): void => done(null, auth.password === 'p:w' ? { user: auth.username ?? '' } : {});
      const tls = await start({ secure: true, key, cert, onAuth });
      const url = `smtps://us%40er:p%3Aw@127.0.0.1:${tls.port}`;
      await tell(emailTo(tls.port, { url, tls: 'required', caFile }), firing);
      expect(tls.mails).toMatchObject([{ secure: true, user: 'us@er' }]);
      expect(await failure(emailTo(tls.port, { url }))).toMatchObject({
        permanent: false,
        message: expect.stringContaining('name the PEM file of that authority in receivers.email_ca_file'),
      });

      const upgraded = await start({ key, cert, onAuth, disabledCommands: [] });
      const plain = `smtp://us%40er@127.0.0.1:${upgraded.port}`;
      const options = { url: plain, password: 'p:w', tls: 'required', caFile } as const;
      await tell(emailTo(upgraded.port, options), firing);
      expect(upgraded.mails).toMatchObject([{ secure: true, user: 'us@er' }]);
      await failure(emailTo(upgraded.port, { ...options, caFile: undefined }));
      expect(upgraded.mails).toHaveLength(1);
      expect(await failure(emailTo(upgraded.port, { ...options, caFile: '/nowhere/ca.pem' }))).toMatchObject({
        permanent: false,
        message: expect.stringMatching(/receivers\.email_ca_file cannot be read: .*ENOENT/),
      });
    } finally {
      await certificate.remove();
    }
  });
});

describe('smtpOptions', () => {
  it.each([
    ['smtp://mail.example.org', { host: 'mail.example.org', port: 587, secure: false, requireTLS: true }],
    ['smtps://mail.example.org', { port: 465, secure: true, requireTLS: false }],
    ['smtp://[::1]:2525', { host: '::1', port: 2525 }],
    ['smtp://a%40b:p%2Fw@h', { auth: { user: 'a@b', pass: 'p/w' } }],
  ])('of %s', (url, wanted) => expect(smtpOptions({ url, tls: 'required' })).toMatchObject(wanted));

  it('without a user logs nobody in', () => {
    expect(smtpOptions({ url: 'smtp://h', tls: 'optional' })).not.toHaveProperty('auth');
  });
});
