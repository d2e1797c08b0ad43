import { describe, expect, it } from '@jest/globals';
import { collectorsFor } from './sources.ts';

describe('collectorsFor', () => {
  it('leaves out the sources whose families nobody asked for', () => {
    expect([...collectorsFor(new Set(['redis', 'exporter']))]).toEqual(['redis', 'exporter']);
  });
  it('asks for the fleet all that report about devices', () => {
    expect([...collectorsFor(new Set(['fleet', 'mqtt']))].sort()).toEqual([
      'api',
      'fleet',
      'mqtt',
      'postgres',
    ]);
  });
});
