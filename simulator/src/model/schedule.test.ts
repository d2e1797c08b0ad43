import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createSchedule } from './schedule.ts';

describe('createSchedule', () => {
  it('gives tasks by time, and in the order of adding for the same time', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), (times) => {
        const schedule = createSchedule<number>();
        times.forEach((at, task) => schedule.add(at, task));
        const taken: { at: number; task: number }[] = [];
        for (let due = schedule.takeDue(100); due !== undefined; due = schedule.takeDue(100)) taken.push(due);
        const expected = times
          .map((at, task) => ({ at, task }))
          .sort((a, b) => a.at - b.at || a.task - b.task);
        expect(taken).toEqual(expected);
        expect(schedule.size).toBe(0);
      }),
    );
  });

  it('keeps what is not due yet', () => {
    const schedule = createSchedule<string>();
    schedule.add(10, 'later');
    expect(schedule.takeDue(9)).toBeUndefined();
    expect(schedule.peek()).toBe(10);
    expect(schedule.takeDue(10)).toEqual({ at: 10, task: 'later' });
    expect(schedule.peek()).toBeUndefined();
  });
});
