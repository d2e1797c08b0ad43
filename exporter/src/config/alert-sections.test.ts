import { describe, expect, it } from '@jest/globals';
import { loadSettings } from './load.ts';

const MAIL = {
  VALTRONICS_RECEIVERS_EMAIL_URL: 'smtp://user@mail.example.org',
  VALTRONICS_RECEIVERS_EMAIL_FROM: 'alerts@example.org',
  VALTRONICS_RECEIVERS_EMAIL_TO: 'ana@example.org, bo@example.org',
};
const load = (environment: Record<string, string>) => loadSettings(environment).settings;

describe('the settings of e-mails', () => {
  it('are complete with server, sender and recipients', () => {
    expect(load(MAIL).receivers).toMatchObject({
      email_from: 'alerts@example.org',
      email_to: ['ana@example.org', 'bo@example.org'],
      email_tls: 'required',
    });
    expect(load({}).receivers).toMatchObject({ email_to: [] });
  });

  it.each([
    ['no sender', { VALTRONICS_RECEIVERS_EMAIL_FROM: undefined }, 'email_url needs a sender'],
    ['nobody to write to', { VALTRONICS_RECEIVERS_EMAIL_TO: undefined }, 'needs somebody to write to'],
    ['a password in clear', { VALTRONICS_RECEIVERS_EMAIL_TLS: 'off' }, 'only sent over TLS'],
    ['a sender that is none', { VALTRONICS_RECEIVERS_EMAIL_FROM: 'me' }, 'an e-mail address'],
    [
      'a recipient with a header in it',
      { VALTRONICS_RECEIVERS_EMAIL_TO: 'ana@example.org\r\nBcc:eve@example.org' },
      'e-mail addresses separated by commas',
    ],
    [
      'another scheme',
      { VALTRONICS_RECEIVERS_EMAIL_URL: 'http://mail' },
      'VALTRONICS_RECEIVERS_EMAIL_URL: the value (secret, not shown) is not allowed: must begin with smtp:// or smtps://',
    ],
  ])('with %s are refused', (_what, changes, words) => {
    const given = Object.entries<string | undefined>({ ...MAIL, ...changes });
    const environment = Object.fromEntries(
      given.flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, value]])),
    );
    expect(() => load(environment)).toThrow(words);
  });

  it('may leave TLS out where no password is sent', () => {
    const environment = { ...MAIL, VALTRONICS_RECEIVERS_EMAIL_TLS: 'off' };
    expect(
      load({ ...environment, VALTRONICS_RECEIVERS_EMAIL_URL: 'smtp://127.0.0.1:25' }).receivers.email_tls,
    ).toBe('off');
  });
});

describe('escalation', () => {
  it('goes to configured receivers only', () => {
    const to = (names: string) => load({ ...MAIL, VALTRONICS_ALERTS_ESCALATE_TO: names }).alerts.escalate_to;
    expect(to('email')).toEqual(['email']);
    expect(() => to('email,slack')).toThrow('must be names of configured receivers, which slack is not');
    expect(() => to('pager')).toThrow('which pager is not');
  });
});

describe('Grafana as the engine', () => {
  it('stands alone: together with an Alertmanager it is refused in words', () => {
    const engine = { VALTRONICS_ALERT_ENGINE: 'grafana' };
    expect(load(engine).alert_engine).toBe('grafana');
    expect(load({}).alert_engine).toBe('prometheus');
    const both = { ...engine, VALTRONICS_ALERTMANAGER_URL: 'http://127.0.0.1:9093' };
    expect(() => load(both)).toThrow('must not be set while Grafana evaluates the alerts');
    expect(() => load({ VALTRONICS_ALERT_ENGINE: 'nagios' })).toThrow('prometheus or grafana');
  });
});
