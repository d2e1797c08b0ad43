import { forgetAlertClients } from '../../src/api/clients';
import { alertmanagerRoute, rulesRoute, storedAlert, storeRoute } from '../../src/test-support/alertRoutes';
import { fakeGrafana, prometheusRoute } from '../../src/test-support/fakeGrafana';
import { fleetAnswers, type TestDevice } from '../../src/test-support/fleetAnswers';
import { createAppStage } from './appStage';

/** What the page is asked to show; the test calls it from outside the browser. */
export interface ShowApp {
  /** Below the app's root. */
  readonly path: string;
  readonly mode: 'dark' | 'light';
  readonly devices: number;
  /** How many of them are in error. */
  readonly broken: number;
  /** Critical alerts that nobody has taken on. */
  readonly alerts: number;
}

const showOnStage = createAppStage();
function devicesOf({ devices, broken }: ShowApp): TestDevice[] {
  return Array.from({ length: devices }, (_, index) => ({
    id: `MOCK-${1000 + index}`,
    status: index < broken ? 'error' : 'online',
    name: `Pressure sensor number ${index} of the north hall`,
    type: index % 3 === 0 ? 'gateway' : 'sensor',
  }));
}

function show(wanted: ShowApp): void {
  forgetAlertClients();
  const current = Array.from({ length: wanted.alerts }, (_, index) =>
    storedAlert(`DiskAlmostFull${index}`, Date.now() - index * 60_000, {
      severity: 'critical',
      labels: {
        alertname: `DiskAlmostFull${index}`,
        severity: 'critical',
        device_id: `MOCK-${1000 + index}`,
      },
      message:
        'The disk of this device will be full within the next two hours if nobody does anything about it',
    }),
  );
  fakeGrafana(
    prometheusRoute({ instant: fleetAnswers(devicesOf(wanted)) }),
    storeRoute({ current }),
    alertmanagerRoute([], []),
    rulesRoute([]),
  );
  showOnStage({ path: wanted.path, mode: wanted.mode, key: JSON.stringify(wanted) });
}

declare global {
  interface Window {
    showApp: typeof show;
  }
}

window.showApp = show;
