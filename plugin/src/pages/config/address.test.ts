import { describe, expect, it } from '@jest/globals';
import { addressFault, instanceOf } from './address';

describe('addressFault', () => {
  it.each([
    ['http://exporter:8001', undefined],
    ['https://exporter.example/sub/', undefined],
    ['  http://exporter:8001  ', undefined],
    ['', 'empty'],
    ['exporter:8001', 'scheme'],
    ['exporter', 'no-url'],
    ['javascript:alert(1)', 'scheme'],
    ['http://user:pass@exporter', 'credentials'],
  ])('%s', (text, fault) => {
    expect(addressFault(text)).toBe(fault);
  });
});

describe('instanceOf', () => {
  it.each([
    ['http://exporter:8001/x', 'exporter:8001'],
    ['http://exporter', 'exporter:80'],
    ['https://exporter', 'exporter:443'],
    ['http://[::1]:8001', '[::1]:8001'],
    ['nonsense', undefined],
  ])('%s', (address, instance) => {
    expect(instanceOf(address)).toBe(instance);
  });
});
