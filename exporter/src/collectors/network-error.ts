import { errorCode } from '../base/errors.ts';

const NETWORK: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refuses the connection: nothing listens there, start the service or correct the address',
  ENOTFOUND: 'cannot be found: the host name is unknown, correct the address or the DNS',
  EAI_AGAIN: 'cannot be found for now: the DNS does not answer',
  ETIMEDOUT: 'does not answer: check the address, the network and its firewalls',
  EHOSTUNREACH: 'cannot be reached: there is no route to the host',
  ENETUNREACH: 'cannot be reached: there is no route to its network',
  ECONNRESET: 'closed the connection in mid-conversation: see its own log',
  EPIPE: 'closed the connection in mid-conversation: see its own log',
  ENOENT: 'has no such socket file: start the service or correct the path',
  EACCES: 'may not be opened: the exporter lacks the permission for the socket',
  EPROTO: 'does not speak TLS as expected: is it a plain port, or a TLS port spoken to without TLS?',
  ERR_SSL_WRONG_VERSION_NUMBER:
    'does not speak TLS on this port: use the address without TLS or the TLS port',
  ERR_SSL_PACKET_LENGTH_TOO_LONG:
    'does not speak TLS on this port: use the address without TLS or the TLS port',
  CERT_HAS_EXPIRED: 'presents a certificate that has expired: renew it',
  CERT_NOT_YET_VALID: 'presents a certificate that is not valid yet: check the clocks',
  ERR_TLS_CERT_ALTNAME_INVALID:
    'presents a certificate for another host name: correct the address or the certificate',
};

/** The options of this exporter that TLS with a source depends on, in words that continue a sentence. */
export interface TlsOptions {
  /** Where a private authority is named, e.g. `api.ca_file (VALTRONICS_API_CA_FILE)`. */
  readonly authority: string;
  /** Where the client certificate and its key are named; undefined where the exporter has none to give. */
  readonly client?: string;
}

const noClient =
  'this exporter has none to give to this source: put a proxy in front of it, or let it ask for none';

/** What Node and OpenSSL say of certificates, by the code. */
const TLS: readonly (readonly [RegExp, (options: TlsOptions) => string])[] = [
  [
    /^DEPTH_ZERO_SELF_SIGNED_CERT$/,
    ({ authority }) =>
      `presents a self-signed certificate: name it, or the authority of a better one, in ${authority}`,
  ],
  [
    /^(SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT(_LOCALLY)?))$/,
    ({ authority }) =>
      `presents a certificate of an authority that is not known here: name that authority in ${authority}`,
  ],
  [
    /ALERT_CERTIFICATE_REQUIRED$/,
    ({ client }) =>
      `asks for a client certificate: ${client === undefined ? noClient : `name it and its key in ${client}`}`,
  ],
  [
    /HANDSHAKE_FAILURE$/,
    ({ client }) =>
      `refuses the TLS handshake: it may ask for a client certificate (${client ?? noClient}) or for another version of TLS`,
  ],
  [
    /ALERT_UNKNOWN_CA$/,
    ({ client }) => `does not know the authority of the client certificate: see ${client ?? 'its settings'}`,
  ],
  [
    /ALERT_(BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_(UNKNOWN|EXPIRED|REVOKED))$/,
    ({ client }) => `refuses the client certificate: renew or replace it in ${client ?? 'its settings'}`,
  ],
  [
    /KEY_VALUES_MISMATCH$/,
    ({ client }) =>
      `cannot be asked: the client certificate and the key do not belong together, see ${client ?? 'its settings'}`,
  ],
];

/**
 * The sentence for a failure below the protocol (DNS, TCP, TLS), with the next step, or undefined for any
 * other error. `target` names the source without secrets.
 */
export function describeNetworkError(
  error: unknown,
  target: string,
  options: TlsOptions = { authority: 'NODE_EXTRA_CA_CERTS' },
): string | undefined {
  const code = errorCode(error);
  if (code === undefined) return undefined;
  const explanation = NETWORK[code] ?? TLS.find(([pattern]) => pattern.test(code))?.[1](options);
  return explanation === undefined ? undefined : `${target} ${explanation} (${code})`;
}
