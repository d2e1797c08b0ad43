import type { LogCategory, LoggedError } from '../entry.ts';
import type { ParsedLine } from '../formats/format.ts';

/** Parts of the name of a logger that is kept for who did what. */
const AUDIT_LOGGERS: ReadonlySet<string> = new Set(['audit', 'auth', 'security']);

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
  { category, request, logger, level }: ParsedLine,
  error: LoggedError | undefined,
): LogCategory {
  if (category !== undefined) return category;
  if (request?.status !== undefined) return 'access';
  if (logger !== undefined && isAuditLogger(logger)) return 'audit';
  return level === 'ERROR' || level === 'CRITICAL' || error !== undefined ? 'error' : 'application';
}
