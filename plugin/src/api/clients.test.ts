import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { exporterDevice } from '../test-support/exporterAnswers';
import {
  exporterRoute,
  fakeGrafana,
  ok,
  prometheusFails,
  prometheusRoute,
} from '../test-support/fakeGrafana';
import { createExporterClient } from './exporterClient';
import { exporterProblem } from './exporterRequest';
import {
  createPrometheusClient,
  prometheusProblem,
  promqlOneOf,
  promqlText,
  stepSeconds,
} from './prometheusClient';
import { readInstant, readRange } from './prometheusShapes';
import { AbortedError } from './request';
import { readSettings } from './settings';

const answer = (status: number, data: unknown = {}) => ({ status, data, text: 'text' });

describe('exporterProblem', () => {
  const own = { error: { code: 'x', message: 'said the exporter' } };
  it.each([
    [answer(401, own), 'unauthorised'],
    [answer(403, own), 'unauthorised'],
    [answer(404, own), 'not-found'],
    [answer(503, own), 'unknown'],
    [answer(403, { message: 'access denied' }), 'not-allowed'],
    [answer(502), 'exporter-down'],
    [answer(504), 'exporter-down'],
    [answer(0), 'exporter-down'],
    [answer(404, '<html>'), 'unknown'],
  ])('%j is %s', (given, kind) => {
    expect(exporterProblem(given).kind).toBe(kind);
  });

  it('repeats what was said', () => {
    expect(exporterProblem(answer(503, own)).detail).toBe('said the exporter');
    expect(exporterProblem(answer(502)).detail).toBe('text');
  });
});

describe('prometheusProblem', () => {
  it.each([
    [answer(404, { message: 'Data source not found' }), 'not-configured'],
    [answer(403), 'not-allowed'],
    [answer(500), 'prometheus-down'],
    [answer(0), 'prometheus-down'],
    [answer(503, { status: 'error', error: 'timed out' }), 'prometheus-down'],
    [answer(400, { status: 'error', error: 'parse error' }), 'unknown'],
    [answer(422, { status: 'error', error: 'too many' }), 'unknown'],
  ])('%j is %s', (given, kind) => {
    expect(prometheusProblem(given).kind).toBe(kind);
  });
});

describe('PromQL texts', () => {
  it('escape what would end them', () => {
    expect(promqlText('a"b\\c\nd')).toBe('"a\\"b\\\\c\\nd"');
  });

  it('match exactly the given texts', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), fc.string(), (texts, other) => {
        const quoted = promqlOneOf(texts);
        // JSON reads the same escapes that PromQL does, once control characters are left out.
        fc.pre(!/[\u0000-\u001f]/.test(texts.join('')));
        const pattern: unknown = JSON.parse(quoted);
        const matcher = new RegExp(`^(?:${String(pattern)})$`, 'su');
        for (const text of texts) expect(matcher.test(text)).toBe(true);
        if (!texts.includes(other)) expect(matcher.test(other)).toBe(false);
      }),
    );
  });
});

describe('stepSeconds', () => {
  it.each([
    [3_600_000, 10],
    [86_400_000, 144],
    [1, 10],
    [7 * 86_400_000, 1008],
  ])('%d ms: %d s', (length, step) => {
    expect(stepSeconds({ from: 0, to: length })).toBe(step);
  });
});

describe('reading answers', () => {
  it('reads numbers that JSON cannot write', () => {
    const result = [
      { metric: { a: 'b' }, value: [1, '+Inf'] },
      { metric: {}, value: [1, 'NaN'] },
    ];
    const [infinite, none] = readInstant({ status: 'success', data: { resultType: 'vector', result } });
    expect(infinite).toEqual({ labels: { a: 'b' }, value: Infinity });
    expect(none?.value).toBeNaN();
  });

  it('reads series, times in milliseconds', () => {
    const result = [
      {
        metric: {},
        values: [
          [1.5, '2'],
          [2.5, '3'],
        ],
      },
    ];
    expect(readRange({ data: { resultType: 'matrix', result } })).toEqual([
      { labels: {}, times: [1500, 2500], values: [2, 3] },
    ]);
  });

  it.each([
    null,
    {},
    { data: {} },
    { data: { resultType: 'vector' } },
    { data: { resultType: 'vector', result: [{}] } },
  ])('refuses %j', (body) => {
    expect(() => readInstant(body)).toThrow(/is not/);
  });
});

describe('the exporter client', () => {
  const page = (items: object[], nextCursor: string | null = null) => ok({ items, nextCursor });

  it('asks nothing without an address', async () => {
    const grafana = fakeGrafana();
    await expect(createExporterClient('').health()).rejects.toMatchObject({
      problem: { kind: 'not-configured' },
    });
    expect(grafana.requests).toEqual([]);
  });

  it('reads page after page, up to a limit', async () => {
    fakeGrafana(
      exporterRoute((_, query) =>
        page([exporterDevice(`after ${query.get('cursor') ?? 'nothing'}`, 'online')], 'more'),
      ),
    );
    const { devices, complete } = await createExporterClient('http://x').devices(3);
    expect(devices.map(({ deviceId }) => deviceId)).toEqual(['after nothing', 'after more', 'after more']);
    expect(complete).toBe(false);
  });

  it('finds exactly the device that is asked for', async () => {
    fakeGrafana(
      exporterRoute((_, query) =>
        query.get('cursor') === null
          ? page([exporterDevice('A/..b', 'online'), exporterDevice('A/..', 'error')])
          : page([]),
      ),
    );
    const client = createExporterClient('http://x');
    expect((await client.device('A/..'))?.status).toBe('error');
    expect(await client.device('A/.')).toBeUndefined();
  });

  it('takes a status it does not know for unknown', async () => {
    fakeGrafana(exporterRoute(() => page([{ ...exporterDevice('A', 'online'), status: 'asleep' }])));
    expect((await createExporterClient('http://x').device('A'))?.status).toBe('unknown');
  });

  it('says what it cannot read', async () => {
    fakeGrafana(exporterRoute(() => page([{ ...exporterDevice('A', 'online'), lastSeen: 5 }])));
    await expect(createExporterClient('http://x').device('A')).rejects.toMatchObject({
      problem: { kind: 'unknown', detail: 'devices.items[0].lastSeen is not a text' },
    });
  });
});

describe('the Prometheus client', () => {
  it('sends the expression and the time of the question', async () => {
    const grafana = fakeGrafana(prometheusRoute({ instant: () => [] }));
    await createPrometheusClient('valtronics-prometheus').instant('up', 1500);
    expect(grafana.requests[0]).toMatchObject({
      method: 'POST',
      data: { query: 'up', time: '1.5' },
      showErrorAlert: false,
    });
  });

  it('asks for ranges at even steps, so that a refresh moves no point', async () => {
    const grafana = fakeGrafana(prometheusRoute({ instant: () => [] }));
    await createPrometheusClient('valtronics-prometheus').range('up', { from: 1_003_000, to: 1_607_000 });
    expect(grafana.requests[0]?.data).toEqual({ query: 'up', start: '1000', end: '1600', step: '10' });
  });

  it('fails with what Grafana said', async () => {
    fakeGrafana(prometheusFails({ status: 500, body: { message: 'refused' } }));
    await expect(createPrometheusClient('x').instant('up', 1)).rejects.toMatchObject({
      problem: { kind: 'prometheus-down', detail: 'refused' },
    });
  });

  it('stops when it is told to', async () => {
    fakeGrafana(prometheusRoute({ instant: () => [] }));
    const controller = new AbortController();
    const answer = createPrometheusClient('valtronics-prometheus').instant('up', 1, controller.signal);
    controller.abort();
    await expect(answer).rejects.toBeInstanceOf(AbortedError);
  });
});

describe('readSettings', () => {
  const uids = {
    prometheusUid: 'valtronics-prometheus',
    alertmanagerUid: 'valtronics-alertmanager',
    annotateAcknowledged: false,
  };

  it.each([
    [undefined, { exporterUrl: '', ...uids }],
    ['text', { exporterUrl: '', ...uids }],
    [
      { exporterUrl: 5, prometheusUid: null, alertmanagerUid: ' ' },
      { exporterUrl: '', ...uids },
    ],
    [
      {
        exporterUrl: ' http://x ',
        prometheusUid: 'mine',
        alertmanagerUid: 'grafana',
        annotateAcknowledged: true,
      },
      {
        exporterUrl: 'http://x',
        prometheusUid: 'mine',
        alertmanagerUid: 'grafana',
        annotateAcknowledged: true,
      },
    ],
  ])('%j', (jsonData, settings) => {
    expect(readSettings(jsonData)).toEqual(settings);
  });
});
