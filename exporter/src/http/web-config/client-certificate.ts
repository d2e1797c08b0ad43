import type { PeerCertificate, TLSSocket } from 'node:tls';
import type { ClientPolicy } from './tls-config.ts';

/** The values of a `subjectaltname` text, e.g. `DNS:a.example, IP Address:127.0.0.1`; quoted ones are unquoted. */
export function alternativeNames(subjectAltName: string | undefined): string[] {
  const names: string[] = [];
  for (const match of (subjectAltName ?? '').matchAll(
    /(?:^|, )(?:DNS|IP Address|email|URI):("(?:[^"\\]|\\.)*"|[^,]*)/g,
  )) {
    const value = match[1] ?? '';
    names.push(value.startsWith('"') ? unquote(value) : value);
  }
  return names;
}

/** Node quotes a name that holds a comma or a quote as JSON does. */
function unquote(text: string): string {
  const value: unknown = JSON.parse(text);
  return typeof value === 'string' ? value : text;
}

/** Why the policy refuses the client, or undefined when it does not. */
export function refusal(
  policy: ClientPolicy,
  certificate: Pick<PeerCertificate, 'subjectaltname'> | undefined,
  authorized: boolean,
): string | undefined {
  if (certificate === undefined) return policy.require ? 'no client certificate' : undefined;
  if (policy.verify && !authorized) return 'client certificate is not signed by the client authority';
  if (policy.allowedNames.length === 0) return undefined;
  const names = alternativeNames(certificate.subjectaltname);
  if (names.some((name) => policy.allowedNames.includes(name))) return undefined;
  return `client certificate has none of the allowed names, only ${names.join(', ') || 'none'}`;
}

/** The certificate that the client showed, or undefined. */
export function peerCertificate(socket: TLSSocket): PeerCertificate | undefined {
  const certificate: Partial<PeerCertificate> = socket.getPeerCertificate();
  return certificate.raw === undefined ? undefined : socket.getPeerCertificate();
}
