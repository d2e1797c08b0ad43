import type { ConsoleMessage, Page } from '@playwright/test';

/** What Grafana asks for by itself, whatever page it shows. Its catalogue is asked about our app by name. */
const NOISE = [
  '/api/gnet/',
  '/api/frontend-metrics',
  '/api/live/',
  '/api/user/',
  '/avatar/',
  // Whether a dashboard is public is asked of every dashboard; the answer for no is 404.
  '/public-dashboards',
  // A trace that nobody has: the answer is 404, and the page says so.
  `/api/v1/traces/${'f'.repeat(32)}`,
  // What the user has kept, such as saved views: for who has kept nothing yet the answer is 404.
  '/apis/userstorage.grafana.app/',
  'https://grafana.com/',
];

/** Grafana's own scripts: an error from there is ours only when it names us. */
const GRAFANA = '/public/build/';

function isOurs(text: string, source: string): boolean {
  if (NOISE.some((part) => source.includes(part))) return false;
  return !source.includes(GRAFANA) || `${text} ${source}`.includes('valtronics');
}

/** Collects what goes wrong on the page by a fault of ours, as lines to read. Dialogs are faults: nothing of ours opens one. */
export function watchFaults(page: Page): readonly string[] {
  const faults: string[] = [];
  page.on('console', (message: ConsoleMessage) => {
    const { url } = message.location();
    if (message.type() === 'error' && isOurs(message.text(), url)) {
      faults.push(`console: ${message.text()} (${url})`);
    }
  });
  page.on('pageerror', (error) => {
    const stack = error.stack ?? '';
    if (isOurs(stack, stack)) faults.push(`uncaught: ${error.message}\n${stack}`);
  });
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return faults;
}
