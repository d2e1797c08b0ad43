import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  BAD_GATEWAY,
  exporterFails,
  exporterRoute,
  fakeGrafana,
  FORBIDDEN,
  prometheusFails,
  prometheusRoute,
  type Answer,
} from '../../test-support/fakeGrafana';
import { renderApp } from '../../test-support/renderApp';
import { requestAnswers } from '../../test-support/requestAnswers';
import { standStill } from '../../test-support/standStill';
import { traceRoute, type TraceWorld } from '../../test-support/traceAnswers';
import { NOW, ROUTES, rowsOf, SECOND, world } from './tracesPage.fixture';

standStill(NOW);

afterEach(cleanup);

const requests = prometheusRoute(requestAnswers(ROUTES));
const heading = (name: string) => screen.findByRole('heading', { name });
const withTraces = (more: Partial<TraceWorld>) => fakeGrafana(traceRoute(world(more)), requests);

describe('a page without traces says why', () => {
  it('when tracing is off, and how to switch it on; the figures are there', async () => {
    withTraces({ items: [], source: 'off', kept: 0, services: {} });
    await renderApp('traces');
    expect(await heading('Tracing is switched off')).toBeVisible();
    expect(screen.getByText('VALTRONICS_TRACES_BUFFER=500')).toBeVisible();
    expect(screen.queryByRole('heading', { name: 'Service map' })).toBeNull();
    expect(await rowsOf('Routes')).toHaveLength(3);
  });

  it('when none was kept yet', async () => {
    withTraces({ items: [], kept: 0, services: {} });
    await renderApp('traces');
    expect(await heading('No trace was kept yet')).toBeVisible();
  });

  it('when the filter keeps them away, and which part of it', async () => {
    withTraces({});
    await renderApp('traces?service=nobody&min=100');
    expect(await heading('No trace of this range fits the filter')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Without: 100 ms and longer' })).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Without: service nobody' }));
    expect(await rowsOf('Traces')).toHaveLength(2);
  });

  it('when the range is older than what is kept', async () => {
    withTraces({});
    await renderApp(`traces?from=${NOW - 7200 * SECOND}&to=${NOW - 3600 * SECOND}`);
    expect(await heading('Traces of this range are not kept any more')).toBeVisible();
    expect(screen.getByText(/VALTRONICS_TRACES_BUFFER keeps more/)).toBeVisible();
  });

  it('when there was none then, and shows a day', async () => {
    const [first, , last] = world().items;
    if (first === undefined || last === undefined) throw new Error('the world has three traces');
    const old = { ...last, start: new Date(NOW - 7200 * SECOND).toISOString() };
    withTraces({ items: [old], oldest: NOW - 7200 * SECOND });
    await renderApp('traces');
    expect(await heading('No trace in this range')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Last 24 hours' }));
    expect(await rowsOf('Traces')).toHaveLength(1);
  });

  it('when nothing failed, without alarm', async () => {
    withTraces({ items: world().items.filter(({ status }) => status === 'ok') });
    await renderApp('traces?view=failing');
    expect(await heading('No trace with an error in this range')).toBeVisible();
  });

  it.each<[string, Answer, RegExp]>([
    [
      'the exporter is older',
      { status: 404, body: { error: { code: 'not_found', message: 'there is nothing at /api/v1/traces' } } },
      /too old for traces/,
    ],
    ['the exporter is down', BAD_GATEWAY, /The exporter does not answer/],
    ['Grafana refuses the user', FORBIDDEN, /You may not read from the exporter/],
  ])('when %s; the figures are there', async (_, answer, words) => {
    fakeGrafana(exporterFails(answer), requests);
    await renderApp('traces');
    expect((await screen.findAllByText(words))[0]).toBeVisible();
    expect(await rowsOf('Routes')).toHaveLength(3);
  });

  it('when nothing is configured', async () => {
    fakeGrafana();
    await renderApp('traces', { jsonData: {} });
    expect(await heading('Nothing is configured yet')).toBeVisible();
  });
});

describe('a Jaeger that does not answer', () => {
  it('is named, and the traces of the buffer are shown', async () => {
    withTraces({ problem: 'connect ECONNREFUSED 127.0.0.1:16686' });
    await renderApp('traces');
    const notice = await screen.findByRole('alert');
    expect(within(notice).getByText('Jaeger does not answer')).toBeVisible();
    expect(within(notice).getByText(/Until then these traces come from the exporter’s buffer/)).toBeVisible();
    expect(within(notice).getByText(/ECONNREFUSED 127.0.0.1:16686/)).toBeVisible();
    expect(await rowsOf('Traces')).toHaveLength(3);
  });

  it('is the source while it does', async () => {
    withTraces({ source: 'jaeger' });
    await renderApp('traces');
    expect(await screen.findByText('source: Jaeger')).toBeVisible();
  });
});

describe('an exporter that stops answering', () => {
  it('leaves the last traces, with their age', async () => {
    const grafana = withTraces({});
    await renderApp('traces');
    expect(await rowsOf('Traces')).toHaveLength(3);
    grafana.routes = [exporterRoute(() => BAD_GATEWAY), requests];
    fireEvent.click(screen.getByRole('button', { name: 'Refresh' }));
    expect(await screen.findByText(/You see the last known picture, \d+ s old/)).toBeVisible();
    expect(await rowsOf('Traces')).toHaveLength(3);
  });
});

describe('figures that are not there', () => {
  it('say that Prometheus is away, and traces are there', async () => {
    fakeGrafana(traceRoute(world()), prometheusFails(BAD_GATEWAY));
    await renderApp('traces');
    expect((await screen.findAllByText('Prometheus does not answer'))[0]).toBeVisible();
    expect(await rowsOf('Traces')).toHaveLength(3);
  });

  it('say that no request was counted, and what counts them', async () => {
    fakeGrafana(traceRoute(world()), prometheusRoute(requestAnswers([])));
    await renderApp('traces');
    expect(await screen.findByText(/No request to the platform’s API was counted/)).toBeVisible();
    expect(screen.queryByTestId('panel timeseries')).toBeNull();
  });

  it('say that spans are counted while tracing is on', async () => {
    withTraces({});
    await renderApp('traces?by=topics');
    expect(await screen.findByText(/Nothing of this kind was counted in this range/)).toBeVisible();
  });

  it('say that traces cannot be marked on the chart', async () => {
    const refuses = { status: 404, body: { status: 'error', error: 'no exemplars here' } };
    fakeGrafana(
      traceRoute(world()),
      ({ url }) => (url.endsWith('/query_exemplars') ? refuses : undefined),
      requests,
    );
    await renderApp('traces');
    expect(await screen.findByText(/Prometheus said: no exemplars here/)).toBeVisible();
  });
});
