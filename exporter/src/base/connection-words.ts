import { errorCode, messageOf } from './errors.ts';

/** Settings that somebody can change when a receiver cannot be reached. */
export interface ConnectionSettings {
  /** Setting of its address, e.g. `receivers.slack_url`. */
  readonly address: string;
  /** Where an authority can be named that signed its certificate; `NODE_EXTRA_CA_CERTS` by default. */
  readonly authority?: string;
}

type Words = (settings: Required<ConnectionSettings>) => string;

/** Node's codes, or OpenSSL's reasons where a library has replaced the code, with what to do. */
const TLS: readonly (readonly [RegExp, Words])[] = [
  [
    /SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|self.signed certificate|unable to (?:verify|get)/,
    ({ authority }) =>
      `its certificate was signed by nobody who is known here: name the PEM file of that authority in ${authority}`,
  ],
  [/CERT_HAS_EXPIRED|certificate has expired/, () => 'its certificate has expired: renew it there'],
  [
    /CERT_NOT_YET_VALID|certificate is not yet valid/,
    () => 'its certificate is not valid yet: check the clocks of both sides',
  ],
  [
    /ALTNAME_INVALID|does not match certificate/,
    ({ address }) => `its certificate is for another host name: correct ${address} or the certificate`,
  ],
  [
    /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|EPROTO|wrong version number|packet length too long/,
    ({ address }) => `it does not speak TLS on this port: correct scheme or port in ${address}`,
  ],
];

/** Why a connection failed, in words with the setting to change; what is not known stays as it was said. */
export function connectionWords(error: unknown, { address, authority }: ConnectionSettings): string {
  const { cause } =
    typeof error === 'object' && error !== null && 'cause' in error ? error : { cause: undefined };
  // A failed fetch says no more than that it failed: its cause does.
  const reason = cause ?? error;
  const said = messageOf(reason);
  const code = errorCode(reason) ?? '';
  const words = TLS.find(([pattern]) => pattern.test(code) || pattern.test(said))?.[1];
  if (words === undefined) return said;
  return `${words({ address, authority: authority ?? 'NODE_EXTRA_CA_CERTS' })} (${code === '' ? said : code})`;
}
