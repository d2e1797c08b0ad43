import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { alertContent, decision, T0 } from '../../../test/support/alerts.ts';
import { recordingLogger } from '../../../test/support/http.ts';
import { temporaryFolder } from '../../../test/support/server.ts';
import { settingsSchema } from '../../config/schema.ts';
import { system } from '../alert.ts';
import { createOutbox, type Outbox } from '../delivery/outbox.ts';
import type { Policy } from '../policies.ts';
import { openDatabase } from '../store/database.ts';
import { type AlertStore, createAlertStore } from '../store/store.ts';
import { createEscalating, type Escalation, escalationOf } from './policy.ts';

const MINUTE = 60_000;
const BY = system('test');

let folder: ReturnType<typeof temporaryFolder>;
let logger: ReturnType<typeof recordingLogger>;
let store: AlertStore;
let outbox: Outbox;
/** Devices in maintenance. */
let covered: Set<string>;
let policy: Escalation | undefined;
/** Does all that the policy has to do at the time; whether that was anything. */
let escalate: (now: number) => boolean;

function open(): void {
  const database = openDatabase({ path: join(folder.path, 'alerts.db'), logger });
  const coverage = () => (alert: { labels: Readonly<Record<string, string>> }) =>
    covered.has(alert.labels['device_id'] ?? '');
  outbox = createOutbox({ database, receivers: ['slack', 'pagerduty'], coverage, escalation: policy });
  store = createAlertStore({
    database,
    externalLabels: [],
    limits: { entries: 1000, age: 1e12 },
    maxOpen: 500,
    onChange: outbox.enqueue,
  });
  const run: Policy = policy === undefined ? () => 'idle' : createEscalating(store, policy, coverage, logger);
  escalate = (now) => {
    let escalated = false;
    while (run(now) === 'more') escalated = true;
    return escalated;
  };
}

beforeEach(() => {
  folder = temporaryFolder('escalation');
  logger = recordingLogger();
  covered = new Set();
  policy = { after: 15 * MINUTE, every: 0, to: ['pagerduty'] };
  open();
});
afterEach(async () => {
  store.close();
  await folder.remove();
});

function reopen(changed: Escalation | undefined): void {
  store.close();
  policy = changed;
  open();
}

function raise(name: string, now = T0, changes: Parameters<typeof alertContent>[0] = {}): string {
  const content = alertContent({ name, severity: 'critical', startsAt: now, ...changes });
  const report = { source: content.source, firing: [content], gone: [], comment: '', by: BY, now };
  return store.report(report).alerts[0]?.fingerprint ?? '';
}

/** What the receiver hears at the time, as `kind name`; it counts as delivered. */
function heard(receiver: string, now: number): string[] {
  const due = outbox.due(receiver, now, 100);
  outbox.delivered(
    due.map(({ id }) => id),
    now,
  );
  return due.map(({ kind, alert }) => `${kind} ${alert.name}`);
}

function hearFiring(now = T0): void {
  for (const receiver of ['slack', 'pagerduty']) heard(receiver, now);
}

describe('a critical alert that nobody acknowledges', () => {
  it('is told again once, to whom the settings name', () => {
    const fingerprint = raise('A');
    hearFiring();
    expect(escalate(T0 + 15 * MINUTE - 1)).toBe(false);
    expect(escalate(T0 + 15 * MINUTE)).toBe(true);
    expect(escalate(T0 + 60 * MINUTE)).toBe(false);
    expect(heard('pagerduty', T0 + 60 * MINUTE)).toEqual(['escalation A']);
    expect(heard('slack', T0 + 60 * MINUTE)).toEqual([]);
    expect(store.audit(fingerprint, 9)).toMatchObject([
      { action: 'escalated', actor: 'escalation', at: T0 + 15 * MINUTE },
      { action: 'raised' },
    ]);
    expect(logger.lines).toMatchObject([{ level: 'warn', fields: { alert: 'A', to: ['pagerduty'] } }]);
  });

  it('is told again and again when the settings say so', () => {
    reopen({ after: 15 * MINUTE, every: 10 * MINUTE, to: ['slack', 'pagerduty'] });
    raise('A');
    hearFiring();
    const minutes = [14, 15, 20, 25, 26, 40].filter((minute) => escalate(T0 + minute * MINUTE));
    expect(minutes).toEqual([15, 25, 40]);
  });

  it('does not pile up at a receiver that is away', () => {
    reopen({ after: 15 * MINUTE, every: 10 * MINUTE, to: ['slack'] });
    raise('A');
    hearFiring();
    expect([15, 25, 35].filter((minute) => escalate(T0 + minute * MINUTE))).toHaveLength(3);
    expect(heard('slack', T0 + 60 * MINUTE)).toEqual(['escalation A']);
    expect(heard('slack', T0 + 60 * MINUTE)).toEqual([]);
  });

  it('escalates anew when it fires anew', () => {
    store.resolve(raise('A'), decision(T0 + 1));
    raise('A', T0 + 2);
    escalate(T0 + 16 * MINUTE);
    store.resolve(raise('A'), decision(T0 + 17 * MINUTE));
    raise('A', T0 + 18 * MINUTE);
    expect(escalate(T0 + 20 * MINUTE)).toBe(false);
    expect(escalate(T0 + 33 * MINUTE)).toBe(true);
  });

  it('neither loses nor doubles its escalation by a restart', () => {
    raise('A');
    hearFiring();
    escalate(T0 + 15 * MINUTE);
    reopen(policy);
    expect(escalate(T0 + 16 * MINUTE)).toBe(false);
    expect(heard('pagerduty', T0 + 16 * MINUTE)).toEqual(['escalation A']);
  });

  it('in any spelling of critical counts, other severities do not', () => {
    raise('A', T0, { severity: 'CRITICAL' });
    raise('B', T0, { severity: 'warning' });
    expect(escalate(T0 + 15 * MINUTE)).toBe(true);
    expect(logger.lines.map(({ fields }) => fields['alert'])).toEqual(['A']);
  });
});

describe('what is never escalated', () => {
  it('is what somebody acknowledged or resolved in time', () => {
    store.acknowledge(raise('A'), decision(T0 + 1));
    store.resolve(raise('B'), decision(T0 + 1));
    expect(escalate(T0 + 60 * MINUTE)).toBe(false);
  });

  it('is what came from Alertmanager, and the rule about escalation itself', () => {
    raise('A', T0, { source: 'alertmanager' });
    raise('CriticalAlertUnacknowledged', T0, { source: 'rules' });
    expect(escalate(T0 + 60 * MINUTE)).toBe(false);
    expect(outbox.list({}, 10)).toEqual([]);
  });

  it('is what is in maintenance; afterwards its time begins when receivers are told', () => {
    covered.add('d-1');
    raise('A', T0, { labels: { device_id: 'd-1' } });
    expect(escalate(T0 + 60 * MINUTE)).toBe(false);
    covered.clear();
    outbox.hold(T0 + 61 * MINUTE, 0);
    expect(escalate(T0 + 62 * MINUTE)).toBe(false);
    expect(escalate(T0 + 76 * MINUTE)).toBe(true);
  });

  it('is an alert whose escalation nobody has heard yet when it is acknowledged', () => {
    const fingerprint = raise('A');
    hearFiring();
    escalate(T0 + 15 * MINUTE);
    store.acknowledge(fingerprint, decision(T0 + 15 * MINUTE + 1));
    expect(heard('pagerduty', T0 + 60 * MINUTE)).toEqual([]);
    store.resolve(fingerprint, decision(T0 + 60 * MINUTE));
    expect(heard('pagerduty', T0 + 60 * MINUTE)).toEqual(['resolved A']);
  });
});

describe('very many alerts', () => {
  it('are all escalated once, also behind those that are in maintenance', () => {
    covered.add('d-1');
    const firing = Array.from({ length: 450 }, (_, i) =>
      alertContent({ name: `A${i}`, severity: 'critical', labels: { device_id: i < 230 ? 'd-1' : 'd-2' } }),
    );
    store.report({ source: 'api', firing, gone: [], comment: '', by: BY, now: T0 });
    expect(escalate(T0 + 15 * MINUTE)).toBe(true);
    expect(logger.lines.map(({ fields }) => fields['alert'])).toEqual(
      firing.slice(230).map(({ name }) => name),
    );
  });
});

describe('without escalation', () => {
  it('the rule about unacknowledged alerts is told as any other', () => {
    reopen(undefined);
    raise('CriticalAlertUnacknowledged', T0, { source: 'rules' });
    expect(heard('slack', T0)).toEqual(['firing CriticalAlertUnacknowledged']);
  });
});

describe('escalationOf', () => {
  const receivers = {
    slack_url: 'http://s/',
    pagerduty_routing_key: 'k',
  };
  const names = [
    { name: 'pagerduty', integration: 'pagerduty' },
    { name: 'slack', integration: 'slack' },
  ] as const;
  const of = (changes: object) => escalationOf(settingsSchema.parse({ receivers, ...changes }), names);

  it('goes to all receivers after 15 minutes, once, unless the settings say otherwise', () => {
    expect(of({})).toEqual({ after: 15 * MINUTE, every: 0, to: ['pagerduty', 'slack'] });
    const alerts = { escalate_after: '1h', escalate_every: '30m', escalate_to: 'slack' };
    expect(of({ alerts })).toEqual({ after: 60 * MINUTE, every: 30 * MINUTE, to: ['slack'] });
  });

  it('is none when it is off, when nobody is there to be told, and when Alertmanager is', () => {
    expect(of({ alerts: { escalate_after: '0s' } })).toBeUndefined();
    expect(of({ alertmanager: { url: 'http://am/' } })).toBeUndefined();
    expect(escalationOf(settingsSchema.parse({}), [])).toBeUndefined();
  });
});
