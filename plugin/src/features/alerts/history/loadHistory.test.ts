import { describe, expect, it } from '@jest/globals';
import { storedAlert } from '../../../domain/alerts/alertRow.fixture';
import { loadSharedHistory, outdateHistory, type HistoryClients } from './loadHistory';

/** Clients that count what is asked of the store and of Prometheus. */
function counted() {
  const asked = { store: 0, prometheus: 0 };
  const clients: HistoryClients = {
    alertStore: {
      history: ({ from } = { from: 0, to: 0 }) => {
        asked.store += 1;
        const alerts = from === 0 ? [] : [storedAlert({ startsAt: from + 1, lastSeen: from + 2 })];
        return Promise.resolve({ alerts, complete: true });
      },
    },
    prometheus: {
      instant: () => Promise.resolve([]),
      range: () => {
        asked.prometheus += 1;
        return Promise.resolve([]);
      },
      exemplars: () => Promise.resolve([]),
    },
  };
  return { clients, asked };
}

const NEVER = new AbortController().signal;
const SPAN = { from: 1000, to: 9000 };

describe('panels that show the same time', () => {
  it('ask once, and each gets something newer at its next look', async () => {
    const { clients, asked } = counted();
    const panels = Array.from({ length: 5 }, () => ({}));
    const look = () => Promise.all(panels.map((panel) => loadSharedHistory(clients, SPAN, NEVER, panel)));
    const [first, ...others] = await look();
    expect(others.every((one) => one === first)).toBe(true);
    expect(first).toMatchObject({ problems: [], alerts: [{ startsAt: 1001 }] });
    const once = { ...asked };
    expect(once).toEqual({ store: 2, prometheus: 2 });
    await look();
    expect(asked).toEqual({ store: 2 * once.store, prometheus: 2 * once.prometheus });
  });

  it('ask apart for other times, and forget those that are over', async () => {
    const { clients, asked } = counted();
    const spans = Array.from({ length: 9 }, (_, index) => ({ from: 1000 + index, to: 9000 + index }));
    for (const span of spans) await loadSharedHistory(clients, span, NEVER, {});
    expect(asked.store).toBe(2 * spans.length);
    await loadSharedHistory(clients, { from: 1008, to: 9008 }, NEVER, {});
    expect(asked.store).toBe(2 * spans.length);
    await loadSharedHistory(clients, SPAN, NEVER, {});
    expect(asked.store).toBe(2 * spans.length + 2);
  });

  it('get nothing from before something was done', async () => {
    const { clients, asked } = counted();
    await loadSharedHistory(clients, SPAN, NEVER, {});
    outdateHistory(clients);
    await loadSharedHistory(clients, SPAN, NEVER, {});
    expect(asked.store).toBe(4);
  });
});
