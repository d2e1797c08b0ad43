import { performance } from 'node:perf_hooks';
import { type Alert, labelsOf } from '../alert.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { DeliveryError, type Receiver } from '../receivers/receiver.ts';

/** What one receiver did with the test alert. */
export interface TestOutcome {
  readonly receiver: string;
  readonly delivered: boolean;
  /** What it answered, or why it could not be told. */
  readonly answer: string;
  readonly durationSeconds: number;
}

const TIMEOUT = 10_000;
const NAME = 'ValtronicsTest';

function testAlert(by: string, now: number): Alert {
  const labels = labelsOf(NAME, 'info', { service: 'valtronics' });
  return {
    ...{ name: NAME, severity: 'info', source: 'api', labels, annotations: {}, generatorUrl: '' },
    message: `A test of the alert chain, asked for by ${by}. Nothing is wrong.`,
    ...{ fingerprint: fingerprintOf(labels), state: 'active', startsAt: now, sourceTime: now, lastSeen: now },
    count: 1,
    expiresAt: null,
    ...{ acknowledgement: null, firstAcknowledged: null, resolution: null },
  };
}

/** Tells every receiver, at once, that a test alert fires and then that it is over. Nothing of it is stored. */
export function testReceivers(
  receivers: readonly Receiver[],
  by: string,
  now: number,
): Promise<TestOutcome[]> {
  const alert = testAlert(by, now);
  const over = { by: { kind: 'system', name: 'test' }, at: now, comment: '' } as const;
  async function test(receiver: Receiver): Promise<TestOutcome> {
    const begun = performance.now();
    const outcome = (delivered: boolean, answer: string): TestOutcome => ({
      ...{ receiver: receiver.name, delivered, answer },
      durationSeconds: (performance.now() - begun) / 1000,
    });
    try {
      const answer = await receiver.send([{ kind: 'firing', alert }], AbortSignal.timeout(TIMEOUT));
      const resolved: Alert = { ...alert, state: 'resolved', resolution: over };
      await receiver.send([{ kind: 'resolved', alert: resolved }], AbortSignal.timeout(TIMEOUT));
      return outcome(true, answer);
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error;
      return outcome(false, error.message);
    }
  }
  return Promise.all(receivers.map(test));
}
