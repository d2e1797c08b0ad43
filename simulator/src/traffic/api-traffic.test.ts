import { describe, expect, it } from '@jest/globals';
import { createRandom } from '../model/random.ts';
import { pickPath } from './api-traffic.ts';

describe('pickPath', () => {
  const random = createRandom(1);
  const paths = Array.from({ length: 5000 }, () => pickPath(random, [7]));
  const share = (wanted: (path: string) => boolean): number => paths.filter(wanted).length / paths.length;

  it('asks mostly for what works', () => {
    const wrong = (path: string): boolean =>
      ['/api/v1/devices/999999', '/api/v1/devices/?limit=0', '/api/v1/analytics/metrics'].includes(path);
    expect(share(wrong)).toBeGreaterThan(0.01);
    expect(share(wrong)).toBeLessThan(0.1);
  });

  it('asks now and then for what fails and for what is slow', () => {
    expect(paths).toContain('/api/v1/analytics/metrics');
    expect(paths).toContain('/api/v1/analytics/system');
    expect(paths).toContain('/api/v1/devices/7');
    expect(share((path) => path === '/api/v1/analytics/metrics')).toBeLessThan(0.02);
  });

  it('repeats itself for the same seed', () => {
    const again = createRandom(1);
    expect(Array.from({ length: 100 }, () => pickPath(again, [7]))).toEqual(paths.slice(0, 100));
  });
});
