import { describe, expect, it } from '@jest/globals';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { readSettings } from '../../../api/settings';
import type { AlertRow } from '../../../domain/alerts/alert';
import { alertRow } from '../../../domain/alerts/alertRow.fixture';
import { groupAlerts } from '../../../domain/alerts/group';
import { AppContext } from '../../../kit/app/appContext';
import { createAppContext } from '../../../kit/app/createAppContext';
import { AlertList } from './AlertList';
import type { RowMark } from './rowMark';

const context = createAppContext(readSettings({}));
const NONE: ReadonlySet<string> = new Set();
const NO_MARKS: ReadonlyMap<string, RowMark> = new Map();

/** The list, and the names whose actions were drawn, one each time. */
function listWith(first: readonly AlertRow[]) {
  const drawn: string[] = [];
  const actions = ({ name }: AlertRow) => {
    drawn.push(name);
    return null;
  };
  function List({ alerts }: { readonly alerts: readonly AlertRow[] }) {
    const [selected, setSelected] = useState<readonly string[]>([]);
    const [openKey, setOpenKey] = useState<string | null>(null);
    const [selection] = useState(() => ({
      select: (key: string, _: boolean, range: boolean, among: readonly string[]) =>
        setSelected(range ? among : [key]),
      selectMany: () => undefined,
    }));
    return (
      <AppContext.Provider value={context}>
        <AlertList
          name="Alerts"
          groups={groupAlerts(alerts, 'none')}
          label=""
          closed={NONE}
          onToggleGroup={() => undefined}
          openKey={openKey}
          onOpen={setOpenKey}
          selection={{ ...selection, selected: new Set(selected) }}
          marks={NO_MARKS}
          actions={actions}
          details={({ name }) => <p>details of {name}</p>}
          maxHeight="100px"
          now={5000}
        />
      </AppContext.Provider>
    );
  }
  const { rerender } = render(<List alerts={first} />);
  return { drawn, show: (alerts: readonly AlertRow[]) => rerender(<List alerts={alerts} />) };
}

describe('AlertList', () => {
  it('draws a row again only when its alert is another object', () => {
    const [a, b] = [alertRow({ name: 'A' }), alertRow({ name: 'B' })];
    const { drawn, show } = listWith([a, b]);
    expect(drawn).toEqual(['A', 'B']);
    show([a, { ...b, value: '2' }, alertRow({ name: 'C' })]);
    expect(drawn).toEqual(['A', 'B', 'B', 'C']);
  });

  it('selects a range of what is shown now, also by a row that was not drawn again', async () => {
    const user = userEvent.setup();
    const rows = ['A', 'B', 'C'].map((name) => alertRow({ name }));
    const { show } = listWith(rows.slice(0, 2));
    show(rows);
    await user.keyboard('{Shift>}');
    await user.click(screen.getByRole('checkbox', { name: 'Select A' }));
    await user.keyboard('{/Shift}');
    expect(screen.getByRole('checkbox', { name: 'Select C' })).toBeChecked();
  });

  it('opens and closes an alert', async () => {
    const user = userEvent.setup();
    listWith([alertRow({ name: 'A' })]);
    await user.click(screen.getByRole('button', { name: /A/ }));
    expect(screen.getByText('details of A')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: /A/, expanded: true }));
    expect(screen.queryByText('details of A')).not.toBeInTheDocument();
  });
});
