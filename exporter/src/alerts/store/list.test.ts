import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { describeStores } from '../../../test/support/alert-stores.ts';
import { alertContent, T0 } from '../../../test/support/alerts.ts';
import { system } from '../alert.ts';
import { type AlertStore, createAlertStore } from './store.ts';

const BY = system('test');

describeStores((stores) => {
  let store: AlertStore;
  beforeEach(() => {
    store = createAlertStore({
      ...{ database: stores.open(), externalLabels: [], limits: { entries: 5, age: 1000 }, maxOpen: 5000 },
    });
  });
  afterEach(() => store.close());

  async function raise(names: readonly string[]): Promise<void> {
    const firing = names.map((name) => alertContent({ name }));
    await store.report({ source: 'api', firing, gone: [], comment: '', by: BY, now: T0 });
  }

  describe('a long list', () => {
    it('is read in short steps, whose result is the same', async () => {
      const names = Array.from({ length: 1600 }, (_, i) => `A${i}`);
      await raise(names);
      let steps = 0;
      function others(): void {
        steps += 1;
        turn = setImmediate(others);
      }
      let turn = setImmediate(others);
      await store.list('history', { text: 'A77', limit: 1000 });
      clearImmediate(turn);
      expect(steps).toBeGreaterThanOrEqual(3);
      const wanted = names.filter((name) => name.includes('A77')).reverse();
      expect(
        (await store.list('history', { text: 'a77', limit: 1000 })).items.map(({ name }) => name),
      ).toEqual(wanted);
      expect((await store.list('current', { limit: 1000 })).items).toHaveLength(1000);
    });

    it('finds what JSON writes in another way', async () => {
      const labels = { path: 'C:\\x "y"\tz' };
      const firing = [alertContent({ name: 'A', labels })];
      await store.report({ source: 'api', firing, gone: [], comment: '', by: BY, now: T0 });
      for (const text of ['C:\\x', '"y"', 'y"\tz', 'c:', '_'])
        expect((await store.list('current', { text, limit: 5 })).items).toHaveLength(text === '_' ? 0 : 1);
    });
  });
});
