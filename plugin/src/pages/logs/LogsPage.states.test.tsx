import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  BAD_GATEWAY,
  exporterFails,
  exporterRoute,
  fakeGrafana,
  FORBIDDEN,
  ok,
  type Answer,
  type Route,
} from '../../test-support/fakeGrafana';
import { logLine, logRoute } from '../../test-support/logAnswers';
import { address, renderApp } from '../../test-support/renderApp';
import { lineRows, NOW, SECOND, world } from './logsPage.fixture';

afterEach(cleanup);

const says = (status: number, message: string): Answer => ({
  status,
  body: { error: { code: 'x', message } },
});

describe('an empty page says why', () => {
  it('when no source is configured, and how to name one', async () => {
    fakeGrafana(logRoute(world({ lines: [], sources: 0 })));
    await renderApp('logs');
    expect(await screen.findByRole('heading', { name: 'No source of lines is configured' })).toBeVisible();
    expect(screen.getByText(/VALTRONICS_LOG_SOURCES=/)).toBeVisible();
  });

  it('when no line was read yet', async () => {
    fakeGrafana(logRoute(world({ lines: [] })));
    await renderApp('logs');
    expect(await screen.findByRole('heading', { name: 'No line was read yet' })).toBeVisible();
  });

  it('when the filter keeps them away, and which part of it', async () => {
    fakeGrafana(logRoute(world()));
    await renderApp('logs?q=nothing&level=DEBUG');
    expect(
      await screen.findByRole('heading', { name: 'No line of this range fits the filter' }),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Without: text "nothing"' }));
    expect(address()).not.toContain('q=');
    expect(address()).toContain('level=DEBUG');
    await userEvent.click(await screen.findByRole('button', { name: 'Without: level debug' }));
    expect(await lineRows()).toHaveLength(4);
  });

  it('when the range is older than what is kept', async () => {
    fakeGrafana(logRoute(world()));
    await renderApp(`logs?from=${NOW - 7200 * SECOND}&to=${NOW - 3600 * SECOND}`);
    expect(
      await screen.findByRole('heading', { name: 'Lines of this range are not kept any more' }),
    ).toBeVisible();
  });

  it('when the services wrote nothing then', async () => {
    const lines = [logLine('old', NOW - 7200 * SECOND, 'two hours ago')];
    fakeGrafana(logRoute(world({ lines })));
    await renderApp('logs');
    expect(await screen.findByRole('heading', { name: 'No line in this range' })).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Last 24 hours' }));
    expect(await screen.findByText('two hours ago')).toBeVisible();
  });

  it.each<[string, Answer, RegExp]>([
    [
      'logs are switched off',
      says(503, 'logs are switched off: set VALTRONICS_LOGS_ENABLED=true'),
      /reads no logs/,
    ],
    ['the exporter is older', says(404, 'there is nothing at /api/v1/logs/search'), /too old for logs/],
    ['the exporter is down', BAD_GATEWAY, /The exporter does not answer/],
    ['Grafana refuses the user', FORBIDDEN, /You may not read from the exporter/],
  ])('when %s', async (_, answer, words) => {
    fakeGrafana(exporterFails(answer));
    await renderApp('logs');
    expect((await screen.findAllByText(words))[0]).toBeVisible();
  });

  it('when nothing is configured', async () => {
    fakeGrafana();
    await renderApp('logs', { jsonData: {} });
    expect(await screen.findByRole('heading', { name: 'Nothing is configured yet' })).toBeVisible();
  });
});

describe('a log store that does not answer', () => {
  it('is named, and the lines of the buffer are shown', async () => {
    fakeGrafana(logRoute(world({ problem: 'connect ECONNREFUSED 127.0.0.1:9200' })));
    await renderApp('logs');
    expect(await screen.findByText('The log store does not answer')).toBeVisible();
    expect(screen.getByText(/connect ECONNREFUSED 127.0.0.1:9200/)).toBeVisible();
    expect(await lineRows()).toHaveLength(4);
  });

  it('leaves the last picture, with its age', async () => {
    const grafana = fakeGrafana(logRoute(world()));
    await renderApp('logs');
    expect(await lineRows()).toHaveLength(4);
    grafana.routes = [exporterRoute(() => BAD_GATEWAY)];
    fireEvent.click(screen.getByRole('button', { name: 'Refresh' }));
    expect((await screen.findAllByText(/You see the last known picture, 0 s old/))[0]).toBeVisible();
    expect(await lineRows()).toHaveLength(4);
  });
});

describe('lines that the log store refused', () => {
  const letters = [
    {
      ...{ id: 7, at: new Date(NOW).toISOString(), status: 400, reason: 'mapper_parsing_exception' },
      line: logLine('refused', NOW, 'a line with a field that fits no mapping'),
    },
  ];

  it('are shown with the reason, and an Editor sends them again', async () => {
    const known = world({ letters });
    const written: unknown[] = [];
    const writes: Route = ({ url, method, data }) => {
      if (method !== 'POST' || !url.endsWith('/api/v1/logs/dead-letters/retry')) return undefined;
      written.push(data);
      known.letters = [];
      return ok({ retried: 1 });
    };
    fakeGrafana(writes, logRoute(known));
    await renderApp('logs', { role: 'Editor' });
    expect(await screen.findByText('The log store refused lines: 1')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Why' }));
    expect(screen.getByText('mapper_parsing_exception')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Send again' }));
    expect(await screen.findByText('1 line is sent again')).toBeVisible();
    expect(written).toEqual([{ ids: [7] }]);
    await waitFor(() => expect(screen.queryByText('The log store refused lines: 1')).toBeNull());
  });

  it('are only shown to a Viewer', async () => {
    fakeGrafana(logRoute(world({ letters })));
    await renderApp('logs');
    expect(await screen.findByRole('button', { name: 'Send again' })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
  });
});
