import { describe, expect, it } from '@jest/globals';
import { compareCpu, cpuMilliseconds, longestBlock, median } from './harness.ts';
import { processCpuMilliseconds } from './process-cpu.ts';

/** Burns CPU for that many milliseconds of this process's own CPU time. */
function burn(milliseconds: number): void {
  const start = process.cpuUsage();
  while (process.cpuUsage(start).user + process.cpuUsage(start).system < milliseconds * 1000);
}

describe('median', () => {
  it('is the middle, whatever the order, and one of the numbers', () => {
    expect(median([10, 1, 9])).toBe(9);
    expect(median([4, 1, 3, 2])).toBe(2);
  });

  it('refuses to be made of nothing', () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe('CPU time', () => {
  it('counts what the work burns, also when it is awaited', async () => {
    const work = async (): Promise<void> => {
      await new Promise((resolve) => setImmediate(resolve));
      burn(20);
    };
    expect(await cpuMilliseconds(work)).toBeGreaterThanOrEqual(20);
  });

  it('is read of a process from outside', async () => {
    const before = await processCpuMilliseconds(process.pid);
    burn(60);
    expect((await processCpuMilliseconds(process.pid)) - before).toBeGreaterThanOrEqual(40);
  });
});

describe('compareCpu', () => {
  it('runs the candidates in turns, as often as asked after the warm-up', async () => {
    const order: string[] = [];
    const cpu = await compareCpu({ a: () => order.push('a'), b: () => order.push('b') }, 2);
    expect(order.join('')).toBe('ab'.repeat(5));
    expect(cpu('a')).toBeGreaterThanOrEqual(0);
  });
});

describe('longestBlock', () => {
  it('sees work that does not give way', async () => {
    const blocking = async (): Promise<void> => {
      await new Promise((resolve) => setImmediate(resolve));
      burn(30);
    };
    expect(await longestBlock(blocking)).toBeGreaterThan(15);
  });
});
