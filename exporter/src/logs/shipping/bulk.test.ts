import { describe, expect, it } from '@jest/globals';
import { readBulkAnswer } from './bulk.ts';

const answer = (...items: readonly object[]): string =>
  JSON.stringify({ errors: true, items: items.map((create) => ({ create })) });
const kinds = (text: string, count: number): string[] => readBulkAnswer(text, count).map(({ kind }) => kind);

describe('readBulkAnswer', () => {
  it.each([
    [200, undefined, 'done'],
    [201, undefined, 'done'],
    [409, 'version_conflict_engine_exception', 'done'],
    [429, 'es_rejected_execution_exception', 'retry'],
    [429, 'circuit_breaking_exception', 'retry'],
    [500, 'i_o_exception', 'retry'],
    [503, 'unavailable_shards_exception', 'retry'],
    [403, 'cluster_block_exception', 'retry'],
    [404, 'index_not_found_exception', 'retry'],
    [400, 'document_parsing_exception', 'refused'],
    [400, 'illegal_argument_exception', 'refused'],
    [400, 'validation_exception', 'refused'],
    [413, 'content_too_long', 'refused'],
  ])('takes %s %s as %s', (status, type, kind) => {
    const error = type === undefined ? {} : { error: { type, reason: 'why' } };
    expect(kinds(answer({ status, ...error }), 1)).toEqual([kind]);
  });

  it('says why in the store’s words, the cause behind them', () => {
    const error = { type: 'mapper_parsing_exception', reason: 'failed', caused_by: { reason: 'no date' } };
    expect(readBulkAnswer(answer({ status: 400, error }), 1)).toEqual([
      { kind: 'refused', status: 400, reason: 'mapper_parsing_exception: failed: no date' },
    ]);
  });

  it('needs no list of entries where there was no error', () => {
    expect(kinds('{"took":1,"errors":false}', 3)).toEqual(['done', 'done', 'done']);
  });

  it.each([
    ['', 'unknown form'],
    ['<html>', 'unknown form'],
    ['{"errors":true,"items":[{"index":{"status":200}}]}', 'unknown form'],
    ['{"errors":true}', 'speaks of 0 entries, of which 2 were sent'],
    [answer({ status: 201 }), 'speaks of 1 entries, of which 2 were sent'],
  ])('does not believe %j', (text, reason) => {
    expect(() => readBulkAnswer(text, 2)).toThrow(reason);
  });
});
