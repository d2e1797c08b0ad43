import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { alertContent, T0 } from '../../../test/support/alerts.ts';
import { recordingLogger } from '../../../test/support/http.ts';
import { temporaryFolder, waitFor } from '../../../test/support/server.ts';
import { system } from '../alert.ts';
import { DeliveryError } from '../receivers/receiver.ts';
import { openDatabase } from '../store/database.ts';
import { type AlertStore, createAlertStore, type Report } from '../store/store.ts';
import type { Turns } from '../turns.ts';
import type { ActiveAlerts } from './active-alerts.ts';
import { createMissedEnds } from './missed-ends.ts';

let folder: ReturnType<typeof temporaryFolder>;
let store: AlertStore;
let logger: ReturnType<typeof recordingLogger>;
let looking: Turns;
let theirs: ActiveAlerts;
let broken: Error | undefined;
let whileAsked: () => void;
let looks: number;

beforeEach(() => {
  folder = temporaryFolder('missed-ends');
  logger = recordingLogger();
  looks = 0;
  broken = undefined;
  whileAsked = () => undefined;
  theirs = { startedAt: T0 - 3_600_000, labels: [] };
  store = createAlertStore({
    database: openDatabase({ path: join(folder.path, 'alerts.db'), logger }),
    externalLabels: ['cluster'],
    limits: { entries: 1000, age: 1e12 },
    maxOpen: 50,
  });
  looking = createMissedEnds({
    ask: () => {
      looks += 1;
      whileAsked();
      return broken === undefined ? Promise.resolve(theirs) : Promise.reject(broken);
    },
    ...{ store, logger, now: () => T0 + 60_000, interval: 5 },
  });
});
afterEach(async () => {
  await looking.stop();
  store.close();
  await folder.remove();
});

function raise(name: string, source: Report['source'] = 'alertmanager'): void {
  const firing = [alertContent({ name, source })];
  store.report({ source, firing, gone: [], comment: '', by: system('t'), now: T0 });
}
const states = (): string[] =>
  store
    .list('history', { limit: 100 })
    .items.map(({ name, state }) => `${name} ${state}`)
    .sort();
/** Waits for two more looks: the first of them may have been under way. */
const looked = (): Promise<void> => {
  const before = looks;
  return waitFor('two more looks', () => looks >= before + 2, 20_000, 1);
};

describe('alerts of Alertmanager', () => {
  it('are over when it has them no more, and say why', async () => {
    raise('Silenced');
    raise('Firing');
    const { labels } = alertContent({ name: 'Firing' });
    theirs = { ...theirs, labels: [{ ...labels, cluster: 'demo' }] };
    looking.start();
    await waitFor('the end', () => states().includes('Silenced resolved'), 20_000, 1);
    await looked();
    expect(states()).toEqual(['Firing active', 'Silenced resolved']);
    const [silenced] = store.list('history', { limit: 100 }).items.filter(({ name }) => name === 'Silenced');
    expect(silenced?.resolution).toEqual({
      by: system('alertmanager'),
      at: T0 + 60_000,
      comment: 'Alertmanager has it no more',
    });
  });

  it('stay while Alertmanager is young: it may not have been told of them again', async () => {
    raise('A');
    theirs = { startedAt: T0, labels: [] };
    looking.start();
    await looked();
    expect(states()).toEqual(['A active']);
  });

  it('stay when they were raised while it was asked', async () => {
    raise('Before');
    whileAsked = () => {
      raise('Meanwhile');
      theirs = { ...theirs, labels: [alertContent({ name: 'Meanwhile' }).labels] };
      broken = looks === 1 ? undefined : new DeliveryError('away');
      if (looks === 1) theirs = { ...theirs, labels: [] };
    };
    looking.start();
    await looked();
    expect(states()).toEqual(['Before resolved', 'Meanwhile active']);
  });

  it('stay while it does not answer, which is said once', async () => {
    raise('A');
    broken = new DeliveryError('Alertmanager at am:9093 cannot be reached: refused');
    looking.start();
    await looked();
    expect(states()).toEqual(['A active']);
    expect(logger.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
    broken = undefined;
    await waitFor('the end', () => states().includes('A resolved'), 20_000, 1);
  });

  it('are all that is looked at: others are their own sources’', async () => {
    raise('Ours', 'api');
    raise('Platforms', 'platform');
    raise('A');
    looking.start();
    await waitFor('the end', () => states().includes('A resolved'), 20_000, 1);
    expect(states()).toEqual(['A resolved', 'Ours active', 'Platforms active']);
  });

  it('need no question when there are none', async () => {
    raise('Ours', 'api');
    looking.start();
    await looking.stop();
    expect(looks).toBe(0);
  });
});
