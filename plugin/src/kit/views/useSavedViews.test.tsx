import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { act, cleanup, renderHook, waitFor } from '@testing-library/react';

const items = new Map<string, string>();
const mockGetItem = jest.fn((key: string) => Promise.resolve(items.get(key)));
const mockSetItem = jest.fn((key: string, value: string) => Promise.resolve(void items.set(key, value)));

// As Grafana 12.3 does it: a new storage at each rendering, which gets and sets items and can do nothing else.
jest.mock('@grafana/runtime', () => ({
  usePluginUserStorage: () => ({ getItem: mockGetItem, setItem: mockSetItem }),
}));

afterEach(cleanup);

const open = async () => {
  const { useSavedViews } = await import('./useSavedViews');
  return renderHook(() => useSavedViews('fleet'));
};

describe('saved views in Grafana 12.3', () => {
  it('are read once, however often the page is drawn', async () => {
    const { result, rerender } = await open();
    await waitFor(() => expect(result.current.views).toEqual([]));
    for (let drawn = 0; drawn < 5; drawn += 1) rerender();
    await act(() => Promise.resolve());
    expect(mockGetItem).toHaveBeenCalledTimes(1);
  });

  it('keep what another window saved meanwhile', async () => {
    const { result } = await open();
    await waitFor(() => expect(result.current.views).toEqual([]));
    items.set('views:fleet', '[["theirs","q=1"]]');
    act(() => result.current.save({ name: 'ours', search: 'q=2' }));
    await waitFor(() => expect(items.get('views:fleet')).toBe('[["theirs","q=1"],["ours","q=2"]]'));
    act(() => result.current.remove('theirs'));
    await waitFor(() => expect(result.current.views).toEqual([{ name: 'ours', search: 'q=2' }]));
    expect(result.current.error).toBeUndefined();
  });
});
