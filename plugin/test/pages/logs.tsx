import { setDataSourceSrv, type DataSourceSrv } from '@grafana/runtime';
import { forgetAlertClients } from '../../src/api/clients';
import { fakeGrafana } from '../../src/test-support/fakeGrafana';
import { logLine, logPattern, logRoute, type LogWorld } from '../../src/test-support/logAnswers';
import { createAppStage } from './appStage';

/** What the page is asked to show; the test calls it from outside the browser. */
export interface ShowLogs {
  /** Below the app's root. */
  readonly path: string;
  readonly mode: 'dark' | 'light';
  readonly lines: number;
}

const showOnStage = createAppStage();

const without: Pick<DataSourceSrv, 'getInstanceSettings'> = { getInstanceSettings: () => undefined };
const isWhole = (service: object): service is DataSourceSrv => 'getInstanceSettings' in service;
if (isWhole(without)) setDataSourceSrv(without);

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const KINDS = [
  {
    ...{ level: 'ERROR', message: 'Connection refused by broker:1883', pattern: 'refused' },
    ...{ deviceId: 'MOCK-1011', traceId: TRACE },
  },
  { level: 'WARNING', service: 'postgres', message: 'slow query: 812 ms', pattern: 'slow' },
  {
    ...{ category: 'access', message: 'GET /api/v1/devices/MOCK-1011/telemetry?limit=100 200 0.012' },
    ...{ deviceId: 'GATEWAY_001', correlationId: 'f3a1c0de-17', traceId: TRACE },
  },
  { level: 'DEBUG', service: 'mosquitto', message: 'Received PINGREQ from mock_device_1000' },
  {
    ...{ level: 'CRITICAL', message: `The pool is empty: ${'the database does not answer '.repeat(8)}` },
    raw: `CRITICAL:app.db:The pool is empty\n${'  File "/app/db.py", line 12, in connect\n'.repeat(5)}`,
  },
  {
    level: 'UNKNOWN',
    service: 'valtronics-simulator',
    message: '+++ what no format could read +++',
    parsed: false,
  },
];

function worldOf(count: number): LogWorld {
  const now = Date.now();
  const lines = Array.from({ length: count }, (_, index) => {
    const { message = '', ...more } = KINDS[index % KINDS.length] ?? {};
    return logLine(`line-${index}`, now - index * 700, message, { raw: message, ...more });
  });
  return {
    lines,
    letters: [
      {
        ...{ id: 7, at: new Date(now).toISOString(), status: 400 },
        reason: 'document_parsing_exception: failed to parse field [labels.port] of type [long]',
        line: logLine('refused', now, 'a line with a field that fits no mapping'),
      },
    ],
    patterns: [
      logPattern('refused', 'Connection refused by <*>', {
        ...{ count: 412, share: 0.38, levels: { ERROR: 412 }, class: 'connection_error', isNew: true },
        course: [0, 0, 1, 3, 20, 60, 90],
      }),
      logPattern('slow', 'slow query: <*> ms', {
        ...{
          levels: { WARNING: 88 },
          count: 88,
          share: 0.08,
          services: [{ service: 'postgres', count: 88 }],
        },
      }),
      ...Array.from({ length: 12 }, (_, index) =>
        logPattern(
          `p${index}`,
          `GET /api/v1/devices/<*>/telemetry?limit=<*> answered <*> in <*> number ${index}`,
        ),
      ),
    ],
    health: {
      'valtronics-api': {
        ...{ health_score: 61.4, total_logs: 300, status: 'degraded' },
        reason: '39 % errors, mostly «Connection refused by <*>»',
      },
      'valtronics-simulator': {
        health_score: 100,
        total_logs: 9,
        status: 'healthy',
        reason: 'no error in 9 lines of the last 15 minutes',
      },
      mosquitto: {
        health_score: 100,
        total_logs: 9,
        status: 'healthy',
        reason: 'no error in 9 lines of the last 15 minutes',
      },
      postgres: { health_score: 12, total_logs: 9, status: 'unhealthy', reason: '88 % errors' },
      redis: {
        health_score: null,
        total_logs: 0,
        status: 'unknown',
        reason: 'no line in the last 15 minutes',
      },
    },
  };
}

let world: LogWorld = { lines: [] };

/** A line that comes while the page is looked at. */
function addLine(message: string): void {
  world.lines = [logLine(`line-new-${world.lines.length}`, Date.now(), message), ...world.lines];
}

function show({ path, mode, lines }: ShowLogs): void {
  forgetAlertClients();
  world = worldOf(lines);
  fakeGrafana(logRoute(world));
  showOnStage({ path, mode, key: `${path} ${mode} ${lines}` });
}

declare global {
  interface Window {
    showLogs: typeof show;
    addLogLine: typeof addLine;
  }
}

window.showLogs = show;
window.addLogLine = addLine;
