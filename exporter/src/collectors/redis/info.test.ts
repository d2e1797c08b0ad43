import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseRedisInfo } from './info.ts';

const INFO = [
  '# Server',
  'redis_version:7.0.15',
  'uptime_in_seconds:4711',
  '',
  '# Clients',
  'connected_clients:3',
  '# Memory',
  'used_memory:1048576',
  'used_memory_human:1.00M',
  'maxmemory:0',
].join('\r\n');

describe('parseRedisInfo', () => {
  it('reads clients, memory and uptime; no limit is no value', () => {
    expect(parseRedisInfo(INFO)).toEqual({
      connectedClients: 3,
      usedMemoryBytes: 1_048_576,
      maxMemoryBytes: undefined,
      uptimeSeconds: 4711,
    });
    expect(parseRedisInfo('maxmemory:2097152').maxMemoryBytes).toBe(2_097_152);
  });

  it('takes nothing from words, signs and empty values', () => {
    const info = parseRedisInfo('connected_clients:many\nused_memory:-1\nuptime_in_seconds:\nmaxmemory');
    expect(Object.values(info).every((value) => value === undefined)).toBe(true);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseRedisInfo(text)));
  });
});
