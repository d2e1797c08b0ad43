import { describeNetworkError } from '../network-error.ts';
import type { LinkEnd } from './link.ts';

const TLS_OPTIONS = {
  authority: 'mqtt.ca_file (VALTRONICS_MQTT_CA_FILE)',
  client: 'mqtt.cert_file and mqtt.key_file',
};

/** Codes of MQTT 3.1.1 (1 to 5) and of MQTT 5 (from 128) that say: not this protocol version. */
const WRONG_VERSION = new Set([1, 132]);
const BAD_CREDENTIALS = new Set([4, 5, 134, 135]);

const OTHER_REASONS: Readonly<Record<number, string>> = {
  2: 'rejects the client id: set VALTRONICS_MQTT_CLIENT_ID to one that it accepts',
  3: 'is not available: see its own log',
  128: 'refuses the connection without a reason: see its own log',
  133: 'rejects the client id: set VALTRONICS_MQTT_CLIENT_ID to one that it accepts',
  136: 'is not available: see its own log',
  137: 'is busy',
  138: 'has banned this client: see its own log',
  139: 'is shutting down',
  141: 'heard nothing within the keep-alive time: check the network',
  142: 'gave the session to another client with the same client id: give each exporter its own VALTRONICS_MQTT_CLIENT_ID',
  149: 'found a packet too large',
  151: 'says that a quota is exceeded: see its own log',
  152: 'ended the connection by an administrator’s action',
  156: 'asks to use another server: correct VALTRONICS_MQTT_URL',
  157: 'has moved: correct VALTRONICS_MQTT_URL',
  159: 'limits the rate of connections',
};

/** True when the broker refuses this protocol version and may take an older one. */
export function isWrongVersion(code: number): boolean {
  return WRONG_VERSION.has(code);
}

/**
 * What a CONNACK or DISCONNECT reason code of the broker means and what to do, to be read after the broker's
 * address. `user` is the name that was sent, if any.
 */
export function describeRefusal(code: number, user: string | undefined): string {
  if (BAD_CREDENTIALS.has(code)) {
    return user === undefined
      ? 'refuses clients without a user: put user and password into VALTRONICS_MQTT_URL'
      : `refuses user "${user}": check user and password in VALTRONICS_MQTT_URL and the broker’s password file`;
  }
  if (isWrongVersion(code)) return 'speaks neither MQTT 5 nor 3.1.1';
  return OTHER_REASONS[code] ?? `refuses with reason code ${code}: see its own log`;
}

/** What the words about an end need to know of the connection. */
export interface EndContext {
  /** The broker's address without credentials. */
  readonly target: string;
  readonly user: string | undefined;
  readonly clientId: string;
  /** Milliseconds. */
  readonly connectTimeout: number;
  /** Milliseconds. */
  readonly keepAlive: number;
  /** True when the connection was accepted and ended soon after. */
  readonly wasShort: boolean;
}

/** What mqtt.js, its parser and the reader of packets say, in words that continue a sentence with the broker's address. */
function describeProtocolError(message: string, { connectTimeout, keepAlive }: EndContext): string {
  if (message === 'connack timeout') {
    return (
      `accepts the connection and does not answer the greeting of MQTT within ${connectTimeout / 1000} s: is it the ` +
      'MQTT port of a broker (with TLS: mqtts://), or is the broker overloaded?'
    );
  }
  if (message === 'Keepalive timeout')
    return `gave no sign of life within the keep-alive time of ${keepAlive / 1000} s: check the broker and the network`;
  if (/^(?:malformed|a packet of type|invalid|cannot parse|packet|unknown)/i.test(message))
    return `sends what is no MQTT (${message}): is it the MQTT port of a broker?`;
  return `cannot be used: ${message}`;
}

/** How a connection ended, as a sentence for operators with the next step. */
export function describeEnd({ code, error }: LinkEnd, context: EndContext): string {
  const { target, user, clientId, wasShort } = context;
  if (code !== undefined) return `${target} ${describeRefusal(code, user)}`;
  if (error !== undefined) {
    const words = describeNetworkError(error, target, TLS_OPTIONS);
    return words ?? `${target} ${describeProtocolError(error.message || error.name, context)}`;
  }
  if (!wasShort) return `${target} closed the connection: see the broker’s log`;
  return (
    `${target} closed the connection soon after accepting it: see the broker’s log; when another client ` +
    `uses client id ${clientId}, give each its own VALTRONICS_MQTT_CLIENT_ID`
  );
}
