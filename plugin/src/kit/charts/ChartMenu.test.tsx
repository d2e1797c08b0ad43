import { fakeGrafana, prometheusRoute } from '../../test-support/fakeGrafana';
import { fleetAnswers } from '../../test-support/fleetAnswers';
import { renderApp } from '../../test-support/renderApp';
import { afterEach, describe, expect, it } from '@jest/globals';
import { cleanup, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

const show = async (role: 'Editor' | 'Viewer'): Promise<void> => {
  fakeGrafana(prometheusRoute({ instant: fleetAnswers([{ id: 'MOCK-1', status: 'online' }]) }));
  await renderApp('fleet?from=now-6h&to=now', { role });
  await screen.findByTestId('panel valtronics-devicestatus-panel');
};

afterEach(cleanup);

describe('the menu of a chart', () => {
  it('leads to Explore with the query and the time of the page', async () => {
    await show('Editor');
    await userEvent.click(await screen.findByRole('button', { name: /^menu for panel/i }));
    const link = await screen.findByRole('menuitem', { name: 'Explore' });
    const address = decodeURIComponent(link.getAttribute('href') ?? '').replaceAll('+', ' ');
    expect(address).toContain('/explore?');
    expect(address).toContain('"expr":"max by (device_id, device_type) (valtronics_device_status)"');
    expect(address).toContain('"range":{"from":"now-6h","to":"now"}');
  });

  it('is not offered to those who may not explore', async () => {
    await show('Viewer');
    expect(screen.queryByRole('button', { name: /menu for panel/i })).not.toBeInTheDocument();
  });
});
