import { z } from 'zod';
import { type CredentialUrl, parseCredentialUrl } from '../base/credential-url.ts';
import { SEVERITY_CLASSES } from '../base/severity.ts';
import {
  duration,
  filePath,
  flag,
  list,
  mailAddress,
  mailAddresses,
  option,
  secretText,
  sourceAddress,
  sourceUrl,
  sourceUrls,
  wholeNumber,
} from './option-types.ts';

import { quietSpans, timeOfDay, timeZone } from './quiet-hours.ts';

/** Receivers that are used where there is no Alertmanager. */
export const RECEIVER_NAMES = ['webhook', 'pagerduty', 'slack', 'email'] as const;
export type ReceiverName = (typeof RECEIVER_NAMES)[number];

const SMTP = { schemes: ['smtp', 'smtps'] };

const groupWait = (whom: string, by: string) =>
  option(
    `How long the first word about a kind of alert waits for others, so that one message to ${whom} tells of all of them.`,
    duration(by, '0s', '10m'),
  );
const groupInterval = (whom: string, by: string) =>
  option(
    `Least time between two messages to ${whom} about the same kind of alert. 0s, and 0s as wait: a message for each alert.`,
    duration(by, '0s', '1d'),
  );
const rateLimit = (whom: string, by: number) =>
  option(
    `Most messages to ${whom} in an hour; what is more waits and is joined into one message. 0: any number.`,
    wholeNumber(by, 0, 10_000),
  );

/** The sections of the alert manager: store, receivers, escalation. */
export const alertSections = {
  alert_engine: option(
    'Who evaluates the alerts: `prometheus`, with Alertmanager, or `grafana`, which tells people itself.',
    z.enum(['prometheus', 'grafana']).default('prometheus').meta({ allowed: 'prometheus or grafana' }),
  ),
  store: z
    .strictObject({
      url: option(
        'PostgreSQL that holds the alert store, for two exporters of one platform (docs/high-availability.md). Default: the file `alerts.db`.',
        sourceUrl(
          { schemes: ['postgresql', 'postgres'], hostOptional: true },
          'postgresql://alerts:password@127.0.0.1:5432/alerts',
        ),
      ),
    })
    .prefault({}),
  alerts: z
    .strictObject({
      enabled: option('Keeps alerts of all sources in a store of its own (`alerts.db`).', flag(true)),
      history_entries: option('Most resolved alerts that are kept.', wholeNumber(10_000, 1000, 1_000_000)),
      history_age: option(
        'How long resolved alerts are kept; the newest 1,000 stay however old they are.',
        duration('30d', '1d', '3650d'),
      ),
      quiet_after: option(
        'A fault that the platform raised repeatedly is over after so long a silence (and three of its intervals).',
        duration('30m', '1m', '30d'),
      ),
      device_expires: option(
        'An alert that a device raised over MQTT is over when it has not repeated it for so long.',
        duration('6h', '1m', '30d'),
      ),
      device_rate: option(
        'Most alerts that one device may begin within a minute; more are dropped and counted. Repeated ones are none.',
        wholeNumber(20, 1, 10_000),
      ),
      device_types: option(
        'Most types of alerts that one device may have open at one time; more are dropped and counted.',
        wholeNumber(20, 1, 1000),
      ),
      quiet_hours: option(
        'Hours in which receivers are told of the worst alone, where there is no Alertmanager; the rest is told when they end. Default: none.',
        quietSpans(),
      ),
      quiet_except: option(
        'Severities that are told in quiet hours, too.',
        list(['critical'], `names among ${SEVERITY_CLASSES.join(', ')}, separated by commas`)
          .pipe(z.array(z.enum(SEVERITY_CLASSES)))
          .meta({ allowed: `names among ${SEVERITY_CLASSES.join(', ')}, separated by commas` }),
      ),
      flapping_times: option(
        'An alert that begins so often within flapping_window goes on and off: receivers are told that once, where there is no Alertmanager, and how it is when it is calm again. 0: never.',
        wholeNumber(5, 0, 100),
      ),
      flapping_window: option(
        'The time within which an alert begins so often; it is calm after half of it without a change.',
        duration('1h', '1m', '7d'),
      ),
      digest_at: option(
        'When people are written what the last 24 hours were like, every day, where there is no Alertmanager. Default: never.',
        timeOfDay(),
      ),
      digest_to: option(
        'Whom: slack, email or both, separated by commas. Default: those that are configured.',
        list([], 'slack, email, separated by commas')
          .pipe(z.array(z.enum(['slack', 'email'])))
          .meta({ allowed: 'slack, email, separated by commas' }),
      ),
      timezone: option('Time zone of quiet hours and of the daily digest.', timeZone()),
      max_open: option(
        'Most alerts that are not resolved; more are refused.',
        wholeNumber(20_000, 100, 1_000_000),
      ),
      escalate_after: option(
        'A critical alert that nobody has acknowledged for so long is told again, where there is no Alertmanager; 0s: never.',
        duration('15m', '0s', '30d'),
      ),
      escalate_to: option(
        'Receivers that are told again: names of configured ones, separated by commas. Default: all of them.',
        list([], 'names among webhook, pagerduty, slack and email, separated by commas'),
      ),
      escalate_every: option(
        'And again after so long each until somebody acknowledges it; 0s: once only.',
        duration('0s', '0s', '30d'),
      ),
    })
    .prefault({}),
  alertmanager: z
    .strictObject({
      url: option(
        'Alertmanager that is told the store’s own alerts; with it, it is their only receiver.',
        sourceUrl({ schemes: ['http', 'https'] }, 'http://127.0.0.1:9093'),
      ),
      more_urls: option(
        'Further Alertmanagers, of a cluster or each by itself: every one is told every alert.',
        sourceUrls({ schemes: ['http', 'https'] }, 'http://127.0.0.1:9094'),
      ),
    })
    .prefault({}),
  receivers: z
    .strictObject({
      webhook_url: option(
        'Address that is told each alert as JSON `{kind, alert}`, where there is no Alertmanager.',
        sourceUrl({ schemes: ['http', 'https'], atInPath: true }, 'https://example.org/alerts'),
      ),
      webhook_token: option('Bearer token for that address.', secretText()),
      webhook_group_wait: groupWait('the webhook', '0s'),
      webhook_group_interval: groupInterval('the webhook', '0s'),
      webhook_rate_limit: rateLimit('the webhook', 0),
      pagerduty_routing_key: option('Integration key of PagerDuty’s Events API v2.', secretText()),
      pagerduty_url: option(
        'Address of PagerDuty’s Events API v2.',
        sourceAddress('https://events.pagerduty.com/v2/enqueue'),
      ),
      slack_url: option(
        'Incoming webhook of Slack.',
        sourceUrl({ schemes: ['http', 'https'], atInPath: true }, 'https://hooks.slack.com/services/…'),
      ),
      slack_group_wait: groupWait('Slack', '10s'),
      slack_group_interval: groupInterval('Slack', '5m'),
      slack_rate_limit: rateLimit('Slack', 30),
      email_url: option(
        'SMTP server for e-mails, with user and password if it wants them; smtps:// speaks TLS from the start.',
        sourceUrl(SMTP, 'smtps://user:password@mail.example.org:465'),
      ),
      email_password: option('Password of the SMTP user, when it is not part of the URL.', secretText()),
      email_tls: option(
        'With smtp://: `required` sends nothing before STARTTLS, `optional` takes it where it is offered, `off` never.',
        z
          .enum(['required', 'optional', 'off'])
          .default('required')
          .meta({ allowed: 'required, optional or off' }),
      ),
      email_ca_file: option(
        'PEM file of the authority that signed the SMTP server’s certificate, where the system does not know it.',
        filePath(),
      ),
      email_from: option('Sender of e-mails.', mailAddress()),
      email_to: option('Whom e-mails go to: addresses separated by commas.', mailAddresses()),
      email_group_wait: groupWait('a recipient of e-mails', '10s'),
      email_group_interval: groupInterval('a recipient of e-mails', '5m'),
      email_rate_limit: rateLimit('a recipient of e-mails', 30),
    })
    .prefault({}),
};

type Sections = { readonly [K in keyof typeof alertSections]: z.output<(typeof alertSections)[K]> };

/** What is wrong with settings that have to fit each other. */
interface Problem {
  readonly path: string[];
  readonly message: string;
}

/** The receivers that the settings configure. */
export function receiverNames({ receivers }: Pick<Sections, 'receivers'>): ReceiverName[] {
  const given: Readonly<Record<ReceiverName, string | undefined>> = {
    webhook: receivers.webhook_url,
    pagerduty: receivers.pagerduty_routing_key,
    slack: receivers.slack_url,
    email: receivers.email_url,
  };
  return RECEIVER_NAMES.filter((name) => given[name] !== undefined);
}

/** Undefined for a URL that cannot be read. */
function smtpAddress(url: string): CredentialUrl | undefined {
  try {
    return parseCredentialUrl(url, SMTP);
  } catch {
    return undefined;
  }
}

function emailProblems({ email_url: url, ...rest }: Sections['receivers']): Problem[] {
  if (url === undefined) return [];
  const { email_from: from, email_to: to, email_tls: tls, email_password: password } = rest;
  const address = smtpAddress(url);
  // Its own check has said so.
  if (address === undefined) return [];
  const { scheme, user } = address;
  const secret = user !== undefined || password !== undefined;
  const problem = (name: string, message: string): Problem => ({ path: ['receivers', name], message });
  return [
    ...(from === undefined ? [problem('email_from', 'email_url needs a sender')] : []),
    ...(to.length === 0 ? [problem('email_to', 'email_url needs somebody to write to')] : []),
    ...(secret && scheme === 'smtp' && tls !== 'required'
      ? [problem('email_tls', 'must be required: user and password are only sent over TLS')]
      : []),
  ];
}

/** Which of them is the first decides nothing, but one is needed. */
function alertmanagerProblems({ alertmanager: { url, more_urls: more } }: Sections): Problem[] {
  if (url !== undefined || more.length === 0) return [];
  return [{ path: ['alertmanager', 'more_urls'], message: 'needs alertmanager.url, the first of them' }];
}

/** Each would end what the other fires, and people would be told twice. */
function engineProblems({ alert_engine: engine, alertmanager }: Sections): Problem[] {
  if (engine !== 'grafana' || alertmanager.url === undefined) return [];
  const message =
    'must not be set while Grafana evaluates the alerts (alert_engine, VALTRONICS_ALERT_ENGINE): this Alertmanager knows none of them, and what it lacks would count as over';
  return [{ path: ['alertmanager', 'url'], message }];
}

/** What is wrong with the sections together. */
export function alertProblems(settings: Sections): Problem[] {
  const configured: readonly string[] = receiverNames(settings);
  const unknown = settings.alerts.escalate_to.filter((name) => !configured.includes(name));
  return [
    ...engineProblems(settings),
    ...alertmanagerProblems(settings),
    ...emailProblems(settings.receivers),
    ...unknown.map((name) => ({
      path: ['alerts', 'escalate_to'],
      message: `must be names of configured receivers, which ${name} is not`,
    })),
  ];
}
