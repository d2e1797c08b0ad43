import type { LogCategory, LoggedError } from '../entry.ts';
import type { ParsedLine } from '../formats/format.ts';

/** Parts of the name of a logger that is kept for who did what. */
const AUDIT_LOGGERS: ReadonlySet<string> = new Set(['audit', 'auth', 'security']);

/** What the exporter says of changes that somebody made, besides lines that it marks with `audit` itself. */
export const AUDIT_MESSAGES: readonly string[] = [
  'a maintenance window was ',
  'settings reloaded',
  'reload refused',
];

/** First characters of the messages, for a first look. */
const BEGINS = new Set(AUDIT_MESSAGES.map((message) => message.charAt(0)));

function isAuditLogger(logger: string): boolean {
  return logger.includes('aud') || logger.includes('auth') || logger.includes('secur')
    ? logger.split('.').some((part) => AUDIT_LOGGERS.has(part))
    : false;
}

/**
 * What an entry is about: `access`, a request that was served; `audit`, log-ins and refused ones, changes of permissions
 * and configuration, commands to devices, what people did to alerts; `error`, what went wrong; `application`, the rest.
 * The format may know better.
 */
export function categoryOf(
  { category, request, logger, level, message }: ParsedLine,
  error: LoggedError | undefined,
): LogCategory {
  if (category !== undefined) return category;
  if (request?.status !== undefined) return 'access';
  if (logger !== undefined && isAuditLogger(logger)) return 'audit';
  if (BEGINS.has(message.charAt(0)) && AUDIT_MESSAGES.some((begin) => message.startsWith(begin)))
    return 'audit';
  return level === 'ERROR' || level === 'CRITICAL' || error !== undefined ? 'error' : 'application';
}
