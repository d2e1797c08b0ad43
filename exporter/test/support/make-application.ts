import { createHook } from 'node:async_hooks';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { createApplication } from '../../src/application.ts';
import { loadSettings } from '../../src/config/load.ts';
import { silentLogger } from '../../src/log/logger.ts';

// A process of its own: makes the whole application of the settings in its environment, and prints as JSON what that
// did besides. Functions of node:fs are replaced in the process, which the modules of Jest would not notice.

const effects: string[] = [];

/** Notes each call, then makes it. */
function watch(module: object, place: string): void {
  for (const [name, original] of Object.entries<unknown>({ ...module })) {
    if (typeof original !== 'function' || /^[A-Z_]/.test(name)) continue;
    const watched = new Proxy(original, {
      apply: (called, self, given: readonly unknown[]): unknown => {
        effects.push(`${place}.${name}(${String(given[0])})`);
        return Reflect.apply(called, self, given);
      },
    });
    Object.assign(module, { [name]: watched });
  }
}

function noted(effect: string): never {
  effects.push(effect);
  throw new Error(effect);
}

const load = () => loadSettings(process.env);
const { settings } = load();
const logger = {
  ...silentLogger(),
  setLevel: () => noted('the level of the log'),
  level: () => 'info' as const,
};
const state = {
  read: (name: string) => noted(`state.read(${name})`),
  write: (name: string) => noted(`state.write(${name})`),
  problem: () => undefined,
};

watch(fs, 'fs');
watch(fs.promises, 'fs.promises');
syncBuiltinESMExports();
// Timers, sockets, look-ups of names, child processes and files are resources; promises are made by everybody.
const hook = createHook({
  init: (_id, type) => {
    if (!['PROMISE', 'TickObject', 'RANDOMBYTESREQUEST'].includes(type)) effects.push(type);
  },
}).enable();
const application = createApplication({ settings, state, logger, load });
await new Promise(setImmediate);
hook.disable();
const made = effects.splice(0).filter((effect) => effect !== 'Immediate');
// What never started has nothing to end either.
await application.stop();
process.stdout.write(JSON.stringify({ made, ended: effects.filter((effect) => effect !== 'Immediate') }));
