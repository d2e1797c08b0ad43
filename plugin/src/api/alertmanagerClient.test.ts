import { describe, expect, it } from '@jest/globals';
import { routed, silence } from '../test-support/alertServer';
import { alertmanagerRoute } from '../test-support/alertRoutes';
import { fakeGrafana, ok } from '../test-support/fakeGrafana';
import { createAlertmanagerClient } from './alertmanagerClient';
import { AbortedError } from './request';

const client = createAlertmanagerClient('valtronics-alertmanager');
const ROOT = '/api/alertmanager/valtronics-alertmanager/api/v2';
const DRAFT = {
  matchers: [{ name: 'alertname', value: 'A', isRegex: false, isEqual: true }],
  ...{ startsAt: 0, endsAt: 60_000, createdBy: 'ana', comment: 'known' },
};

describe('the Alertmanager client', () => {
  it('reads alerts and silences', async () => {
    fakeGrafana(alertmanagerRoute([routed('A')], [silence('s', 'A')]));
    expect(await client.alerts()).toMatchObject([
      { fingerprint: 'own-A', labels: { alertname: 'A', cluster: 'c1' }, receivers: ['web.hook'] },
    ]);
    expect(await client.silences()).toMatchObject([
      { id: 's', state: 'active', createdBy: 'bob', matchers: DRAFT.matchers },
    ]);
  });

  it('takes a matcher of an old Alertmanager for an equal one', async () => {
    const old = { ...silence('s', 'A'), matchers: [{ name: 'a', value: 'b', isRegex: true }] };
    fakeGrafana(alertmanagerRoute([], [old]));
    const [first] = await client.silences();
    expect(first?.matchers).toEqual([{ name: 'a', value: 'b', isRegex: true, isEqual: true }]);
  });

  it('makes a silence with times as ISO 8601, in place of another one where it has an id', async () => {
    const grafana = fakeGrafana(() => ok({ silenceID: 'made' }));
    expect(await client.createSilence({ ...DRAFT, id: 'old' })).toBe('made');
    expect(grafana.requests).toMatchObject([
      {
        url: `${ROOT}/silences`,
        method: 'POST',
        data: {
          ...DRAFT,
          id: 'old',
          startsAt: '1970-01-01T00:00:00.000Z',
          endsAt: '1970-01-01T00:01:00.000Z',
        },
      },
    ]);
  });

  it('expires a silence, whatever the answer says', async () => {
    const grafana = fakeGrafana(() => ok(undefined));
    await client.expireSilence('a/b');
    expect(grafana.requests).toMatchObject([{ url: `${ROOT}/silence/a%2Fb`, method: 'DELETE' }]);
  });

  it('cannot leave the path by a uid', async () => {
    const grafana = fakeGrafana(() => ok([]));
    await createAlertmanagerClient('../x?y').alerts();
    expect(grafana.requests[0]?.url).toBe('/api/alertmanager/..%2Fx%3Fy/api/v2/alerts');
  });

  it.each([
    [404, { message: 'data source not found' }, 'not-configured', 'data source not found'],
    [404, { message: 'silence s not found' }, 'not-found', 'silence s not found'],
    [401, {}, 'not-allowed', 'status 401'],
    [403, { message: 'no permission' }, 'not-allowed', 'no permission'],
    [400, { error: 'bad matcher' }, 'unknown', 'bad matcher'],
    [400, 'bad matcher', 'unknown', 'bad matcher'],
    [502, '', 'alertmanager-down', ''],
    [500, { message: 'refused' }, 'alertmanager-down', 'refused'],
  ])('%d %j is %s', async (status, body, kind, detail) => {
    fakeGrafana(() => ({ status, body }));
    const problem = { kind, source: 'alertmanager', detail };
    await expect(client.expireSilence('s')).rejects.toMatchObject({ problem });
    await expect(client.createSilence(DRAFT)).rejects.toMatchObject({ problem });
  });

  it.each([
    [{}, 'alerts is not a list'],
    [[5], 'alerts[0] is not an object'],
    [[{ ...routed('A'), labels: { a: 5 } }], 'alerts[0].labels.a is not a text'],
    [[{ ...routed('A'), startsAt: 'soon' }], 'alerts[0].startsAt is not a time'],
    [
      [routed('A'), { ...routed('B'), receivers: [{ name: 'slack' }, { name: 5 }] }],
      'alerts[1].receivers[1].name is not a text',
    ],
  ])('says what it cannot read: %j', async (body, detail) => {
    fakeGrafana(() => ok(body));
    await expect(client.alerts()).rejects.toMatchObject({
      problem: { kind: 'unknown', source: 'alertmanager', detail },
    });
  });

  it('does not take an answer without an id for a silence', async () => {
    fakeGrafana(() => ok({}));
    await expect(client.createSilence(DRAFT)).rejects.toMatchObject({ problem: { kind: 'unknown' } });
  });

  it('stops when it is told to', async () => {
    fakeGrafana(alertmanagerRoute([], []));
    const controller = new AbortController();
    const answer = client.alerts(controller.signal);
    controller.abort();
    await expect(answer).rejects.toBeInstanceOf(AbortedError);
  });
});
