import { AbortedError } from './request';

/** Lets the browser answer clicks and draw before work goes on. Throws `AbortedError` when the caller gave up. */
export async function pause(signal?: AbortSignal): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
  if (signal?.aborted === true) throw new AbortedError();
}
