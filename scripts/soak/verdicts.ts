import type { FaultRecord } from './fault-record.ts';
import { type Figure, memoryTrend, quantile } from './figures.ts';
import type { Counted, Outcome } from './outcome.ts';
import { LONG, RECOVERY } from './plan.ts';

/** The answer to one question about a soak. `unknown`: the run was too short, or nothing of the kind happened. */
export interface Verdict {
  readonly check: string;
  readonly is: 'good' | 'bad' | 'unknown';
  /** The figures behind it. */
  readonly words: string;
}

/** Growth of memory from the first to the last third of what is judged that counts as none. */
const FLAT_SHARE = 0.05;
const FLAT_BYTES = 24 * 1_048_576;
/** Less says nothing about memory. */
const LEAST_MINUTES = 15;
/** Seconds: the event loop's delay that 99 of 100 turns stay below, in nineteen of twenty looks. */
const MOST_LAG = 0.25;
/** Files that may be open at the end more than at the beginning: connections come and go. */
const MORE_FILES = 25;
/** Milliseconds: what is begun and ended between two looks lasts a little less or more. */
const SLACK = 15_000;

const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(0)} MiB`;
const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(0)} s`;
const list = (names: readonly string[]): string => names.join(', ');

/** How many, and the first of them. */
function some(numbers: readonly number[]): string {
  const shown = numbers.slice(0, 8).join(', ');
  return numbers.length === 0 ? '0' : `${numbers.length} (${shown}${numbers.length > 8 ? ' …' : ''})`;
}

function judge(check: string, good: boolean, words: string): Verdict {
  return { check, is: good ? 'good' : 'bad', words };
}

function memory(figures: readonly Figure[], what: 'rss' | 'heap', name: string): Verdict {
  const trend = memoryTrend(figures, what, LEAST_MINUTES);
  if (trend === undefined)
    return { check: name, is: 'unknown', words: `less than ${LEAST_MINUTES} minutes to judge` };
  const { early, late, minutes } = trend;
  const words = `${megabytes(early)} → ${megabytes(late)} within the last ${minutes.toFixed(0)} minutes of the longest process`;
  return judge(name, late - early <= Math.max(FLAT_BYTES, FLAT_SHARE * early), words);
}

function loop(figures: readonly Figure[]): Verdict {
  const usual = quantile(
    figures.map(({ lagP99 }) => lagP99),
    0.95,
  );
  const worst = Math.max(...figures.map(({ lagMax }) => lagMax).filter((lag) => !Number.isNaN(lag)));
  const words = `p99 ${(usual * 1000).toFixed(0)} ms in 95 % of the looks, longest turn ${(worst * 1000).toFixed(0)} ms`;
  return judge('event loop', usual <= MOST_LAG, words);
}

function files(figures: readonly Figure[]): Verdict {
  const count = Math.ceil(figures.length / 5);
  const median = (part: readonly Figure[]): number =>
    quantile(
      part.map((figure) => figure.files),
      0.5,
    );
  const [early, late] = [median(figures.slice(0, count)), median(figures.slice(-count))];
  return judge('open files', late <= early + MORE_FILES, `${early} → ${late}`);
}

function counted(check: string, { expected, counted: got, unseen, repeated }: Counted): Verdict {
  const words = `${got} of ${expected} (${got >= expected ? '+' : '−'}${Math.abs(got - expected)}; allowed −${unseen}, which processes that were ended may have counted unseen, and +${repeated} by QoS 1)`;
  return judge(check, got >= expected - unseen && got <= expected + repeated, words);
}

/** The verdict on all messages, with the topics that differ. */
function byTemplate(verdict: Verdict, differences: Outcome['differences']): Verdict {
  const named = Object.entries(differences).map(
    ([template, count]) => `${template} ${count > 0 ? '+' : ''}${count}`,
  );
  return named.length === 0 ? verdict : { ...verdict, words: `${verdict.words}: ${list(named)}` };
}

function naming(faults: readonly FaultRecord[]): Verdict {
  // What the run's end has cut short need not have been named.
  const due = faults.filter(
    ({ planned: { fault }, lasted = 0 }) => fault.signs.length > 0 && lasted >= fault.within * 1000,
  );
  const late = due.filter(
    ({ planned, named }) => named === undefined || named.after > planned.fault.within * 1000,
  );
  const slowest = Math.max(0, ...due.map(({ named }) => named?.after ?? 0));
  if (due.length === 0) return { check: 'faults named', is: 'unknown', words: 'none had to be' };
  const words =
    late.length === 0
      ? `all ${due.length}, the slowest after ${seconds(slowest)}`
      : `not, or too late: ${list(late.map(({ planned, named }) => `${planned.fault.name} (${named === undefined ? 'never' : seconds(named.after)})`))}`;
  return judge('faults named', late.length === 0, words);
}

function alerting(faults: readonly FaultRecord[]): Verdict {
  const due = faults.filter(({ planned, lasted = 0 }) => planned.long && lasted >= LONG - SLACK);
  const silent = due.filter(({ fired }) => fired.size === 0);
  if (due.length === 0) return { check: 'alerts fired', is: 'unknown', words: 'no fault lasted long enough' };
  const words =
    silent.length === 0
      ? list([...new Set(due.flatMap(({ fired }) => [...fired]))])
      : `none for ${list(silent.map(({ planned }) => planned.fault.name))}`;
  return judge('alerts fired', silent.length === 0, words);
}

function recovery(faults: readonly FaultRecord[]): Verdict {
  const over = faults.filter(({ lasted }) => lasted !== undefined);
  const late = over.filter(({ recovered }) => recovered === undefined || recovered > RECOVERY);
  if (over.length === 0) return { check: 'recovered', is: 'unknown', words: 'no fault ended' };
  const slowest = Math.max(...over.map(({ recovered }) => recovered ?? 0));
  const words =
    late.length === 0
      ? `from all ${over.length}, the slowest after ${seconds(slowest)}`
      : `not, or too late: ${list(late.map(({ planned, recovered }) => `${planned.fault.name} (${recovered === undefined ? 'never' : seconds(recovered)})`))}`;
  return judge('recovered', late.length === 0, words);
}

/** Judges what a soak found. */
export function verdictsOf(outcome: Outcome): readonly Verdict[] {
  const { figures, faults, lines, entries, alerts, spans, devices, givenUp, unwell, wellAfter } = outcome;
  const lost = Object.entries(givenUp).filter(([, count]) => count > 0);
  return [
    memory(figures, 'rss', 'memory flat'),
    memory(figures, 'heap', 'heap flat'),
    loop(figures),
    files(figures),
    judge(
      'always answers',
      outcome.unanswered === 0,
      `${outcome.unanswered} of ${outcome.looks} looks without an answer while it was meant to run`,
    ),
    judge(
      'never ends by itself',
      outcome.ownEnds.length === 0,
      outcome.ownEnds.length === 0 ? 'it did not' : list(outcome.ownEnds),
    ),
    byTemplate(counted('messages counted', outcome.messages), outcome.differences),
    counted('points counted', outcome.points),
    judge(
      'log lines once',
      lines.missing.length === 0 && lines.doubled.length === 0,
      `${lines.written} written, ${some(lines.missing)} missing, ${some(lines.doubled)} doubled in the store`,
    ),
    judge(
      'log entries arrive',
      entries.shipped <= entries.stored,
      `${entries.shipped} shipped by its own account, ${entries.stored} in the store`,
    ),
    judge(
      'alerts told',
      alerts.unheard.length === 0 && alerts.unresolved.length === 0,
      `${alerts.raised} raised, ${some(alerts.unheard)} never told, ${some(alerts.unresolved)} never told to be over, ${alerts.repeated} told again`,
    ),
    judge(
      'spans arrive',
      spans.exported <= spans.received,
      `${spans.exported} handed over by its own account, ${spans.received} received`,
    ),
    judge('devices known', devices.counted === devices.expected, `${devices.counted} of ${devices.expected}`),
    judge(
      'nothing given up',
      lost.length === 0,
      lost.length === 0 ? 'nothing was' : list(lost.map(([name, count]) => `${name} ${count}`)),
    ),
    judge(
      'faults injected',
      outcome.troubles.length === 0,
      outcome.troubles.length === 0 ? `${faults.length}, each begun and ended` : list(outcome.troubles),
    ),
    naming(faults),
    alerting(faults),
    recovery(faults),
    judge(
      'well without a hand',
      wellAfter !== undefined,
      wellAfter === undefined ? list(unwell) : `${seconds(wellAfter)} after the last fault`,
    ),
  ];
}
