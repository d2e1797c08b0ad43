import { AbortedError } from '../../../api/request';
import type { AlertClients } from '../../../api/clients';
import { createAlertLoader, type AlertPicture } from './alertLoader';

/** A picture this young is new enough for whoever has not seen it, milliseconds: panels look at their clocks apart. */
const SHARED_MS = 2000;

/** Who asks again and again: a part of a page. It never gets the same picture twice. */
export type Asker = object;

/** A load that is under way, for everybody who waits for it. */
interface Running {
  readonly picture: Promise<AlertPicture>;
  readonly controller: AbortController;
  waiting: number;
}

interface Shared {
  readonly load: (signal: AbortSignal) => Promise<AlertPicture>;
  running: Running | undefined;
  last: { readonly picture: AlertPicture; readonly seenBy: WeakSet<Asker> } | undefined;
}

/** What is known by one and the same clients, for all panels and pages of a window. */
const known = new WeakMap<AlertClients['alertStore'], Shared>();

function sharedOf(clients: AlertClients): Shared {
  const before = known.get(clients.alertStore);
  if (before !== undefined) return before;
  const shared: Shared = { load: createAlertLoader(clients), running: undefined, last: undefined };
  known.set(clients.alertStore, shared);
  return shared;
}

function start(shared: Shared): Running {
  const controller = new AbortController();
  const running: Running = { picture: shared.load(controller.signal), controller, waiting: 0 };
  shared.running = running;
  const over = (): void => {
    if (shared.running === running) shared.running = undefined;
  };
  running.picture.then((picture) => {
    if (shared.running === running) shared.last = { picture, seenBy: new WeakSet() };
    over();
  }, over);
  return running;
}

/** Waits for the load until the signal says otherwise; what nobody waits for is given up. */
async function join(
  shared: Shared,
  running: Running,
  signal: AbortSignal | undefined,
): Promise<AlertPicture> {
  running.waiting += 1;
  const leave = (): void => {
    running.waiting -= 1;
    if (running.waiting > 0) return;
    if (shared.running === running) shared.running = undefined;
    running.controller.abort();
  };
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      leave();
      reject(new AbortedError());
    };
    if (signal?.aborted === true) {
      abort();
      return;
    }
    signal?.addEventListener('abort', abort, { once: true });
    const settled = (): void => signal?.removeEventListener('abort', abort);
    running.picture.then(resolve, reject).finally(settled);
  });
}

/**
 * The alerts that are there now, asked for once for everybody who asks at about the same time: each part of a page and
 * each panel names itself as `asker`. Throws `AbortedError` only.
 */
export async function loadAlerts(
  clients: AlertClients,
  signal?: AbortSignal,
  asker: Asker = {},
): Promise<AlertPicture> {
  const shared = sharedOf(clients);
  const { last } = shared;
  if (last !== undefined && Date.now() - last.picture.at < SHARED_MS && !last.seenBy.has(asker)) {
    last.seenBy.add(asker);
    return last.picture;
  }
  const picture = await join(shared, shared.running ?? start(shared), signal);
  if (shared.last?.picture === picture) shared.last.seenBy.add(asker);
  return picture;
}

/** Something was done: what was asked for before is shown to nobody who asks from now on. */
export function outdateAlerts(clients: AlertClients): void {
  const shared = sharedOf(clients);
  shared.running = undefined;
  shared.last = undefined;
}
