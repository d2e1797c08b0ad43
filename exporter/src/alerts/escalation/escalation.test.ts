import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { describeStores } from '../../../test/support/alert-stores.ts';
import { alertContent, decision, T0 } from '../../../test/support/alerts.ts';
import { recordingLogger } from '../../../test/support/http.ts';
import { settingsSchema } from '../../config/schema.ts';
import { system } from '../alert.ts';
import { createOutbox, type Outbox } from '../delivery/outbox.ts';
import type { Policy } from '../policies.ts';
import { type AlertStore, createAlertStore } from '../store/store.ts';
import { createEscalating, type Escalation, escalationOf } from './policy.ts';

const MINUTE = 60_000;
const BY = system('test');

describeStores((stores) => {
  let logger: ReturnType<typeof recordingLogger>;
  let store: AlertStore;
  let outbox: Outbox;
  /** Devices in maintenance. */
  let covered: Set<string>;
  let policy: Escalation | undefined;
  /** Does all that the policy has to do at the time; whether that was anything. */
  let escalate: (now: number) => Promise<boolean>;

  function open(): void {
    const database = stores.open(logger);
    const isCovered = (alert: { labels: Readonly<Record<string, string>> }): boolean =>
      covered.has(alert.labels['device_id'] ?? '');
    const coverage = () => Promise.resolve(isCovered);
    outbox = createOutbox({ database, receivers: ['slack', 'pagerduty'], coverage, escalation: policy });
    store = createAlertStore({
      database,
      externalLabels: [],
      limits: { entries: 1000, age: 1e12 },
      maxOpen: 500,
      onChange: outbox.enqueue,
    });
    const run: Policy =
      policy === undefined
        ? () => Promise.resolve('idle')
        : createEscalating(store, policy, coverage, logger);
    escalate = async (now) => {
      let escalated = false;
      while ((await run(now)) === 'more') escalated = true;
      return escalated;
    };
  }

  beforeEach(() => {
    logger = recordingLogger();
    covered = new Set();
    policy = { after: 15 * MINUTE, every: 0, to: ['pagerduty'] };
    open();
  });
  afterEach(async () => {
    await store.close();
  });

  async function reopen(changed: Escalation | undefined): Promise<void> {
    await store.close();
    policy = changed;
    open();
  }

  async function raise(
    name: string,
    now = T0,
    changes: Parameters<typeof alertContent>[0] = {},
  ): Promise<string> {
    const content = alertContent({ name, severity: 'critical', startsAt: now, ...changes });
    const report = { source: content.source, firing: [content], gone: [], comment: '', by: BY, now };
    return (await store.report(report)).alerts[0]?.fingerprint ?? '';
  }

  /** What the receiver hears at the time, as `kind name`; it counts as delivered. */
  async function heard(receiver: string, now: number): Promise<string[]> {
    const due = await outbox.due(receiver, now, 100);
    await outbox.delivered(
      due.map(({ id }) => id),
      now,
    );
    return due.map(({ kind, alert }) => `${kind} ${alert.name}`);
  }

  async function hearFiring(now = T0): Promise<void> {
    for (const receiver of ['slack', 'pagerduty']) await heard(receiver, now);
  }

  describe('a critical alert that nobody acknowledges', () => {
    it('is told again once, to whom the settings name', async () => {
      const fingerprint = await raise('A');
      await hearFiring();
      expect(await escalate(T0 + 15 * MINUTE - 1)).toBe(false);
      expect(await escalate(T0 + 15 * MINUTE)).toBe(true);
      expect(await escalate(T0 + 60 * MINUTE)).toBe(false);
      expect(await heard('pagerduty', T0 + 60 * MINUTE)).toEqual(['escalation A']);
      expect(await heard('slack', T0 + 60 * MINUTE)).toEqual([]);
      expect(await store.audit(fingerprint, 9)).toMatchObject([
        { action: 'escalated', actor: 'escalation', at: T0 + 15 * MINUTE },
        { action: 'raised' },
      ]);
      expect(logger.lines).toMatchObject([{ level: 'warn', fields: { alert: 'A', to: ['pagerduty'] } }]);
    });

    it('is told again and again when the settings say so', async () => {
      await reopen({ after: 15 * MINUTE, every: 10 * MINUTE, to: ['slack', 'pagerduty'] });
      await raise('A');
      await hearFiring();
      const minutes: number[] = [];
      for (const minute of [14, 15, 20, 25, 26, 40])
        if (await escalate(T0 + minute * MINUTE)) minutes.push(minute);
      expect(minutes).toEqual([15, 25, 40]);
    });

    it('does not pile up at a receiver that is away', async () => {
      await reopen({ after: 15 * MINUTE, every: 10 * MINUTE, to: ['slack'] });
      await raise('A');
      await hearFiring();
      for (const minute of [15, 25, 35]) expect(await escalate(T0 + minute * MINUTE)).toBe(true);
      expect(await heard('slack', T0 + 60 * MINUTE)).toEqual(['escalation A']);
      expect(await heard('slack', T0 + 60 * MINUTE)).toEqual([]);
    });

    it('escalates anew when it fires anew', async () => {
      await store.resolve(await raise('A'), decision(T0 + 1));
      await raise('A', T0 + 2);
      await escalate(T0 + 16 * MINUTE);
      await store.resolve(await raise('A'), decision(T0 + 17 * MINUTE));
      await raise('A', T0 + 18 * MINUTE);
      expect(await escalate(T0 + 20 * MINUTE)).toBe(false);
      expect(await escalate(T0 + 33 * MINUTE)).toBe(true);
    });

    it('neither loses nor doubles its escalation by a restart', async () => {
      await raise('A');
      await hearFiring();
      await escalate(T0 + 15 * MINUTE);
      await reopen(policy);
      expect(await escalate(T0 + 16 * MINUTE)).toBe(false);
      expect(await heard('pagerduty', T0 + 16 * MINUTE)).toEqual(['escalation A']);
    });

    it('in any spelling of critical counts, other severities do not', async () => {
      await raise('A', T0, { severity: 'CRITICAL' });
      await raise('B', T0, { severity: 'warning' });
      expect(await escalate(T0 + 15 * MINUTE)).toBe(true);
      expect(logger.lines.map(({ fields }) => fields['alert'])).toEqual(['A']);
    });
  });

  describe('what is never escalated', () => {
    it('is what somebody acknowledged or resolved in time', async () => {
      await store.acknowledge(await raise('A'), decision(T0 + 1));
      await store.resolve(await raise('B'), decision(T0 + 1));
      expect(await escalate(T0 + 60 * MINUTE)).toBe(false);
    });

    it('is what came from Alertmanager, and the rule about escalation itself', async () => {
      await raise('A', T0, { source: 'alertmanager' });
      await raise('CriticalAlertUnacknowledged', T0, { source: 'rules' });
      expect(await escalate(T0 + 60 * MINUTE)).toBe(false);
      expect(await outbox.list({}, 10)).toEqual([]);
    });

    it('is what is in maintenance; afterwards its time begins when receivers are told', async () => {
      covered.add('d-1');
      await raise('A', T0, { labels: { device_id: 'd-1' } });
      expect(await escalate(T0 + 60 * MINUTE)).toBe(false);
      covered.clear();
      await outbox.hold(T0 + 61 * MINUTE, 0);
      expect(await escalate(T0 + 62 * MINUTE)).toBe(false);
      expect(await escalate(T0 + 76 * MINUTE)).toBe(true);
    });

    it('is an alert whose escalation nobody has heard yet when it is acknowledged', async () => {
      const fingerprint = await raise('A');
      await hearFiring();
      await escalate(T0 + 15 * MINUTE);
      await store.acknowledge(fingerprint, decision(T0 + 15 * MINUTE + 1));
      expect(await heard('pagerduty', T0 + 60 * MINUTE)).toEqual([]);
      await store.resolve(fingerprint, decision(T0 + 60 * MINUTE));
      expect(await heard('pagerduty', T0 + 60 * MINUTE)).toEqual(['resolved A']);
    });
  });

  describe('very many alerts', () => {
    it('are all escalated once, also behind those that are in maintenance', async () => {
      covered.add('d-1');
      const firing = Array.from({ length: 450 }, (_, i) =>
        alertContent({ name: `A${i}`, severity: 'critical', labels: { device_id: i < 230 ? 'd-1' : 'd-2' } }),
      );
      await store.report({ source: 'api', firing, gone: [], comment: '', by: BY, now: T0 });
      expect(await escalate(T0 + 15 * MINUTE)).toBe(true);
      expect(logger.lines.map(({ fields }) => fields['alert'])).toEqual(
        firing.slice(230).map(({ name }) => name),
      );
    });
  });

  describe('without escalation', () => {
    it('the rule about unacknowledged alerts is told as any other', async () => {
      await reopen(undefined);
      await raise('CriticalAlertUnacknowledged', T0, { source: 'rules' });
      expect(await heard('slack', T0)).toEqual(['firing CriticalAlertUnacknowledged']);
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
});
