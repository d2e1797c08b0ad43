import { DeliveryError, type Notice, type Receiver } from '../../src/alerts/receivers/receiver.ts';

/** A receiver with what it was told, as `firing HighCPUUsage`; `answer` may throw. */
export function recordingReceiver(
  changes: Partial<Receiver> = {},
  answer: (notices: readonly Notice[]) => void = () => undefined,
): { readonly receiver: Receiver; readonly told: string[] } {
  const told: string[] = [];
  const receiver: Receiver = {
    name: 'webhook',
    integration: 'webhook',
    batch: 1,
    send: (notices) => {
      answer(notices);
      for (const { kind, alert } of notices) told.push(`${kind} ${alert.name}`);
      return Promise.resolve('202');
    },
    ...changes,
  };
  return { receiver, told };
}

/** Takes nothing and says nothing, until the sending is cut off. */
export const hangingReceiver: Receiver = {
  name: 'slack',
  integration: 'slack',
  batch: 1,
  send: (_notices, signal) =>
    new Promise((_resolve, reject) =>
      signal.addEventListener('abort', () => reject(new DeliveryError('Slack cannot be reached: aborted'))),
    ),
};
