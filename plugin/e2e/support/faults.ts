import type { ConsoleMessage, Page } from '@playwright/test';

/** Scripts of Grafana itself, and what only Grafana's own parts ask for. */
const GRAFANA = [
  '/public/build/',
  '/public/img/',
  '/api/gnet/',
  '/api/live/',
  '/api/frontend-metrics',
  '/api/user/',
  '/avatar/',
  '/apis/',
];

/** True when the text names something of ours: a script, a page, a route or a data source. */
function namesUs(text: string): boolean {
  return text.includes('valtronics');
}

function isOurs(text: string, source: string): boolean {
  return namesUs(text) || namesUs(source) || !GRAFANA.some((part) => source.includes(part));
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
