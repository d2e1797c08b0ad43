import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { LOGGED_AT } from '../../../test/support/log-entry.ts';
import { LOG_CATEGORIES, LOG_LEVELS, type LogEntry } from '../entry.ts';
import { bulkLines } from './bulk.ts';
import { fromEcs } from './ecs.ts';

/** An id of so many digits, which must not be all zero. */
const hex = (length: number) => fc.stringMatching(new RegExp(`^[1-9a-f][0-9a-f]{${length - 1}}$`));
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined });
const text = fc.string({ unit: 'binary', maxLength: 60 });
const word = fc.stringMatching(/^[\w.-]{1,40}$/);
const time = fc.integer({ min: Date.UTC(1971, 0, 1), max: LOGGED_AT });

const entry: fc.Arbitrary<LogEntry> = fc.record({
  id: word,
  timestamp: time,
  timeSource: fc.constantFrom('line', 'zoneless', 'read'),
  created: time,
  level: fc.constantFrom(...LOG_LEVELS),
  levelText: fc.constant('word'),
  service: word,
  dataset: word,
  category: fc.constantFrom(...LOG_CATEGORIES),
  message: text,
  logger: maybe(word),
  deviceId: maybe(word),
  traceId: maybe(hex(32)),
  spanId: maybe(hex(16)),
  correlationId: maybe(word),
  error: maybe(fc.record({ type: word, message: word, stack: text })),
  file: maybe(text),
  offset: maybe(fc.nat()),
  raw: text,
  truncated: fc.boolean(),
  format: maybe(word),
  pattern: maybe(word),
});
const actionSchema = z.object({ create: z.object({ _id: z.string(), _index: z.string() }) });
const documentSchema = z.record(z.string(), z.unknown());

it('comes back from the store as it was, whatever is in its texts', () => {
  fc.assert(
    fc.property(entry, (shipped) => {
      const [action = '', document = '', ...rest] = bulkLines(shipped).split('\n');
      expect(rest).toEqual(['']);
      const { _id, _index } = actionSchema.parse(JSON.parse(action)).create;
      expect(_index).toMatch(/^valtronics-logs-\d{4}\.\d\d\.\d\d$/);
      expect(fromEcs(_id, documentSchema.parse(JSON.parse(document)))).toEqual(shipped);
    }),
    { seed: 20_261_129, numRuns: 300 },
  );
});

it('is made of any document', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (document) => {
      const { id, message, raw, level } = fromEcs('x', document);
      expect([id, typeof message, typeof raw]).toEqual(['x', 'string', 'string']);
      expect(LOG_LEVELS).toContain(level);
    }),
    { seed: 20_261_129, numRuns: 300 },
  );
});
