import { describe, expect, it } from '@jest/globals';
import { collectorState, NOW } from '../../test/support/http.ts';
import { describeSources } from './collector-words.ts';
import type { CollectorState } from './dependencies.ts';

const describeApi = (changes: Partial<CollectorState>) => describeSources([collectorState(changes)], NOW)[0];

describe('describeSources', () => {
  it('lists every source, and says which setting turns on those that are not configured', () => {
    const sources = describeSources([collectorState({ name: 'mqtt' })], NOW);
    expect(sources.map(({ name, state }) => [name, state])).toEqual([
      ['api', 'not_configured'],
      ['postgres', 'not_configured'],
      ['mqtt', 'ok'],
      ['broker', 'not_configured'],
      ['redis', 'not_configured'],
      ['access_log', 'not_configured'],
    ]);
    expect(sources[5]?.words).toBe('not configured: set VALTRONICS_LOG_PATHS to turn it on');
  });

  it('says since when a source is ok', () => {
    expect(describeApi({})).toMatchObject({
      state: 'ok',
      words: 'ok for 12 min, since 13:50 UTC; last success 8 s ago',
    });
  });

  it('does without the beginning where nobody noted it', () => {
    expect(describeApi({ since: null })?.words).toBe('ok; last success 8 s ago');
  });

  it('says why a source fails', () => {
    const failing = { success: false, failures: 2, since: NOW - 30_000, lastError: 'connection refused' };
    expect(describeApi(failing)).toMatchObject({
      state: 'failing',
      words: 'failing for 30 s, since 14:01 UTC (last success 8 s ago): connection refused',
    });
    expect(describeApi({ ...failing, circuit: 'half-open' })?.state).toBe('failing');
  });

  it('says when a paused source is tried again', () => {
    const words = describeApi({
      success: false,
      failures: 5,
      circuit: 'open',
      nextTry: NOW + 20_000,
      lastSuccess: null,
      lastError: 'connection refused 127.0.0.1:5432',
    })?.words;
    expect(words).toBe(
      'paused after 5 failures, next try in 20 s (never succeeded): connection refused 127.0.0.1:5432',
    );
  });

  it('tells waiting from failing', () => {
    expect(describeApi({ attempted: false, success: false })).toMatchObject({
      state: 'waiting',
      words: 'waiting for its first attempt to finish',
    });
  });
});
