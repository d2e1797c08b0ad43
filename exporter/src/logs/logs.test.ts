import { appendFileSync, copyFileSync, mkdirSync, rmdirSync } from 'node:fs';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { memoryState } from '../../test/support/memory-state.ts';
import { acceptsConnections, freePort, temporaryFolder, waitFor } from '../../test/support/server.ts';
import { systemClock } from '../base/clock.ts';
import { loadSettings } from '../config/load.ts';
import { silentLogger } from '../log/logger.ts';
import { createMetrics } from '../metrics/registry.ts';
import { createLogs, type Logs } from './logs.ts';

let folder: ReturnType<typeof temporaryFolder>;
let state: ReturnType<typeof memoryState>;
let logs: Logs | undefined;

function open(environment: Record<string, string> = {}): Logs {
  const metrics = createMetrics({ defaultMetrics: false });
  const { settings } = loadSettings({
    VALTRONICS_LOG_SOURCES: `valtronics-api=${join(folder.path, 'logs', '*.log')}`,
    ...environment,
  });
  logs = createLogs({
    settings,
    stateFolder: folder.path,
    state,
    metrics,
    logger: silentLogger(),
    clock: systemClock,
  });
  logs.start();
  return logs;
}

const append = (text: string): void => appendFileSync(join(folder.path, 'logs', 'app.log'), text);
const messages = (): string[] =>
  (logs?.aggregate()?.search({}, 1000).items ?? []).map(({ message }) => message).toReversed();
const seen = (expected: readonly string[]): Promise<void> =>
  waitFor(expected.join(', '), () => JSON.stringify(messages()) === JSON.stringify(expected));

beforeEach(() => {
  folder = temporaryFolder('logs');
  state = memoryState();
  mkdirSync(join(folder.path, 'logs'));
});
afterEach(async () => {
  await logs?.stop();
  await folder.remove();
});

describe('the log subsystem', () => {
  it('reads its files once the queue can be used that could not at the start', async () => {
    const inTheWay = join(folder.path, 'logs.db');
    mkdirSync(inTheWay);
    append('INFO:app.main:first\nINFO:app.main:second\n');
    open();
    const problem = (): string => logs?.sources()[0]?.problem ?? '';
    await waitFor('a failure', () => problem() !== '');
    expect(problem()).toMatch(/^log queue .*logs\.db cannot be opened .*: make the folder writable/);
    rmdirSync(inTheWay);
    await waitFor('the first', () => messages()[0] === 'first');
    expect(problem()).toBe('');
  });

  it('touches nothing before its start', () => {
    const { settings } = loadSettings({ VALTRONICS_LOG_SOURCES: 'x=/nowhere/*.log' });
    const metrics = createMetrics({ defaultMetrics: false });
    createLogs({
      settings,
      stateFolder: '/nowhere',
      state,
      metrics,
      logger: silentLogger(),
      clock: systemClock,
    });
    expect(state.documents.size).toBe(0);
  });

  it('reads what is there, what comes, and gives an entry that waits out when nothing follows', async () => {
    append('INFO:app.main:one\nERROR:app.main:two\n');
    open();
    await seen(['one', 'two']);
    append('WARNING:app.main:three\n');
    await seen(['one', 'two', 'three']);
    expect(logs?.sources()).toEqual([
      { service: 'valtronics-api', files: 1, backlogBytes: 0, problem: null },
    ]);
  });

  it('goes on where it stopped and has the lines of before', async () => {
    append('INFO:app.main:one\nINFO:app.main:two\n');
    await seen.call(open(), ['one', 'two']);
    await logs?.stop();
    append('INFO:app.main:three\n');
    open();
    await seen(['one', 'two', 'three']);
    expect(logs?.aggregate()?.statistics().total_logs).toBe(3);
  });

  it('joins a traceback whose lines come in pieces', async () => {
    open();
    append('ERROR:    Exception in ASGI application\nTraceback (most recent call last):\n');
    append('  File "a.py", line 1, in f\nValueError: no\n');
    await waitFor('the entry', () => messages().length === 1);
    const [entry] = logs?.aggregate()?.search({}, 1).items ?? [];
    expect(entry?.error).toMatchObject({ type: 'ValueError', message: 'no' });
  });

  it('reads the captured logs of the platform whole', async () => {
    const captures = join(import.meta.dirname, '../../test/captures/logs');
    copyFileSync(join(captures, 'backend-stdout.log'), join(folder.path, 'logs', 'app.log'));
    open();
    await waitFor('all lines', () => (logs?.aggregate()?.statistics().total_logs ?? 0) > 300);
    expect(logs?.problems()).toEqual([]);
  });

  it('says what is wrong with a source', async () => {
    open({ VALTRONICS_LOG_SOURCES: `a=${join(folder.path, 'none', '*.log')}` });
    await waitFor('the problem', () => logs?.sources()[0]?.problem != null);
    expect(logs?.sources()[0]?.problem).toMatch(/the folder .* does not exist/);
  });

  it('takes in what others send, by HTTP and by syslog, once what was left is read', async () => {
    const port = await freePort();
    const { intake, problems } = open({ VALTRONICS_SYSLOG_LISTEN: `127.0.0.1:${port}` });
    const body = Buffer.from('{"timestamp":"2026-11-29T12:00:00Z","message":"by HTTP"}');
    await waitFor('room', async () => (await intake()?.take(body)) !== 'full');
    await waitFor('the listener', () => acceptsConnections(port));
    connect(port, '127.0.0.1').end('<14>1 2026-11-29T12:00:01Z h a - - - by syslog');
    await seen(['by HTTP', 'by syslog']);
    expect(problems()).toEqual([]);
  });

  it('says that syslog’s address is taken, and goes on', async () => {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    append('INFO:app.main:one\n');
    const { problems } = open({ VALTRONICS_SYSLOG_LISTEN: `127.0.0.1:${port}` });
    await waitFor('the problem', () => problems().length === 1);
    expect(problems()[0]).toMatch(/^cannot listen for syslog on .* \(EADDRINUSE\)/);
    await seen(['one']);
    server.close();
    await once(server, 'close');
  });
});
