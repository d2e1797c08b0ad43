import type { LogFormat, ParsedLine } from '../formats/format.ts';
import { createFormatFinder } from '../formats/format-finder.ts';
import { SYSLOG } from '../formats/syslog.ts';

/** What was read of a line and of what wraps it. */
export interface Unwrapped {
  readonly parsed: ParsedLine;
  /** Format of the line within; undefined where there is none. */
  readonly format: LogFormat | undefined;
}

/** What the line says goes before what its sender says, but for whose it is; a time without zone is worth less. */
function joined(outer: ParsedLine, inner: ParsedLine, message: string): ParsedLine {
  const saysLevel = inner.level !== 'UNKNOWN';
  return {
    time: inner.time?.zoned === true ? inner.time : (outer.time ?? inner.time),
    level: saysLevel ? inner.level : outer.level,
    levelText: saysLevel ? inner.levelText : outer.levelText,
    message,
    service: outer.service ?? inner.service,
    dataset: outer.dataset ?? inner.dataset,
    category: outer.category ?? inner.category,
    logger: inner.logger ?? outer.logger,
    deviceId: inner.deviceId ?? outer.deviceId,
    traceId: inner.traceId ?? outer.traceId,
    spanId: inner.spanId ?? outer.spanId,
    correlationId: inner.correlationId ?? outer.correlationId,
    request: inner.request ?? outer.request,
    error: inner.error ?? outer.error,
    process: outer.process ?? inner.process,
  };
}

/**
 * Reads lines that shippers wrap as they are: Filebeat, Fluent Bit, Docker and syslog put what a program wrote into a message,
 * whose level, logger or request only the line itself says. Of several lines the first is read.
 */
export function createUnwrapper(): (outer: ParsedLine) => Unwrapped {
  const finder = createFormatFinder();
  return (outer) => {
    const whole = outer.message.trimEnd();
    const end = whole.indexOf('\n');
    const found = finder.parse(end === -1 ? whole : whole.slice(0, end));
    if (found === undefined || found.format === SYSLOG)
      return { parsed: { ...outer, message: whole }, format: undefined };
    const rest = end === -1 ? '' : whole.slice(end);
    return { parsed: joined(outer, found.parsed, found.parsed.message + rest), format: found.format };
  };
}
