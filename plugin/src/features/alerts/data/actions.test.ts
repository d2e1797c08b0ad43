import { describe, expect, it } from '@jest/globals';
import type { AlertClients } from '../../../api/clients';
import { ApiFailure } from '../../../domain/problem';
import { alertRow, labelsOf, routedAlert } from '../../../domain/alerts/alertRow.fixture';
import type { AlertRow } from '../../../domain/alerts/alert';
import type { AlertmanagerName, NewSilence, Silence } from '../../../domain/alerts/silence';
import { expireSilences, silenceByMatchers, silenceEach, targetsOf } from './actions';

const TEMPLATE = { startsAt: 1, endsAt: 2, createdBy: 'ana', comment: 'known' };

function unexpected(): never {
  throw new Error('silencing asks this nowhere');
}

/** Alertmanagers that hold the alerts and silence what they are told to; `deaf` ones change nothing. */
function world(held: Partial<Record<AlertmanagerName, readonly AlertRow[]>>, deaf = false) {
  const made: (NewSilence & { readonly where: AlertmanagerName })[] = [];
  const ended: string[] = [];
  let underWay = 0;
  let most = 0;
  const client = (where: AlertmanagerName): AlertClients['alertmanager'] => ({
    alerts: () =>
      Promise.resolve(
        (held[where] ?? []).map(({ labels }) =>
          routedAlert({ labels, silencedBy: deaf ? [] : made.map((_, index) => `${where}-${index}`) }),
        ),
      ),
    silences: unexpected,
    createSilence: async (silence) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await Promise.resolve();
      underWay -= 1;
      made.push({ ...silence, where });
      return `${where}-${made.length - 1}`;
    },
    expireSilence: (id) => {
      ended.push(`${where} ${id}`);
      return Promise.resolve();
    },
  });
  const clients: Pick<AlertClients, 'alertmanager' | 'grafanaAlertmanager'> = {
    alertmanager: client('own'),
    grafanaAlertmanager: client('grafana'),
  };
  return { clients: withNothingElse(clients), made, ended, most: () => most };
}

function withNothingElse(clients: Pick<AlertClients, 'alertmanager' | 'grafanaAlertmanager'>): AlertClients {
  return {
    ...clients,
    alertStore: {
      ...{ list: unexpected, history: unexpected, find: unexpected, before: unexpected },
      ...{ statistics: unexpected },
      ...{ acknowledge: unexpected, resolve: unexpected, test: unexpected, deliveries: unexpected },
      ...{ retry: unexpected, maintenance: unexpected, createMaintenance: unexpected },
      endMaintenance: unexpected,
    },
    annotations: undefined,
    rules: { prometheus: unexpected, grafana: unexpected, exporter: unexpected },
  };
}

const OWN = alertRow({ labels: labelsOf('Own'), routedBy: ['own'] });
const MANAGED = alertRow({ labels: labelsOf('Managed'), origins: ['grafana'] });
const many = Array.from({ length: 30 }, (_, index) =>
  alertRow({ labels: labelsOf('Many', { device_id: `D${index}` }), routedBy: ['own'] }),
);

describe('silences', () => {
  it('go where the alerts are told of', async () => {
    expect(targetsOf([])).toEqual(['own']);
    expect(targetsOf([OWN, MANAGED])).toEqual(['own', 'grafana']);
    const { clients, made } = world({ own: [OWN], grafana: [MANAGED] });
    const outcomes = await silenceEach(clients, [OWN, MANAGED], TEMPLATE);
    expect(outcomes.map(({ refusal }) => refusal)).toEqual([null, null]);
    expect(made.map(({ where, matchers }) => [where, matchers[0]?.value])).toEqual([
      ['own', 'Own'],
      ['grafana', 'Managed'],
    ]);
  });

  it('are looked at after: one that changes nothing, and one of an alert that is not there, are no success', async () => {
    const matchers = [{ name: 'alertname', value: 'Own', isRegex: false, isEqual: true }];
    const deaf = world({ own: [OWN] }, true);
    expect(await silenceByMatchers(deaf.clients, { ...TEMPLATE, matchers }, [OWN])).toMatchObject([
      { key: OWN.fingerprint, refusal: { kind: 'told', alertmanager: 'own' } },
    ]);
    const empty = world({});
    expect(await silenceEach(empty.clients, [OWN], TEMPLATE)).toMatchObject([
      { refusal: { kind: 'absent', alertmanager: 'own' } },
    ]);
    // What does not fire yet is in no Alertmanager.
    expect(await silenceEach(empty.clients, [{ ...OWN, state: 'pending' }], TEMPLATE)).toMatchObject([
      { refusal: null, silences: [{ alertmanager: 'own' }] },
    ]);
  });

  it('are made several at a time, and say how far they are', async () => {
    const { clients, made, most } = world({ own: many });
    const seen: number[] = [];
    const outcomes = await silenceEach(clients, many, TEMPLATE, { onProgress: (done) => seen.push(done) });
    expect(outcomes.map(({ key }) => key)).toEqual(many.map(({ fingerprint }) => fingerprint));
    expect(made).toHaveLength(30);
    expect(most()).toBeGreaterThan(1);
    expect(seen.at(-1)).toBe(30);
  });

  it('stop when they are told to, with the outcomes so far', async () => {
    const { clients, made } = world({ own: many });
    const controller = new AbortController();
    const outcomes = await silenceEach(clients, many, TEMPLATE, {
      signal: controller.signal,
      onProgress: (done) => (done === 3 ? controller.abort() : undefined),
    });
    expect(outcomes.length).toBe(made.length);
    expect(made.length).toBeLessThan(30);
  });

  it('that are refused stop no other', async () => {
    const { clients } = world({ own: many });
    const failing: AlertClients = {
      ...clients,
      alertmanager: {
        ...clients.alertmanager,
        createSilence: (silence) =>
          silence.matchers.some(({ value }) => value === 'D3')
            ? Promise.reject(new ApiFailure({ kind: 'not-allowed', source: 'alertmanager', detail: '' }))
            : clients.alertmanager.createSilence(silence),
      },
    };
    const outcomes = await silenceEach(failing, many, TEMPLATE);
    expect(outcomes.flatMap(({ key, refusal }) => (refusal === null ? [] : [key]))).toEqual([
      many[3]?.fingerprint,
    ]);
  });

  it('expire where they are', async () => {
    const { clients, ended } = world({});
    const silences: Pick<Silence, 'id' | 'alertmanager'>[] = [
      { id: 'a', alertmanager: 'own' },
      { id: 'b', alertmanager: 'grafana' },
    ];
    expect(await expireSilences(clients, silences)).toEqual([
      { key: 'a', refusal: null },
      { key: 'b', refusal: null },
    ]);
    expect(ended).toEqual(['own a', 'grafana b']);
  });
});
