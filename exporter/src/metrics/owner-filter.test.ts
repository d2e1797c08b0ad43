import { describe, expect, it } from '@jest/globals';
import { FAMILY_OWNERS, OwnerFilterError, ownerOf, selectOwners } from './owner-filter.ts';

describe('ownerOf', () => {
  it.each([
    ['valtronics_database_connections', 'postgres'],
    ['valtronics_devices_total', 'fleet'],
    ['valtronics_collector_success', 'exporter'],
    ['process_cpu_seconds_total', 'exporter'],
    ['nodejs_version_info', 'exporter'],
  ])('gives %s to %s', (name, owner) => {
    expect(ownerOf(name)).toBe(owner);
  });
});

describe('selectOwners', () => {
  it('selects all when nothing is asked for', () => {
    expect([...selectOwners([], [])]).toEqual(FAMILY_OWNERS);
  });

  it('selects exactly what collect[] names', () => {
    expect([...selectOwners(['redis', 'fleet', 'redis'], [])]).toEqual(['redis', 'fleet']);
  });

  it('leaves out what exclude[] names', () => {
    expect([...selectOwners([], ['fleet', 'exporter'])]).toEqual([
      'api',
      'postgres',
      'mqtt',
      'broker',
      'redis',
      'access_log',
    ]);
  });

  it('refuses both at once', () => {
    expect(() => selectOwners(['redis'], ['fleet'])).toThrow(OwnerFilterError);
  });

  it.each([
    ['collect[]', ['nothing'], []],
    ['exclude[]', [], ['Redis']],
    ['collect[]', [''], []],
  ])('says in which parameter a name is unknown: %s', (parameter, collect, exclude) => {
    expect(() => selectOwners(collect, exclude)).toThrow(OwnerFilterError);
    expect(() => selectOwners(collect, exclude)).toThrow(`${parameter}: unknown`);
  });
});
