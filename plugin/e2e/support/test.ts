import { expect, test as base } from '@grafana/plugin-e2e';
import { watchFaults } from './faults';
import { openSimulator, type Simulator } from './simulator';

interface Fixtures {
  /** Fails the test when the page had an error of ours. */
  readonly faults: readonly string[];
  /** The simulated platform's control; undefined where `SIMULATOR_URL` names none. */
  readonly simulator: Simulator | undefined;
}

/** Grafana's own test with our checks around it. */
export const test = base.extend<Fixtures>({
  faults: [
    async ({ page }, provide) => {
      const faults = watchFaults(page);
      await provide(faults);
      expect(faults, 'errors of ours in the browser').toEqual([]);
    },
    { auto: true },
  ],
  simulator: async ({ playwright }, provide) => {
    const url = process.env.SIMULATOR_URL;
    if (url === undefined || url === '') {
      await provide(undefined);
      return;
    }
    const request = await playwright.request.newContext({ baseURL: url });
    const simulator = openSimulator(request);
    await provide(simulator);
    await simulator.restore();
    await request.dispose();
  },
});

export { expect };
