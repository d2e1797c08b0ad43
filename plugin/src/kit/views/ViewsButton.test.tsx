import { fakeGrafana, prometheusRoute } from '../../test-support/fakeGrafana';
import { fleetAnswers } from '../../test-support/fleetAnswers';
import { address, renderApp } from '../../test-support/renderApp';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { readViews, searchOfView, viewSearch, viewsText } from './savedView';

const show = async (path: string): Promise<void> => {
  fakeGrafana(prometheusRoute({ instant: fleetAnswers([{ id: 'MOCK-1', status: 'online' }]) }));
  await renderApp(path);
};

const open = async (name = 'Views'): Promise<HTMLElement> => {
  await userEvent.click(await screen.findByRole('button', { name }));
  return screen.findByTestId('toggletip-content');
};

const save = async (box: HTMLElement, name: string): Promise<void> => {
  await userEvent.type(within(box).getByRole('textbox', { name: 'Name of this view' }), `${name}{Enter}`);
};

beforeEach(() => window.localStorage.clear());
afterEach(cleanup);

describe('saved views', () => {
  it('keep filters and order by a name, without the time, and lead back to them with the time of then', async () => {
    await show('fleet?status=error&sort=-name&from=now-6h&to=now');
    await save(await open(), 'Broken ones');
    expect(await screen.findByRole('button', { name: 'Broken ones' })).toBeInTheDocument();
    cleanup();
    await show('fleet?from=now-2d&to=now');
    const box = await open();
    await userEvent.click(await within(box).findByRole('link', { name: 'Broken ones' }));
    await waitFor(() => expect(address()).toContain('sort=-name'));
    expect(address()).toContain('status=error');
    expect(address()).toContain('from=now-2d');
  });

  it('replace one of the same name, and can be removed', async () => {
    await show('fleet?status=error');
    await save(await open(), 'Mine');
    cleanup();
    await show('fleet?status=offline');
    const box = await open();
    const name = within(box).getByRole('textbox', { name: 'Name of this view' });
    await userEvent.type(name, 'Mine');
    await userEvent.click(within(box).getByRole('button', { name: 'Replace' }));
    expect(await within(box).findByText('(this one)')).toBeInTheDocument();
    await userEvent.click(within(box).getByRole('button', { name: 'Remove Mine' }));
    await waitFor(() => expect(within(box).queryByRole('link', { name: /Mine/ })).not.toBeInTheDocument());
    expect(Object.values(window.localStorage)).toEqual(['[]']);
  });

  it('belong to their page', async () => {
    await show('fleet?status=error');
    await save(await open(), 'Mine');
    cleanup();
    await show('traces');
    const box = await open();
    expect(within(box).queryByRole('link')).not.toBeInTheDocument();
  });

  it('say why they cannot be kept', async () => {
    await show('fleet?status=error');
    const box = await open();
    await save(box, 'Mine');
    await waitFor(() => expect(Object.keys(window.localStorage)).toHaveLength(1));
    for (const key of Object.keys(window.localStorage)) window.localStorage.setItem(key, '{broken');
    await save(box, 'Yours');
    expect(await within(box).findByRole('alert')).toHaveTextContent(/^Saved views cannot be reached: .*JSON/);
  });
});

describe('the view of an address', () => {
  it('is the same in any order, without time and what passes', () => {
    const query = new URLSearchParams('to=now&kiosk=&type=a&from=now-1h&refresh=5s&q=%25');
    expect(viewSearch(query, ['kiosk'])).toBe('q=%25&type=a');
    expect(searchOfView({ name: 'x', search: 'q=%25' }, query)).toBe('?q=%25&from=now-1h&to=now&refresh=5s');
    expect(searchOfView({ name: 'x', search: '' }, new URLSearchParams())).toBe('');
  });

  it('is kept under any name, and what is no view is left out', () => {
    const views = [
      { name: '__proto__', search: 'q=2' },
      { name: 'b: c', search: 'q=1' },
    ];
    expect(readViews(viewsText(views.toReversed()))).toEqual(views);
    expect(readViews('[["a"], 7, ["a", 1], {"a": "b"}, ["x", "q=1"]]')).toEqual([
      { name: 'x', search: 'q=1' },
    ]);
    for (const text of [null, undefined, '', '{}', 'null']) expect(readViews(text)).toEqual([]);
  });
});
