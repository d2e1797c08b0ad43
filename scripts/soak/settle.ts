import { setTimeout as delay } from 'node:timers/promises';
import type { Look } from './look.ts';
import { parseSamples } from './samples.ts';
import type { Counted, Outcome } from './outcome.ts';
import type { SoakOptions } from './options.ts';
import { LOOK_EACH, type Run } from './run.ts';
import { WINDOW } from './device-bridge.ts';
import type { Stack } from './stack.ts';

const MINUTE = 60_000;
/** Longest waits: until all is well, and until what was on its way has arrived. */
const WELL = 6 * MINUTE;
const ARRIVED = 8 * MINUTE;
/** Messages that wait for the broker while all is well, as they come in between. */
const FEW = 500;
/** Seconds that a log entry may wait while all is well. */
const FRESH = 60;
/** Messages that the exporter may have counted when a connection ended, without the broker having heard of it. */
const UNACKNOWLEDGED = 500;
/** Readings of one message, at most. */
const READINGS = 5;

/** What is not well in what is seen, in words; empty: all is. */
export function unwellWords(look: Look, ready: boolean, waiting: number, now: number): string[] {
  const { samples } = look;
  const words: string[] = [];
  if (!look.answered) return ['the exporter does not answer'];
  if (!ready) words.push('/-/ready is not 200');
  for (const [series, value] of samples.each())
    if (series.startsWith('valtronics_collector_success') && value !== 1) words.push(`${series} is ${value}`);
  for (const family of ['valtronics_mqtt_connected', 'valtronics_alert_store_up', 'valtronics_redis_up'])
    if (samples.value(family) !== 1) words.push(`${family} is ${samples.value(family) ?? 'absent'}`);
  for (const job of ['valtronics-api', 'alertmanager'])
    if (samples.value('prometheus_up', `job="${job}"`) !== 1) words.push(`up of ${job} is not 1`);
  const oldest = samples.value('valtronics_log_queue_oldest_timestamp_seconds');
  if (oldest !== undefined && oldest > 0 && now / 1000 - oldest > FRESH)
    words.push(`a log entry waits for ${Math.round(now / 1000 - oldest)} s`);
  if (waiting > FEW) words.push(`${waiting} messages wait for the broker`);
  return words;
}

/**
 * Lets all come to rest without touching the exporter, and gathers what is to be judged. The signal ends the waiting: it is
 * judged as it is then.
 */
export async function settle(
  stack: Stack,
  run: Run,
  options: SoakOptions,
  say: (text: string) => void,
  impatient: AbortSignal,
): Promise<Outcome> {
  const { exporter, bridge, witnessLog, witnessAlerts, recorder, logStore, traces } = stack;
  const { observed } = run;
  const { counters, points } = observed.ledgers;
  const begun = performance.now();
  let unwell: string[] = [];
  /** Looks until the question is answered with yes, the time is up or nobody wants to wait; the last answer. */
  async function lookUntil(
    patience: number,
    done: (look: Look) => boolean | Promise<boolean>,
  ): Promise<boolean> {
    const end = performance.now() + patience;
    for (;;) {
      if (await done(await run.look())) return true;
      if (performance.now() > end || impatient.aborted) return false;
      await delay(LOOK_EACH, undefined, { signal: impatient }).catch(() => undefined);
    }
  }
  /** Waits for what the alerts do, but not for ever: an exporter that is gone takes none. */
  async function insist(task: Promise<void>): Promise<void> {
    const done = new AbortController();
    const patience = AbortSignal.any([impatient, done.signal]);
    const giveUp = delay(ARRIVED, undefined, { signal: patience })
      .catch(() => undefined)
      .then(() => {
        if (!done.signal.aborted) witnessAlerts.abandon();
      });
    await task;
    done.abort();
    await giveUp;
  }
  const isReady = async (): Promise<boolean> =>
    fetch(`${exporter.url}/-/ready`).then(
      (answer) => answer.ok,
      () => false,
    );

  say('all faults are over: waiting until everything is well …');
  const isWell = await lookUntil(WELL, async (look) => {
    unwell = unwellWords(look, await isReady(), bridge.waiting, Date.now());
    return unwell.length === 0 && observed.followers.every(({ record }) => record.recovered !== undefined);
  });
  const wellAfter = isWell ? performance.now() - begun : undefined;

  say('nothing more of the devices is carried: waiting until every message has arrived …');
  const devices = await devicesKnown(exporter.url);
  await bridge.seal();
  let before = -1;
  await lookUntil(ARRIVED, () => {
    const arrived = counters.total('valtronics_mqtt_messages_total');
    const calm = bridge.waiting === 0 && arrived === before;
    before = arrived;
    return calm;
  });

  say('log lines and alerts …');
  witnessLog.end();
  const written = witnessLog.lines;
  const missing = (): number[] => those(written, (line) => logStore.timesOf(line) === 0);
  await lookUntil(ARRIVED, () => missing().length === 0);
  await insist(witnessAlerts.end());
  const { raised } = witnessAlerts;
  const untold = (word: 'firing' | 'resolved'): number[] =>
    those(raised, (witness) => recorder.told(witness)[word] === 0);
  // What ends before it was told is told to nobody.
  await lookUntil(ARRIVED, () => untold('firing').length === 0);
  await insist(witnessAlerts.resolveAll());
  await lookUntil(ARRIVED, () => untold('resolved').length === 0);
  await Promise.all([run.look(), run.countPoints()]);

  const breaks = bridge.breaks;
  const reconnects = counters.total('valtronics_mqtt_reconnects_total') + counters.processes;
  const repeated = WINDOW * breaks + UNACKNOWLEDGED * reconnects + observed.repeatable;
  const counted = (total: number, expected: number, unseen: number, times: number): Counted => ({
    ...{ expected, unseen, counted: total, repeated: repeated * times },
  });
  const { samples } = observed.last;
  return {
    ...{ options, lasted: observed.lasted, leftOut: observed.leftOut, figures: observed.figures },
    ...{ troubles: observed.troubles, looks: observed.looks, unanswered: observed.unanswered },
    ...{ unwell, wellAfter, ownEnds: exporter.ownEnds },
    faults: observed.followers.map(({ record }) => record),
    messages: counted(
      counters.total('valtronics_mqtt_messages_total'),
      bridge.messages,
      observed.unseen.messages,
      1,
    ),
    differences: Object.fromEntries(
      [...bridge.byTemplate]
        .map(([template, sent]) => {
          const got = counters.total('valtronics_mqtt_messages_total', `topic="${template}"`);
          return [template, got - sent] as const;
        })
        .filter(([, difference]) => difference !== 0),
    ),
    points: counted(
      points.total('valtronics_telemetry_points_total'),
      bridge.points,
      observed.unseen.points,
      READINGS,
    ),
    lines: { written, missing: missing(), doubled: those(written, (line) => logStore.timesOf(line) > 1) },
    entries: {
      shipped: counters.total('valtronics_log_shipped_total'),
      stored: logStore.created + logStore.repeated,
    },
    alerts: {
      raised,
      unheard: untold('firing'),
      unresolved: untold('resolved'),
      repeated: those(raised, (witness) => recorder.told(witness).firing > 1).length,
    },
    spans: { exported: counters.total('valtronics_spans_exported_total'), received: traces.spans },
    devices: { expected: options.devices, counted: devices },
    givenUp: {
      valtronics_log_dropped_total: counters.total('valtronics_log_dropped_total'),
      valtronics_log_dead_letters: samples.sum('valtronics_log_dead_letters'),
      'valtronics_alert_deliveries{state="dead"}': samples.sum('valtronics_alert_deliveries', 'state="dead"'),
    },
  };
}

/** The numbers below that for which it holds. */
function those(length: number, holds: (number: number) => boolean): number[] {
  return Array.from({ length }, (_, number) => number).filter(holds);
}

/** Devices of every status, as the exporter counts them; 0 when it does not answer. */
async function devicesKnown(url: string): Promise<number> {
  const text = await fetch(`${url}/metrics?collect[]=fleet`).then(
    (answer) => answer.text(),
    () => '',
  );
  return parseSamples(text).sum('valtronics_devices');
}
