import type { LogLevel, LogCategory } from '../entry.ts';
import type { LineTime, LogFormat, ParsedLine } from './format.ts';
import { digitsAt, isDigit, isoTimeAt } from './line-time.ts';

const UNIX_DIGITS = 10;

/** The broker writes no levels: what it says tells them. The first of these that a message begins with or holds counts. */
const LEVEL_BY_BEGIN: readonly (readonly [string, LogLevel])[] = [
  ['Warning: ', 'WARNING'],
  ['Error', 'ERROR'],
  ['Unable to ', 'ERROR'],
  ['OpenSSL Error', 'ERROR'],
  ['Out of memory', 'ERROR'],
  ['Sending ', 'DEBUG'],
  ['Received ', 'DEBUG'],
  ['Denied PUBLISH', 'WARNING'],
  ['Socket error', 'WARNING'],
  ['Connection error', 'WARNING'],
];
/** The same for what it says of a client after its name. */
const TROUBLES_OF_CLIENTS: readonly string[] = [
  'not authorised',
  'due to protocol error',
  'due to malformed packet',
  'due to out of memory',
  'has exceeded timeout',
  'already connected, closing old connection',
  'outgoing messages are being dropped',
  'Bad socket read/write',
];

function levelOfMessage(message: string): LogLevel {
  for (const [begin, level] of LEVEL_BY_BEGIN) if (message.startsWith(begin)) return level;
  if (!message.startsWith('Client ') && !message.startsWith('Outgoing ')) return 'INFO';
  return TROUBLES_OF_CLIENTS.some((words) => message.includes(words)) ? 'WARNING' : 'INFO';
}

/** Whether a message that was published is a command or a configuration for a device, as its topic says. */
function isCommand(message: string): boolean {
  const topic = message.slice(message.indexOf("'") + 1, message.lastIndexOf("'"));
  return topic.startsWith('valtronics/') && /\/(?:commands?|config)(?:\/|$)/.test(topic);
}

/** Log-ins, refused ones too, commands to devices, and changes of the configuration. */
function categoryOf(message: string): LogCategory | undefined {
  if (message.startsWith('Received PUBLISH from ')) return isCommand(message) ? 'audit' : undefined;
  if (message.startsWith('New client connected from ')) return 'audit';
  if (message.startsWith('Client ') && message.endsWith(', not authorised.')) return 'audit';
  return message.startsWith('Reloading config') ? 'audit' : undefined;
}

/** `1795389864: `, seconds since the epoch: how mosquitto writes time unless told otherwise. */
function unixTime(line: string): { time: LineTime; end: number } | undefined {
  const seconds = digitsAt(line, 0, UNIX_DIGITS);
  if (seconds < 0 || isDigit(line.charCodeAt(UNIX_DIGITS))) return undefined;
  return { time: { at: seconds * 1000, zoned: true }, end: UNIX_DIGITS };
}

function parse(line: string): ParsedLine | undefined {
  const found = line.charCodeAt(10) === 0x54 ? isoTimeAt(line, 0) : unixTime(line);
  if (found === undefined || !line.startsWith(': ', found.end)) return undefined;
  const message = line.slice(found.end + 2);
  return { time: found.time, level: levelOfMessage(message), message, category: categoryOf(message) };
}

const TIME = { at: Date.UTC(2026, 10, 22, 23, 58, 24), zoned: false };

/** mosquitto, with `log_timestamp_format %Y-%m-%dT%H:%M:%S` and without. */
export const MOSQUITTO: LogFormat = {
  name: 'mosquitto',
  title: 'mosquitto, with ISO time or unix seconds',
  dataset: 'mosquitto.log',
  begins: '0123456789',
  parse,
  samples: [
    {
      text: '2026-11-22T23:58:24: Warning: Mosquitto should not be run as root/administrator.',
      expected: {
        time: TIME,
        level: 'WARNING',
        message: 'Warning: Mosquitto should not be run as root/administrator.',
      },
    },
    {
      text: "2026-11-22T23:58:24: New client connected from 127.0.0.1:51261 as TEMP_SENSOR_001 (p2, c1, k60, u'valtronics_user').",
      expected: {
        time: TIME,
        level: 'INFO',
        category: 'audit',
        message:
          "New client connected from 127.0.0.1:51261 as TEMP_SENSOR_001 (p2, c1, k60, u'valtronics_user').",
      },
    },
    {
      text: "1795391904: Received PUBLISH from backend (d0, q1, r0, m7, 'valtronics/GATEWAY_001/command', ... (73 bytes))",
      expected: {
        time: { at: 1_795_391_904_000, zoned: true },
        level: 'DEBUG',
        category: 'audit',
        message:
          "Received PUBLISH from backend (d0, q1, r0, m7, 'valtronics/GATEWAY_001/command', ... (73 bytes))",
      },
    },
    {
      text: '1795391904: Client GATEWAY_001 disconnected, not authorised.',
      expected: {
        time: { at: 1_795_391_904_000, zoned: true },
        level: 'WARNING',
        category: 'audit',
        message: 'Client GATEWAY_001 disconnected, not authorised.',
      },
    },
    {
      text: '1795391904: Socket error on client TEMP_SENSOR_001, disconnecting.',
      expected: {
        time: { at: 1_795_391_904_000, zoned: true },
        level: 'WARNING',
        message: 'Socket error on client TEMP_SENSOR_001, disconnecting.',
      },
    },
  ],
};
