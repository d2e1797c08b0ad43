import { messageOf } from '../../base/errors.ts';
import { describeNetworkError } from '../network-error.ts';

const REPLIES: readonly (readonly [RegExp, string])[] = [
  [/^NOAUTH/, 'asks for a password: give one in VALTRONICS_REDIS_URL (redis://:password@host:6379)'],
  [/^WRONGPASS|invalid password/, 'refuses user and password: correct them in VALTRONICS_REDIS_URL'],
  [
    /without any password configured/,
    'has no password, yet one is given: remove it from VALTRONICS_REDIS_URL or set requirepass there',
  ],
  [/^NOPERM/, 'forbids a command: run ACL SETUSER <user> +ping +info'],
  [/^LOADING/, 'is loading its data set: tried again at the next collection'],
  [/^DENIED/, 'is in protected mode: set a password or bind it to the address in use'],
  [
    /max number of clients/,
    'has no connection left for the exporter: raise maxclients or find who holds them',
  ],
  [/Socket closed unexpectedly/, 'closed the connection in mid-conversation: see its own log'],
  [
    /Connection timeout/,
    'did not accept a connection in time: check the address, the network and its firewalls',
  ],
];

/** One sentence with the next step for whatever the client threw. Never holds the password. */
export function describeRedisError(error: unknown, target: string): string {
  const network = describeNetworkError(error, target);
  if (network !== undefined) return network;
  const text = messageOf(error).split('\n')[0] ?? '';
  const known = REPLIES.find(([pattern]) => pattern.test(text));
  return `${target} ${known?.[1] ?? `answered with an error: ${text}`}`;
}
