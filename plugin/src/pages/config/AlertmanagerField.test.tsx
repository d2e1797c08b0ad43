import { signIn, speak } from '../../test-support/renderApp';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fakeGrafana, ok } from '../../test-support/fakeGrafana';
import { pluginMeta } from '../../test-support/pluginMeta';
import ConfigForm from './ConfigForm';

const SAVED = {
  exporterUrl: 'http://exporter:8001',
  prometheusUid: 'valtronics-prometheus',
  alertmanagerUid: 'valtronics-alertmanager',
};

async function show(saved: object = SAVED, role: 'Viewer' | 'Admin' = 'Admin') {
  await speak('en-US');
  signIn(role);
  const onSaved = jest.fn();
  render(<ConfigForm meta={pluginMeta(saved)} onSaved={onSaved} />);
  return { onSaved, user: userEvent.setup() };
}

const field = (): HTMLElement => screen.getByRole('combobox');

/** Grafana's combobox draws no options without a layout; the keyboard works all the same. */
async function choose(user: ReturnType<typeof userEvent.setup>, text: string): Promise<void> {
  await user.click(field());
  await user.keyboard(`${text}{ArrowDown}{Enter}`);
}

afterEach(cleanup);

describe('the field of Alertmanager', () => {
  it('names the data source', async () => {
    fakeGrafana();
    await show();
    expect(field()).toHaveValue('Valtronics alertmanager');
    expect(field()).toHaveAccessibleName(/^Data source/);
  });

  it('shows the uid of one that is gone', async () => {
    fakeGrafana();
    await show({ ...SAVED, alertmanagerUid: 'gone' });
    expect(field()).toHaveValue('gone');
  });

  it('writes the choice', async () => {
    const grafana = fakeGrafana(() => ok({}));
    const { user, onSaved } = await show();
    await choose(user, 'Other');
    await user.click(screen.getByRole('button', { name: 'Save and test' }));
    await waitFor(() => expect(onSaved).toHaveBeenCalled());
    expect(grafana.requests).toMatchObject([
      { method: 'POST', data: { jsonData: { ...SAVED, alertmanagerUid: 'other-alertmanager' } } },
    ]);
  });

  it("is tested as it stands, Grafana's own too", async () => {
    const grafana = fakeGrafana();
    const { user } = await show();
    await choose(user, "Grafana's own");
    await user.click(screen.getByRole('button', { name: 'Test connection' }));
    await screen.findByRole('list', { name: 'What works and what does not' });
    expect(grafana.requests.map(({ url }) => url)).toContain('/api/alertmanager/grafana/api/v2/silences');
  });

  it('is off for those who may not change it', async () => {
    fakeGrafana();
    await show(SAVED, 'Viewer');
    expect(field()).toBeDisabled();
  });
});
