import { describe, expect, it } from '@jest/globals';
import { ApiFailure, type Problem } from '../../../domain/problem';
import { AbortedError } from '../../../api/request';
import { alertRule, labelsOf, routedAlert, storedAlert } from '../../../domain/alerts/alertRow.fixture';
import { standStill } from '../../../test-support/standStill';
import type { AlertClients } from '../../../api/clients';
import { MOST_ALERTS } from './alertLoader';
import { loadAlerts, outdateAlerts } from './loadAlerts';
import type { Silence } from '../../../domain/alerts/silence';

standStill(Date.now());

const SILENCE: Silence = {
  ...{
    id: 's',
    alertmanager: 'own',
    state: 'active',
    matchers: [],
    startsAt: 1,
    endsAt: 2,
    createdBy: 'bob',
    comment: 'known',
  },
};

function unexpected(): never {
  throw new Error('loading alerts asks this nowhere');
}

/** What each source answers with; everything else answers nothing. */
interface World {
  readonly list?: AlertClients['alertStore']['list'];
  readonly alerts?: AlertClients['alertmanager']['alerts'];
  readonly silences?: AlertClients['alertmanager']['silences'];
  readonly grafanaAlerts?: AlertClients['alertmanager']['alerts'];
  readonly prometheus?: AlertClients['rules']['prometheus'];
  readonly grafana?: AlertClients['rules']['grafana'];
  readonly exporter?: AlertClients['rules']['exporter'];
}

function clients(world: World): AlertClients {
  const nothing = () => Promise.resolve([]);
  return {
    alertStore: {
      list: world.list ?? (() => Promise.resolve({ alerts: [], complete: true })),
      ...{ history: unexpected, find: unexpected, before: unexpected },
      ...{ statistics: unexpected, acknowledge: unexpected },
      ...{ resolve: unexpected, test: unexpected, deliveries: unexpected, retry: unexpected },
      ...{ maintenance: unexpected, createMaintenance: unexpected, endMaintenance: unexpected },
    },
    alertmanager: {
      alerts: world.alerts ?? nothing,
      silences: world.silences ?? nothing,
      ...{ createSilence: unexpected, expireSilence: unexpected },
    },
    grafanaAlertmanager: {
      alerts: world.grafanaAlerts ?? nothing,
      silences: nothing,
      ...{ createSilence: unexpected, expireSilence: unexpected },
    },
    annotations: undefined,
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

  it('asks Grafana’s own Alertmanager where Grafana has rules', async () => {
    const rule = alertRule({ origin: 'grafana', instances: [] });
    const world: World = {
      grafanaAlerts: () => Promise.resolve([routedAlert({ alertmanager: 'grafana', silencedBy: ['g'] })]),
    };
    expect((await loadAlerts(clients(world))).alerts).toEqual([]);
    const { alerts } = await loadAlerts(clients({ ...world, grafana: () => Promise.resolve([rule]) }));
    expect(alerts).toMatchObject([{ routedBy: ['grafana'], silencedBy: ['g'] }]);
  });
});

describe('a source that fails', () => {
  /** Answers of a source, one after the other; the last one for ever. */
  const inTurn = <T>(...answers: (() => Promise<T>)[]) => {
    let turn = 0;
    return (): Promise<T> => {
      const answer = answers[Math.min(turn, answers.length - 1)] ?? unexpected;
      turn += 1;
      return answer();
    };
  };
  const asker = {};

  it('is shown as it was, with the time of that', async () => {
    const given = clients({
      alerts: inTurn(() => Promise.resolve([routedAlert()]), fails('alertmanager', 'alertmanager-down')),
    });
    const first = await loadAlerts(given, undefined, asker);
    const second = await loadAlerts(given, undefined, asker);
    expect(second.alerts).toEqual(first.alerts);
    expect(second.problems).toMatchObject([
      { source: 'alertmanager', kind: 'alertmanager-down', knownAt: first.at },
    ]);
  });

  it('has no time where one of two questions was never answered', async () => {
    const down = fails('alertmanager', 'alertmanager-down');
    const given = clients({
      alerts: inTurn(() => Promise.resolve([routedAlert()]), down),
      silences: down,
    });
    const first = await loadAlerts(given, undefined, asker);
    const second = await loadAlerts(given, undefined, asker);
    expect(second.alerts).toEqual(first.alerts);
    expect(second.problems).toMatchObject([{ source: 'alertmanager', knownAt: undefined }]);
  });

  it('is forgotten once nobody is to be asked any more', async () => {
    const given = clients({
      alerts: inTurn(() => Promise.resolve([routedAlert()]), fails('alertmanager', 'not-configured')),
    });
    await loadAlerts(given, undefined, asker);
    expect(await loadAlerts(given, undefined, asker)).toMatchObject({
      alerts: [],
      problems: [{ knownAt: undefined }],
    });
  });
});

describe('several who ask', () => {
  /** Clients that count what is asked of Alertmanager, and that can be kept waiting. */
  function counted() {
    const asked: (AbortSignal | undefined)[] = [];
    let answer = (): void => undefined;
    const alerts = (signal?: AbortSignal): Promise<[]> => {
      asked.push(signal);
      return new Promise((resolve) => {
        answer = () => resolve([]);
      });
    };
    return { given: clients({ alerts }), asked, answer: () => answer() };
  }

  it('share what is under way, and what has just come', async () => {
    const { given, asked, answer } = counted();
    const both = [loadAlerts(given), loadAlerts(given)];
    answer();
    const [first, second] = await Promise.all(both);
    expect(second).toBe(first);
    expect(await loadAlerts(given)).toBe(first);
    expect(asked).toHaveLength(1);
  });

  it('get something newer each time', async () => {
    const { given, asked, answer } = counted();
    const asker = {};
    for (const count of [1, 2]) {
      const loading = loadAlerts(given, undefined, asker);
      answer();
      await loading;
      expect(asked).toHaveLength(count);
    }
  });

  it('get nothing from before something was done', async () => {
    const { given, asked, answer } = counted();
    const before = loadAlerts(given);
    answer();
    await before;
    outdateAlerts(given);
    const after = loadAlerts(given);
    answer();
    await after;
    expect(asked).toHaveLength(2);
  });

  it('may go while others wait; the last one ends it', async () => {
    const { given, asked } = counted();
    const [one, other] = [new AbortController(), new AbortController()];
    const both = [loadAlerts(given, one.signal), loadAlerts(given, other.signal)];
    one.abort();
    await expect(both[0]).rejects.toBeInstanceOf(AbortedError);
    expect(asked[0]?.aborted).toBe(false);
    other.abort();
    await expect(both[1]).rejects.toBeInstanceOf(AbortedError);
    expect(asked[0]?.aborted).toBe(true);
  });
});
