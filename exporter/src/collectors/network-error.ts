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
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'presents a self-signed certificate: trust it through NODE_EXTRA_CA_CERTS or use one of a known authority',
  SELF_SIGNED_CERT_IN_CHAIN:
    'presents a certificate of an unknown authority: trust that authority through NODE_EXTRA_CA_CERTS',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'presents a certificate of an unknown authority: trust that authority through NODE_EXTRA_CA_CERTS',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'presents a certificate of an unknown authority: trust that authority through NODE_EXTRA_CA_CERTS',
  ERR_TLS_CERT_ALTNAME_INVALID:
    'presents a certificate for another host name: correct the address or the certificate',
};

/**
 * The sentence for a failure below the protocol (DNS, TCP, TLS), with the next step, or undefined for any
 * other error. `target` names the source without secrets.
 */
export function describeNetworkError(error: unknown, target: string): string | undefined {
  const code = errorCode(error);
  const explanation = code === undefined ? undefined : NETWORK[code];
  return explanation === undefined ? undefined : `${target} ${explanation} (${code ?? ''})`;
}
