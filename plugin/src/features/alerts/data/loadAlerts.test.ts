import { describe, expect, it } from '@jest/globals';
import { ApiFailure, type Problem } from '../../../domain/problem';
import { AbortedError } from '../../../api/request';
import { alertRule, labelsOf, routedAlert, storedAlert } from '../../../domain/alerts/alertRow.fixture';
import type { AlertClients } from '../../../api/clients';
import { loadAlerts, MOST_ALERTS } from './loadAlerts';
import type { Silence } from '../../../domain/alerts/silence';

const SILENCE: Silence = {
  ...{ id: 's', state: 'active', matchers: [], startsAt: 1, endsAt: 2, createdBy: 'bob', comment: 'known' },
};

function unexpected(): never {
  throw new Error('loading alerts asks this nowhere');
}

/** What each source answers with; everything else answers nothing. */
interface World {
  readonly list?: AlertClients['alertStore']['list'];
  readonly alerts?: AlertClients['alertmanager']['alerts'];
  readonly silences?: AlertClients['alertmanager']['silences'];
  readonly prometheus?: AlertClients['rules']['prometheus'];
  readonly grafana?: AlertClients['rules']['grafana'];
  readonly exporter?: AlertClients['rules']['exporter'];
}

function clients(world: World): AlertClients {
  const nothing = () => Promise.resolve([]);
  return {
    alertStore: {
      list: world.list ?? (() => Promise.resolve({ alerts: [], complete: true })),
      ...{ history: unexpected, find: unexpected, statistics: unexpected, acknowledge: unexpected },
      ...{ resolve: unexpected, test: unexpected, deliveries: unexpected, retry: unexpected },
      ...{ maintenance: unexpected, createMaintenance: unexpected, endMaintenance: unexpected },
    },
    alertmanager: {
      alerts: world.alerts ?? nothing,
      silences: world.silences ?? nothing,
      ...{ createSilence: unexpected, expireSilence: unexpected },
    },
    rules: {
      prometheus: world.prometheus ?? nothing,
      grafana: world.grafana ?? nothing,
      exporter: world.exporter ?? nothing,
    },
  };
}

const fails = (source: Problem['source'], kind: Problem['kind']) => (): Promise<never> =>
  Promise.reject(new ApiFailure({ source, kind, detail: '' }));

describe('loadAlerts', () => {
  it('brings the sources together, one row for an alert', async () => {
    const asked: unknown[] = [];
    const picture = await loadAlerts(
      clients({
        list: (filter, most) => {
          asked.push([filter, most]);
          return Promise.resolve({
            alerts: filter.state === 'active' ? [storedAlert()] : [],
            complete: true,
          });
        },
        alerts: () => Promise.resolve([routedAlert(), routedAlert({ labels: labelsOf('Other') })]),
        silences: () => Promise.resolve([SILENCE]),
        prometheus: () => Promise.resolve([alertRule()]),
        grafana: () => Promise.resolve([alertRule({ origin: 'grafana', name: 'Own', instances: [] })]),
      }),
    );
    expect(picture.alerts.map(({ name, origins }) => [name, origins])).toEqual([
      ['Other', ['alertmanager']],
      ['DevicesOffline', ['store', 'alertmanager', 'prometheus']],
    ]);
    expect(picture.rules.map(({ name }) => name)).toEqual(['DevicesOffline', 'Own']);
    expect(picture).toMatchObject({ silences: [SILENCE], problems: [], complete: true });
    expect(asked).toEqual([
      [{ state: 'active' }, MOST_ALERTS],
      [{ state: 'acknowledged' }, MOST_ALERTS],
    ]);
  });

  it('takes the later state of an alert that is acknowledged between the two questions', async () => {
    const acknowledgement = { by: 'ana', at: 5, comment: 'mine' };
    const { alerts } = await loadAlerts(
      clients({
        list: ({ state = 'active' }) =>
          Promise.resolve({
            alerts: [storedAlert({ state, acknowledgement: state === 'active' ? null : acknowledgement })],
            complete: true,
          }),
      }),
    );
    expect(alerts).toMatchObject([{ state: 'acknowledged', acknowledgement }]);
  });

  it.each(['active', 'acknowledged'])('says that there are more %s ones than it shows', async (more) => {
    const list: World['list'] = ({ state }) => Promise.resolve({ alerts: [], complete: state !== more });
    expect((await loadAlerts(clients({ list }))).complete).toBe(false);
  });

  it('keeps the others when a source fails, and names a problem once', async () => {
    const { alerts, problems } = await loadAlerts(
      clients({
        list: fails('exporter', 'exporter-down'),
        exporter: fails('exporter', 'exporter-down'),
        silences: fails('alertmanager', 'not-allowed'),
        alerts: () => Promise.resolve([routedAlert()]),
      }),
    );
    expect(alerts).toMatchObject([{ name: 'DevicesOffline', origins: ['alertmanager'] }]);
    expect(problems.map(({ source, kind }) => `${source} ${kind}`).sort()).toEqual([
      'alertmanager not-allowed',
      'exporter exporter-down',
    ]);
  });

  it('is empty with every problem when nobody answers', async () => {
    const picture = await loadAlerts(
      clients({
        list: fails('exporter', 'unauthorised'),
        alerts: fails('alertmanager', 'alertmanager-down'),
        silences: fails('alertmanager', 'alertmanager-down'),
        prometheus: fails('prometheus', 'prometheus-down'),
        grafana: fails('grafana', 'not-allowed'),
        exporter: fails('exporter', 'unauthorised'),
      }),
    );
    expect(picture.alerts).toEqual([]);
    expect(picture.problems).toHaveLength(4);
  });

  it.each<Error>([new AbortedError(), new TypeError('a fault of ours')])(
    'hides nothing else: %s',
    async (error) => {
      const given = clients({ alerts: () => Promise.reject(error) });
      await expect(loadAlerts(given)).rejects.toBe(error);
    },
  );

  it('hands the signal to every source', async () => {
    const { signal } = new AbortController();
    const seen: (AbortSignal | undefined)[] = [];
    const see = (given?: AbortSignal) => {
      seen.push(given);
      return Promise.resolve([]);
    };
    const list: World['list'] = async (_, __, given) => ({ alerts: await see(given), complete: true });
    const all = { alerts: see, silences: see, prometheus: see, grafana: see, exporter: see };
    await loadAlerts(clients({ list, ...all }), signal);
    expect(seen).toEqual(Array.from({ length: 7 }, () => signal));
  });
});
