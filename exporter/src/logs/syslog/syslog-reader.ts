import { randomBytes } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import type { LogEntry } from '../entry.ts';
import type { ParsedLine } from '../formats/format.ts';
import { SYSLOG } from '../formats/syslog.ts';
import { createEntryMaker } from '../reading/entry-maker.ts';
import type { MaskOptions } from '../reading/secrets.ts';
import { createUnwrapper } from '../intake/wrapped-line.ts';
import type { Frame } from './framer.ts';

/** Whose message it is that names no program. */
const UNKNOWN_SERVICE = 'syslog';

export interface SyslogReaderOptions {
  readonly clock: Pick<Clock, 'wall'>;
  readonly mask?: MaskOptions;
}

/**
 * Makes entries of syslog messages, RFC 5424 and 3164; others are kept as they are. Nobody sends a message again, so that
 * each has an id of its own.
 */
export function createSyslogReader({ clock, mask }: SyslogReaderOptions): (frame: Frame) => LogEntry {
  const make = createEntryMaker(mask === undefined ? {} : { mask });
  const unwrap = createUnwrapper();
  const run = randomBytes(9).toString('base64url');
  let sequence = 0;

  return ({ text, truncated }) => {
    const read = SYSLOG.parse(text);
    const outer: ParsedLine = read ?? { level: 'UNKNOWN', message: text };
    const { parsed, format = read === undefined ? undefined : SYSLOG } = unwrap(outer);
    return make({
      ...{ id: `${run}-${(sequence++).toString(36)}`, parsed, written: text, truncated },
      ...{ created: clock.wall(), service: UNKNOWN_SERVICE, dataset: format?.dataset ?? SYSLOG.dataset },
      ...(format === undefined ? {} : { format: format.name }),
    });
  };
}
