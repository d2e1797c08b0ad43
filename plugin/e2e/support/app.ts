import type { Locator, Page } from '@playwright/test';

export const APP_ID = 'valtronics-monitoring-app';
export const APP = `/a/${APP_ID}`;

/** The list with which the fleet page answers "where do I need to act". */
export function worstDevices(page: Page): Locator {
  return page.getByRole('list', { name: 'Devices that need you, the worst first' });
}

/** The fleet page's table of devices. */
export function deviceTable(page: Page): Locator {
  return page.getByRole('table', { name: 'Devices' });
}

/** Rows of the table that are devices: not the headings. */
export function deviceRows(page: Page): Locator {
  return deviceTable(page)
    .getByRole('row')
    .filter({ has: page.getByRole('cell') });
}
