import { beforeEach, describe, expect, it } from '@jest/globals';
import { manualClock } from '../../test/support/clock.ts';
import type { SpanRecord } from '../trace/span-record.ts';
import { createLocalTraces, type Ended, type LocalTraceLimits, type LocalTraces } from './local-traces.ts';

let kept: string[][];
let dropped: Record<'sampled' | 'too_many', number>;
let clock: ReturnType<typeof manualClock>;
let traces: LocalTraces<Ended>;

function make(limits: Partial<LocalTraceLimits> = {}): void {
  clock = manualClock();
  kept = [];
  dropped = { sampled: 0, too_many: 0 };
  traces = createLocalTraces({
    clock,
    keep: (spans) => kept.push(spans.map(({ record }) => record.spanId)),
    drop: (spans, reason) => (dropped[reason] += spans),
    limits,
  });
}
beforeEach(() => make());

interface Given {
  readonly name?: string;
  readonly sampled?: boolean;
  readonly failed?: boolean;
  readonly duration?: number;
}

function end(traceId: string, spanId: string, given: Given = {}): void {
  const { name = 'work', sampled = false, failed = false, duration = 1 } = given;
  const record: SpanRecord = {
    ...{ traceId, spanId, parentSpanId: undefined, service: 's', name, kind: 'internal', start: 0, duration },
    ...{
      status: failed ? 'error' : 'unset',
      statusMessage: undefined,
      attributes: {},
      events: [],
      links: [],
    },
  };
  traces.end({ record, sampled });
}

/** A trace of one span, the first of its name and hence the slowest: what comes after it need not be kept. */
function first(name = 'work'): void {
  traces.begin('first', name, false);
  end('first', name, { name, duration: 1_000_000 });
  kept = [];
}

const cellOf = (marks: string[]) => ({
  exemplar: (value: number, { spanId }: { spanId: string }) => marks.push(`${spanId}=${value}`),
});

describe('a trace of this process is kept', () => {
  it('when the sampler or who called says so, whole and once', () => {
    first();
    for (const id of ['a', 'b', 'c']) traces.begin('t', id, false);
    for (const id of ['c', 'b', 'a']) end('t', id, { sampled: true });
    expect({ kept, dropped }).toEqual({ kept: [['c', 'b', 'a']], dropped: { sampled: 0, too_many: 0 } });
  });

  it('when one of its spans failed', () => {
    first();
    for (const id of ['a', 'b', 'c']) traces.begin('t', id, false);
    end('t', 'c', { failed: true });
    end('t', 'b');
    end('t', 'a');
    expect(kept).toEqual([['c', 'b', 'a']]);
  });

  it('when its first span is the slowest of its name', () => {
    first();
    for (const [id, duration] of [
      ['a', 999_999],
      ['b', 1_000_001],
    ] as const) {
      traces.begin(id, id, false);
      end(id, id, { duration });
    }
    expect({ kept, dropped }).toEqual({ kept: [['b']], dropped: { sampled: 1, too_many: 0 } });
  });

  it('and not for a slow span below the first', () => {
    first();
    traces.begin('t', 'root', false);
    traces.begin('t', 'child', false);
    end('t', 'child', { name: 'other', duration: 9e9 });
    end('t', 'root');
    expect({ kept, dropped }).toEqual({ kept: [], dropped: { sampled: 2, too_many: 0 } });
  });

  it('with the spans that come after its end, when those before were kept', () => {
    first();
    traces.begin('t', 'a', false);
    end('t', 'a', { failed: true });
    traces.begin('t', 'b', false);
    end('t', 'b');
    expect(kept).toEqual([['a'], ['b']]);
  });
});

describe('an exemplar', () => {
  it('appears once it is decided that its trace is kept', () => {
    first();
    const marks: string[] = [];
    traces.begin('t', 'a', false);
    traces.exemplar({ traceId: 't', spanId: 'a' }, cellOf(marks), 0.5);
    expect(marks).toEqual([]);
    end('t', 'a', { sampled: true });
    expect(marks).toEqual(['a=0.5']);
    traces.exemplar({ traceId: 't', spanId: 'a' }, cellOf(marks), 0.7);
    expect(marks).toEqual(['a=0.5', 'a=0.7']);
  });

  it('never appears for a trace that is dropped', () => {
    first();
    const marks: string[] = [];
    traces.begin('t', 'a', false);
    traces.exemplar({ traceId: 't', spanId: 'a' }, cellOf(marks), 0.5);
    end('t', 'a');
    traces.exemplar({ traceId: 't', spanId: 'a' }, cellOf(marks), 0.7);
    expect(marks).toEqual([]);
  });
});

describe('in bounds', () => {
  it('the oldest of too many traces is decided upon before its end', () => {
    make({ traces: 2 });
    first();
    for (const id of ['a', 'b', 'c']) {
      traces.begin(id, `${id}1`, false);
      traces.begin(id, `${id}2`, false);
      end(id, `${id}2`, { failed: id === 'a' });
    }
    expect(kept).toEqual([['a2']]);
    end('a', 'a1');
    expect(kept).toEqual([['a2'], ['a1']]);
    traces.begin('d', 'd1', false);
    expect(dropped).toEqual({ sampled: 1, too_many: 0 });
    end('b', 'b1');
    expect(dropped).toEqual({ sampled: 1, too_many: 1 });
  });

  it('a trace has so many spans and its first', () => {
    make({ spansOfTrace: 3 });
    traces.begin('t', 'root', false);
    for (let index = 0; index < 10; index++) {
      traces.begin('t', `s${index}`, false);
      end('t', `s${index}`);
    }
    end('t', 'root', { sampled: true });
    expect({ kept, dropped }).toEqual({
      kept: [['s0', 's1', 's2', 'root']],
      dropped: { sampled: 0, too_many: 7 },
    });
  });

  it('so many spans wait in all', () => {
    make({ spans: 4 });
    first();
    for (const trace of ['a', 'b', 'c']) {
      traces.begin(trace, 'root', false);
      for (const id of ['1', '2']) {
        traces.begin(trace, id, false);
        end(trace, id);
      }
    }
    expect(dropped).toEqual({ sampled: 2, too_many: 0 });
  });

  it('many short traces leave nothing behind', () => {
    first();
    for (let index = 0; index < 20_000; index++) {
      traces.begin(`t${index}`, 'a', false);
      end(`t${index}`, 'a', { failed: index % 2 === 0 });
    }
    traces.flush();
    expect(kept).toHaveLength(10_000);
    expect(dropped).toEqual({ sampled: 10_000, too_many: 0 });
  });
});

it('decides at the stop upon what still runs', () => {
  first();
  traces.begin('t', 'root', false);
  traces.begin('t', 'child', false);
  end('t', 'child', { failed: true });
  traces.flush();
  expect(kept).toEqual([['child']]);
  traces.flush();
  expect(kept).toHaveLength(1);
});
