import { installDataSources } from '../../test-support/grafanaMocks';
import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  BAD_GATEWAY,
  exporterFails,
  exporterRoute,
  fakeGrafana,
  type Route,
} from '../../test-support/fakeGrafana';
import { logLine, logRoute } from '../../test-support/logAnswers';
import { renderApp } from '../../test-support/renderApp';
import {
  jaegerSpan,
  jaegerTrace,
  traceItem,
  traceRoute,
  type TraceWorld,
} from '../../test-support/traceAnswers';

const ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const NOW = Date.now();
const BEGAN = NOW - 60_000;
const OPERATION = 'GET /api/v1/devices/{device_id}';

const PROCESSES = {
  p1: { serviceName: 'valtronics-gateway', tags: [] },
  p2: { serviceName: 'valtronics-api', tags: [] },
};
const child = (spanID: string) => [{ refType: 'CHILD_OF', traceID: ID, spanID }];
const FAILED = { key: 'error', type: 'bool', value: true };

/** A request that was slow in the database, and failed there. */
const TRACE = jaegerTrace(
  ID,
  [
    jaegerSpan('a', BEGAN, 1240, {
      operationName: OPERATION,
      tags: [
        FAILED,
        { key: 'http.response.status_code', type: 'int64', value: 500 },
        { key: 'valtronics.device.id', type: 'string', value: 'MOCK-1011' },
        { key: 'valtronics.correlation_id', type: 'string', value: 'f3a1c0de-17' },
      ],
    }),
    jaegerSpan('b', BEGAN + 14, 1200, {
      ...{ operationName: 'SELECT telemetry_data', processID: 'p2', references: child('a') },
      tags: [FAILED, { key: 'otel.status_description', type: 'string', value: 'statement timeout' }],
    }),
  ],
  PROCESSES,
);

const of = (id: string, at: number, more: object = {}) =>
  traceItem(id, at, { operation: OPERATION, ...more });

function world(more: Partial<TraceWorld> = {}): TraceWorld {
  return {
    items: [
      of('later', BEGAN + 1000, { durationMs: 80 }),
      of(ID, BEGAN, { durationMs: 1240, status: 'error', httpStatus: 500 }),
      of('earlier', BEGAN - 1000, { durationMs: 2000 }),
      of('longBefore', BEGAN - 3_600_000),
    ],
    traces: { [ID]: TRACE },
    ...more,
  };
}

const LINES = logRoute({
  lines: [
    logLine('end', BEGAN + 1240, `${OPERATION} 500`, { correlationId: 'f3a1c0de-17', category: 'access' }),
    logLine('begin', BEGAN + 3, 'asked for MOCK-1011', { traceId: ID }),
    logLine('other', BEGAN, 'of somebody else'),
  ],
});

async function open(traces: TraceWorld = world(), logs: Route = LINES, id = ID): Promise<void> {
  fakeGrafana(traceRoute(traces), logs);
  await renderApp(`traces/${id}`, { role: 'Editor' });
}

afterEach(() => {
  cleanup();
  installDataSources({});
});

describe('an opened trace', () => {
  it('says what it was, how it ended, how long it took, and whom it is about', async () => {
    await open();
    const title = await screen.findByRole('heading', { name: /GET \/api\/v1\/devices\/\{device_id\}/ });
    expect(title).toHaveTextContent(/✕500 1\.2 s$/);
    expect(screen.getByText('valtronics-gateway, valtronics-api').parentElement).toHaveTextContent(
      '2 spans, 2 failed',
    );
    expect(screen.getByRole('link', { name: 'MOCK-1011' })).toHaveAttribute(
      'href',
      expect.stringMatching(/\/fleet\/MOCK-1011$/),
    );
    expect(screen.getByRole('link', { name: 'f3a1c0de-17' })).toHaveAttribute(
      'href',
      expect.stringMatching(/\/traces\?correlation=f3a1c0de-17&view=all$/),
    );
    expect(screen.getByRole('button', { name: 'Copy the correlation id' })).toBeVisible();
  });

  it('says where it failed, and where its time went', async () => {
    await open();
    expect(
      await screen.findByText('SELECT telemetry_data (valtronics-api): statement timeout'),
    ).toBeVisible();
    const [most] = within(
      (await screen.findByRole('heading', { name: 'Where the time went' })).parentElement ?? document.body,
    ).getAllByRole('listitem');
    expect(most).toHaveTextContent('1.2 sSELECT telemetry_data (valtronics-api)');
  });

  it('shows the waterfall by Grafana’s own panel', async () => {
    await open();
    expect(await screen.findByTestId('panel traces')).toHaveTextContent('Waterfall: 2 rows');
  });

  it('shows the lines of the trace and of its request, in their order', async () => {
    await open();
    const table = await screen.findByRole('table', { name: 'Log lines' });
    const rows = within(table).getAllByRole('row').slice(1);
    expect(rows.map((row) => row.textContent)).toEqual([
      expect.stringContaining('asked for MOCK-1011'),
      expect.stringContaining(`${OPERATION} 500`),
    ]);
  });

  it('is compared with the same around it, and leads to the one before and after', async () => {
    await open();
    const list = await screen.findByRole('list', { name: 'The same around it' });
    expect(within(list).getAllByRole('listitem')).toHaveLength(3);
    expect(
      screen.getByText(/^1 of 3 that were kept were slower; half of them took 1\.2 s or less\.$/),
    ).toBeVisible();
    expect(screen.getByRole('link', { name: 'The one before' })).toHaveAttribute(
      'href',
      expect.stringMatching(/\/traces\/earlier$/),
    );
    expect(screen.getByRole('link', { name: 'The one after' })).toHaveAttribute(
      'href',
      expect.stringMatching(/\/traces\/later$/),
    );
  });

  it('leads to Jaeger where this Grafana has it', async () => {
    installDataSources({ 'valtronics-jaeger': 'jaeger' });
    await open();
    expect(await screen.findByRole('link', { name: 'In Jaeger' })).toHaveAttribute(
      'href',
      expect.stringContaining('/explore?'),
    );
  });

  it('is read again when somebody wants it', async () => {
    fakeGrafana(traceRoute(world({ traces: {} })), LINES);
    await renderApp(`traces/${ID}`);
    expect(await screen.findByText('This trace is not kept')).toBeVisible();
    fakeGrafana(traceRoute(world()), LINES);
    await userEvent.click(screen.getByRole('button', { name: 'Read it again' }));
    expect(await screen.findByTestId('panel traces')).toBeVisible();
  });
});

describe('a trace that cannot be shown', () => {
  it('says why it may be missing, and shows its lines all the same', async () => {
    await open(world({ traces: {} }));
    expect(
      await screen.findByText(/it was never chosen, or is older than the buffer reaches back/),
    ).toBeVisible();
    expect(await screen.findByText('asked for MOCK-1011')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Traces that are kept' })).toBeVisible();
  });

  it('says that its id is none', async () => {
    await open(world(), LINES, 'f3a1c0de-17');
    expect(await screen.findByText('“f3a1c0de-17” is the id of no trace')).toBeVisible();
  });

  it('says that the exporter does not answer', async () => {
    fakeGrafana(exporterFails(BAD_GATEWAY));
    await renderApp(`traces/${ID}`);
    expect(await screen.findByText('The exporter does not answer')).toBeVisible();
  });

  it('says that the exporter is too old', async () => {
    const none = { status: 404, body: { error: { code: 'not_found', message: 'no such route' } } };
    fakeGrafana(exporterRoute((path) => (path.startsWith('/api/v1/traces') ? none : undefined)));
    await renderApp(`traces/${ID}`);
    expect(await screen.findByText('This exporter is too old for traces')).toBeVisible();
  });

  it('says how to set the app up where nothing is configured', async () => {
    fakeGrafana();
    await renderApp(`traces/${ID}`, { jsonData: {} });
    expect(await screen.findByRole('heading', { name: 'Nothing is configured yet' })).toBeVisible();
    expect(screen.queryByTestId('panel traces')).toBeNull();
  });
});

describe('the lines of a trace', () => {
  it('are missed in words where the exporter reads none, and where none names it', async () => {
    const message = 'logs are switched off: set VALTRONICS_LOGS_ENABLED=true';
    const off = exporterRoute((path) =>
      path.startsWith('/api/v1/logs/')
        ? { status: 503, body: { error: { code: 'unavailable', message } } }
        : undefined,
    );
    await open(world(), off);
    expect(await screen.findByText(/The exporter reads no logs/)).toBeVisible();
    cleanup();
    await open(world(), logRoute({ lines: [] }));
    expect(await screen.findByText('No line names this trace.')).toBeVisible();
  });
});
