import { pino, type Logger as Pino } from 'pino';

/** The part of pino that the exporter uses; tests pass their own. Fields first, then a constant sentence. */
export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  child(fields: object): Logger;
}

/** Severities of the exporter's own log, least first. */
export const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LEVELS)[number];

/** A logger whose least severity can be changed, for all its children at once. */
export interface LeveledLogger extends Logger {
  setLevel(level: LogLevel): void;
  level(): LogLevel;
}

function leveled(target: Pino, shown: (level: LogLevel) => boolean): Logger {
  const say =
    (level: LogLevel) =>
    (fields: object, message: string): void => {
      if (shown(level)) target[level](fields, message);
    };
  return {
    debug: say('debug'),
    info: say('info'),
    warn: say('warn'),
    error: say('error'),
    child: (fields) => leveled(target.child(fields), shown),
  };
}

export interface LoggerOptions {
  /** Instead of standard error. */
  readonly write?: (line: string) => void;
  /** Hides what must not be written down, in the whole line. */
  readonly mask?: (line: string) => string;
  /** Further fields of each line, from where it is written. */
  readonly context?: () => object;
}

/**
 * A logger that writes one JSON object a line to standard error, with an ISO time and the level as a word. The least
 * severity is kept here and not in pino, whose children would keep the one that they were born with.
 */
export function createLogger(level: LogLevel, { write, mask, context }: LoggerOptions = {}): LeveledLogger {
  let least = LEVELS.indexOf(level);
  const target = pino(
    {
      level: 'debug',
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      ...(mask === undefined ? {} : { hooks: { streamWrite: mask } }),
      ...(context === undefined ? {} : { mixin: context }),
    },
    write === undefined ? pino.destination({ dest: 2, sync: true }) : { write },
  );
  return {
    ...leveled(target, (asked) => LEVELS.indexOf(asked) >= least),
    setLevel: (next) => (least = LEVELS.indexOf(next)),
    level: () => LEVELS[least] ?? level,
  };
}

/** A logger that says nothing, for tests. */
export function silentLogger(): Logger {
  const nothing = (): void => undefined;
  const logger: Logger = {
    debug: nothing,
    info: nothing,
    warn: nothing,
    error: nothing,
    child: () => logger,
  };
  return logger;
}
