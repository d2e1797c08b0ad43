import { describe, expect, it } from '@jest/globals';
import { fails, fake, hangs, setup, works } from '../../test/support/runner.ts';
import type { Collector } from './collector.ts';
import type { Runner } from './runner.ts';
import { COLLECTOR_SUCCESS } from '../metrics/catalogue/collection.ts';

function stateOf(runner: Runner, name: Collector['name']) {
  const state = runner.states().find((candidate) => candidate.name === name);
  if (state === undefined) throw new Error(`no state of ${name}`);
  return state;
}

describe('runner', () => {
  it('is ready once every collector finished one attempt, failed ones too', async () => {
    const { runner } = setup([works(), fails(), hangs()]);
    expect(runner.ready()).toBe(false);
    await runner.start();
    expect(runner.ready()).toBe(true);
    expect(runner.states().map((state) => [state.name, state.success])).toEqual([
      ['api', true],
      ['postgres', false],
      ['redis', false],
    ]);
  });

  it('shares one collection among concurrent calls and among calls within the interval', async () => {
    const collector = works();
    const { runner, advance } = setup([collector]);
    await runner.start();
    advance(5000);
    await Promise.all(Array.from({ length: 20 }, () => runner.collect(9500)));
    expect(collector.calls).toBe(2);
    advance(4999);
    await runner.collect(9500);
    expect(collector.calls).toBe(2);
    advance(1);
    await runner.collect(9500);
    expect(collector.calls).toBe(3);
  });

  it('never lets one that hangs hold the others, and does not pile up attempts in it', async () => {
    const healthy = works();
    const hung = hangs();
    const { runner, advance } = setup([healthy, hung]);
    await runner.start();
    advance(5000);
    await runner.collect(9500);
    expect(healthy.commits).toBe(2);
    expect(hung.calls).toBe(1);
    expect(hung.signals[0]?.aborted).toBe(true);
    expect(stateOf(runner, 'redis').lastError).toBe('the attempt before still hangs in redis://test');
  });

  it('lets readers wait without shortening the work: none of them makes it fail', async () => {
    let finish: (commit: undefined) => void = () => undefined;
    const slow = fake('api', () => new Promise((resolve) => (finish = resolve)));
    const { runner, advance } = setup([slow], 600_000);
    const started = runner.start();
    for (let reader = 0; reader < 6; reader++) await runner.collect(1);
    expect([slow.calls, slow.signals[0]?.aborted]).toEqual([1, false]);
    expect(stateOf(runner, 'api')).toMatchObject({ attempted: false, failures: 0 });
    finish(undefined);
    await started;
    advance(5000);
    await runner.collect(0);
    finish(undefined);
    await runner.collect(9500);
    expect(slow.calls).toBe(2);
    expect(stateOf(runner, 'api')).toMatchObject({ success: true, failures: 0, circuit: 'closed' });
  });

  it('does not let the others wait for a slow one', async () => {
    const healthy = works();
    const slow = fake('redis', () => new Promise(() => undefined));
    const { runner, advance } = setup([healthy, slow], 600_000);
    void runner.start();
    await runner.collect(1);
    for (let i = 1; i <= 3; i++) {
      advance(5000);
      await runner.collect(1);
      expect(healthy.calls).toBe(i + 1);
    }
    expect(slow.calls).toBe(1);
    await runner.stop();
  });

  it('asks only those that are named', async () => {
    const wanted = works('redis');
    const other = works('postgres');
    const { runner, advance } = setup([wanted, other]);
    await runner.start();
    advance(5000);
    await runner.collect(9500, new Set(['redis', 'exporter']));
    expect([wanted.calls, other.calls]).toEqual([2, 1]);
    await runner.collect(9500);
    expect([wanted.calls, other.calls]).toEqual([2, 2]);
  });

  it('measures by a clock that nobody can set back: attempts, pauses and what stays', async () => {
    let healthy = true;
    const flaky = fake('api', () =>
      healthy ? Promise.resolve(undefined) : Promise.reject(new Error('down')),
    );
    const { runner, advance, step, wall } = setup([flaky]);
    await runner.start();
    step(-3_600_000);
    for (let scrape = 1; scrape <= 100; scrape++) {
      advance(15_000);
      await runner.collect(9500);
      expect(flaky.calls).toBe(scrape + 1);
    }
    healthy = false;
    step(-3_600_000);
    for (let i = 0; i < 3; i++) {
      advance(5000);
      await runner.collect(9500);
    }
    expect(stateOf(runner, 'api')).toMatchObject({ circuit: 'open', nextTry: wall() + 10_000 });
    step(-3_600_000);
    advance(10_000);
    expect(stateOf(runner, 'api').circuit).toBe('half-open');
    advance(110_000);
    await runner.collect(9500);
    expect(flaky.withdrawals).toBe(1);
  });

  it('takes its own families away when it stops, and makes no attempt afterwards', async () => {
    const collector = works();
    const { runner, metrics, advance } = setup([collector]);
    await runner.start();
    expect(metrics.gauge(COLLECTOR_SUCCESS, 'api')).toBe(1);
    await runner.stop();
    advance(5000);
    await runner.collect(9500);
    expect(collector.calls).toBe(1);
    expect(metrics.gauge(COLLECTOR_SUCCESS, 'api')).toBeUndefined();
  });

  it('ends within the budget though an attempt may last longer', async () => {
    const hung = hangs();
    const { runner, advance } = setup([hung], 600_000);
    const started = runner.start();
    advance(5000);
    await runner.collect(30);
    expect(runner.ready()).toBe(false);
    await runner.stop();
    await started;
  });

  it('commits nothing of an attempt that came too late', async () => {
    let release: (commit: undefined) => void = () => undefined;
    const late = fake('api', () => new Promise((resolve) => (release = resolve)));
    const { runner } = setup([late]);
    await runner.start();
    release(undefined);
    await new Promise(setImmediate);
    expect(late.commits).toBe(0);
    expect(stateOf(runner, 'api').lastError).toBe('no answer from api://test within 40 ms');
  });

  it('says in words why a collector failed, and a commit that throws is a failure too', async () => {
    const broken = fake('broker', () =>
      Promise.resolve(() => {
        throw new Error('nonsense');
      }),
    );
    const { runner } = setup([fails(), broken]);
    await runner.start();
    expect(stateOf(runner, 'postgres').lastError).toBe('connection refused 127.0.0.1:5432');
    expect(stateOf(runner, 'broker')).toMatchObject({ success: false, lastError: 'nonsense' });
  });

  it('pauses after repeated failures, tries once when the pause is over, and closes on success', async () => {
    let healthy = false;
    const flaky = fake('postgres', () =>
      healthy ? Promise.resolve(undefined) : Promise.reject(new Error('down')),
    );
    const { runner, advance } = setup([flaky]);
    await runner.start();
    for (let i = 0; i < 2; i++) {
      advance(5000);
      await runner.collect(9500);
    }
    expect(stateOf(runner, 'postgres')).toMatchObject({ circuit: 'open', failures: 3, lastError: 'down' });
    advance(5000);
    await runner.collect(9500);
    expect(flaky.calls).toBe(3);
    healthy = true;
    advance(5000);
    expect(stateOf(runner, 'postgres').circuit).toBe('half-open');
    await runner.collect(9500);
    expect(flaky.calls).toBe(4);
    expect(stateOf(runner, 'postgres')).toMatchObject({ circuit: 'closed', success: true, nextTry: null });
  });

  it('never pauses a passive collector', async () => {
    const passive = fails('mqtt', true);
    const { runner, advance } = setup([passive]);
    await runner.start();
    for (let i = 0; i < 9; i++) {
      advance(5000);
      await runner.collect(9500);
    }
    expect(passive.calls).toBe(10);
  });

  it('withdraws the last values once, when the failure lasts longer than they may stay', async () => {
    let healthy = true;
    const flaky = fake('api', () =>
      healthy ? Promise.resolve(undefined) : Promise.reject(new Error('down')),
    );
    const { runner, advance } = setup([flaky]);
    await runner.start();
    healthy = false;
    advance(120_000);
    await runner.collect(9500);
    expect(flaky.withdrawals).toBe(0);
    advance(1);
    await runner.collect(9500);
    await runner.collect(9500);
    expect(flaky.withdrawals).toBe(1);
    healthy = true;
    advance(5000);
    await runner.collect(9500);
    healthy = false;
    advance(120_001);
    await runner.collect(9500);
    expect(flaky.withdrawals).toBe(2);
  });

  it('counts a start that fails as a failed attempt of this collector alone, and starts with the next', async () => {
    const broken = works('mqtt');
    const problems = ['no permission'];
    broken.start = () =>
      problems.length > 0 ? Promise.reject(new Error(problems.pop())) : Promise.resolve();
    const { runner, advance } = setup([broken, works()]);
    await runner.start();
    expect(stateOf(runner, 'api').success).toBe(true);
    expect(stateOf(runner, 'mqtt')).toMatchObject({ success: false, lastError: 'no permission' });
    expect(broken.calls).toBe(0);
    advance(5000);
    await runner.collect(9500);
    expect(stateOf(runner, 'mqtt').success).toBe(true);
  });
});
