import { expect, it } from '@jest/globals';
import { createCounterLedger } from './counter-ledger.ts';
import { NO_SAMPLES, parseSamples } from './samples.ts';

const look = (started: number, a: number, b: number) =>
  parseSamples(`process_start_time_seconds ${started}\nn_total{of="a"} ${a}\nn_total{of="b"} ${b}\ng 5`);

it('adds counters up over processes that begin them anew', () => {
  const ledger = createCounterLedger();
  for (const samples of [look(1, 3, 1), look(1, 10, 2), NO_SAMPLES, look(2, 4, 0), look(2, 12, 0)])
    ledger.add(samples);
  expect(ledger.total('n_total')).toBe(10 + 2 + 12);
  expect(ledger.total('n_total', 'of="a"')).toBe(22);
  expect(ledger.total('g')).toBe(0);
  expect(ledger.processes).toBe(2);
  expect(parseSamples(ledger.text()).sum('n_total')).toBe(24);
});

it('takes a family by its whole name', () => {
  const ledger = createCounterLedger();
  ledger.add(parseSamples('process_start_time_seconds 1\nn_total 1\nn_total_total 5'));
  expect(ledger.total('n_total')).toBe(1);
});

it('takes nothing back when it is shown an older look at the process', () => {
  const ledger = createCounterLedger();
  for (const samples of [look(1, 10, 0), look(1, 4, 0), look(2, 3, 0)]) ledger.add(samples);
  expect(ledger.total('n_total')).toBe(13);
});
