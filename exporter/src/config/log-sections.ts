import { z } from 'zod';
import {
  filePath,
  flag,
  list,
  listenAddress,
  option,
  secretText,
  sourceUrl,
  wholeNumber,
} from './option-types.ts';

const SERVICE_NAME = /^[\w.-]{1,64}$/;

/** True for a name of a zone that this Node knows, e.g. `Europe/Berlin` or `UTC`. */
function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const paths = list([], 'globs').refine((globs) => globs.length > 0, { message: 'needs a glob at least' });

/** Files of one service. */
const sourceSchema = z.strictObject({
  service: z.string().regex(SERVICE_NAME, 'must be letters, digits, dot, dash or underscore, at most 64'),
  paths,
  /** Name of a format of `docs/log-formats.md`; found on the lines when it is absent. */
  format: z.string().min(1).optional(),
  /** Zone of times that name none; the process' own when it is absent. */
  timezone: z
    .string()
    .refine(isTimeZone, { message: 'must be a zone such as Europe/Berlin or UTC' })
    .optional(),
});
export type LogSource = z.output<typeof sourceSchema>;

/** A source as the environment gives it. */
export interface GivenSource {
  readonly service: string;
  readonly paths: string[];
}

/** What the environment gives: `service=glob,service=glob`; a service may come several times. */
function fromPairs(text: string, context: z.RefinementCtx): GivenSource[] {
  const sources = new Map<string, string[]>();
  for (const pair of text.split(',')) {
    if (pair.trim() === '') continue;
    const [, service, glob] = /^\s*([^=]*?)\s*=\s*(.+?)\s*$/.exec(pair) ?? [];
    if (service === undefined || glob === undefined) {
      context.addIssue({ code: 'custom' });
      return z.NEVER;
    }
    sources.set(service, [...(sources.get(service) ?? []), glob]);
  }
  return [...sources].map(([service, globs]) => ({ service, paths: globs }));
}

/** The sections of the log subsystem: what is read, what is kept, where it goes. */
export const logSections = {
  logs: z
    .strictObject({
      enabled: option('Reads, keeps and serves log lines (`/api/v1/logs`).', flag(true)),
      sources: option(
        'Log files to follow, by service. In YAML a list of {service, paths, format, timezone}.',
        z
          .union([z.array(z.unknown()), z.string().transform(fromPairs)])
          .pipe(z.array(sourceSchema))
          .prefault([])
          .meta({
            env: 'VALTRONICS_LOG_SOURCES',
            allowed:
              'service=glob pairs separated by commas, e.g. valtronics-api=/var/log/valtronics/*.log,redis=/var/log/redis/*.log',
          }),
      ),
      start_at: option(
        'Where to begin in files that exist when their glob is used for the first time.',
        z.enum(['beginning', 'end']).default('beginning').meta({ allowed: 'beginning or end' }),
      ),
      syslog_listen: option(
        'Address for syslog messages (RFC 5424 and 3164) by TCP and UDP; off by default.',
        listenAddress()
          .optional()
          .meta({ env: 'VALTRONICS_SYSLOG_LISTEN', allowed: 'host:port, e.g. 127.0.0.1:5514' }),
      ),
      max_line_bytes: option(
        'Longer lines are cut and flagged, longer entries of several lines likewise.',
        wholeNumber(65_536, 1024, 1_048_576),
      ),
      buffer_entries: option(
        'Newest entries that are kept for search without a log store.',
        wholeNumber(10_000, 100, 1_000_000),
      ),
      patterns_per_service: option(
        'Most patterns of messages that are kept for a service; the least recently seen gives way.',
        wholeNumber(500, 10, 10_000),
      ),
      mask_emails: option('Masks e-mail addresses, too, before anything is kept.', flag(false)),
      raw_lines: option(
        'Who may see lines as they were written, besides what was read from them.',
        z.enum(['viewer', 'editor']).default('viewer').meta({ allowed: 'viewer or editor' }),
      ),
      queue_max_bytes: option(
        'Most bytes of entries on disk that wait for the log store.',
        wholeNumber(1_073_741_824, 1_048_576, Number.MAX_SAFE_INTEGER).meta({
          env: 'VALTRONICS_LOG_QUEUE_MAX_BYTES',
        }),
      ),
      queue_full: option(
        'What to do when they are reached: `block` stops reading files until there is room, `drop_oldest` gives up the oldest.',
        z.enum(['block', 'drop_oldest']).default('block').meta({ allowed: 'block or drop_oldest' }),
      ),
      retention_days: option(
        'How long the log store keeps a daily index.',
        wholeNumber(30, 1, 3650).meta({ env: 'VALTRONICS_LOG_RETENTION_DAYS' }),
      ),
    })
    .prefault({}),
  elasticsearch: z
    .strictObject({
      url: option(
        'Elasticsearch, OpenSearch or what speaks their `_bulk`: entries are sent there, and searches go there.',
        sourceUrl({ schemes: ['http', 'https'] }, 'http://127.0.0.1:9200'),
      ),
      api_key: option('API key for it, as it is sent after `ApiKey`.', secretText()),
      ca_file: option(
        'PEM file of the authority that signed its certificate, where the system does not know it.',
        filePath(),
      ),
      setup: option(
        'Puts the index template and the retention in place at the start, where that is allowed.',
        flag(true),
      ),
    })
    .prefault({}),
};
