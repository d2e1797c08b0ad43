import { readFileSync } from 'node:fs';
import type { Mail, SMTPSentMessageInfo, SMTPTransportOptions } from 'nodemailer';
import { parseCredentialUrl } from '../../base/credential-url.ts';
import { connectionWords } from '../../base/connection-words.ts';
import { messageOf } from '../../base/errors.ts';
import { emailGroup, emailLetter, type EmailMessage, emailMessage } from './email-message.ts';
import { DeliveryError, type Grouping, type Receiver } from './receiver.ts';

export interface EmailOptions {
  /** `smtp[s]://user:password@host:port`; ports 587 and 465 by default. */
  readonly url: string;
  /** Instead of the URL's. */
  readonly password?: string | undefined;
  /** What to ask of a server of `smtp://`: `required` sends nothing before STARTTLS. */
  readonly tls: 'required' | 'optional' | 'off';
  /** PEM file of the authority that signed the server's certificate, read by the first sending. */
  readonly caFile?: string | undefined;
  readonly from: string;
  /** Whom the e-mails go to: what their header says. */
  readonly to: readonly string[];
  /** The one of them whom this receiver tells. */
  readonly recipient: string;
  readonly grouping?: Grouping | undefined;
}

type Transport = Mail<SMTPSentMessageInfo, SMTPTransportOptions>;

/** How to connect, as nodemailer takes it. */
export function smtpOptions({
  url,
  password,
  tls,
}: Pick<EmailOptions, 'url' | 'password' | 'tls'>): SMTPTransportOptions {
  const address = parseCredentialUrl(url, { schemes: ['smtp', 'smtps'] });
  const secure = address.scheme === 'smtps';
  const { user } = address;
  const pass = password ?? address.password ?? '';
  return {
    host: address.host,
    port: address.port ?? (secure ? 465 : 587),
    secure,
    requireTLS: !secure && tls === 'required',
    ignoreTLS: !secure && tls === 'off',
    ...(user === undefined ? {} : { auth: { user, pass } }),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/**
 * The failure for the outbox. A reply of 5xx is final (nodemailer knows the exceptions); without a reply, or without
 * TLS, it was the way that failed.
 */
function deliveryError(name: string, error: unknown): DeliveryError {
  const facts = typeof error === 'object' && error !== null ? error : {};
  const permanent = 'permanent' in facts && facts.permanent === true;
  const code = 'code' in facts ? facts.code : undefined;
  const hint = code === 'ETLS' ? ' (it offers no usable STARTTLS: see receivers.email_tls)' : '';
  const said = connectionWords(error, {
    address: 'receivers.email_url',
    authority: 'receivers.email_ca_file',
  });
  return new DeliveryError(`${name} did not take the e-mail: ${said}${hint}`, {
    permanent: permanent && code !== 'ETLS',
  });
}

/** The option that makes the server's authority known. */
function trust(caFile: string | undefined): Pick<SMTPTransportOptions, 'tls'> {
  if (caFile === undefined) return {};
  try {
    return { tls: { ca: readFileSync(caFile) } };
  } catch (error) {
    throw new DeliveryError(`the PEM file of receivers.email_ca_file cannot be read: ${messageOf(error)}`);
  }
}

/** E-mails by SMTP, one a notice or a group of them, to one recipient: what one does not take says nothing about the others. */
export function createEmail(options: EmailOptions): Receiver {
  const { from, to, recipient } = options;
  const domain = from.slice(from.lastIndexOf('@') + 1);
  const smtp = smtpOptions(options);
  const name = `the mail server ${smtp.host ?? ''}:${smtp.port ?? ''}`;
  let transport: Transport | undefined;

  /** Loaded by the first use: an exporter that writes no e-mails does not carry it. */
  async function open(): Promise<Transport> {
    const { createTransport } = await import('nodemailer');
    return (transport ??= createTransport({ ...smtp, ...trust(options.caFile) }));
  }

  async function sendOne(message: EmailMessage, signal: AbortSignal): Promise<string> {
    const { subject, text, html, messageId, inReplyTo } = message;
    const transporter = await open();
    try {
      const { response } = await transporter.sendMail({
        ...{ from, to: [...to], subject, text, html, signal },
        envelope: { from, to: [recipient] },
        ...(messageId === undefined ? {} : { messageId }),
        ...(inReplyTo === undefined ? {} : { inReplyTo, references: inReplyTo }),
        // No holiday notes, please (RFC 3834).
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      });
      return response;
    } catch (error) {
      throw deliveryError(name, error);
    }
  }

  return {
    name: to.length === 1 ? 'email' : `email ${recipient}`,
    integration: 'email',
    batch: 1,
    grouping: options.grouping,
    write: (letter, signal) => sendOne(emailLetter(letter, domain), signal),
    send: async (notices, signal) => {
      const isJoined = options.grouping !== undefined && notices.length > 1;
      const messages = isJoined
        ? [emailGroup(notices)]
        : notices.map((notice) => emailMessage(notice, domain));
      const said: string[] = [];
      for (const message of messages) said.push(await sendOne(message, signal));
      return said.join('; ');
    },
  };
}
