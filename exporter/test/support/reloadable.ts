import { expect } from '@jest/globals';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { type RunningApplication, startApplication } from '../../src/application.ts';
import { loadSettings } from '../../src/config/load.ts';
import { createLogger } from '../../src/log/logger.ts';
import { CATALOGUE } from '../../src/metrics/catalogue/index.ts';
import { temporaryFolder, waitFor } from './server.ts';

/** Settings by their names in the environment; undefined takes one away. */
export type Changes = Readonly<Record<string, string | undefined>>;

/** An exporter in this process whose settings a test changes while it runs. */
export interface Reloadable {
  readonly folder: string;
  /** Lines of the log so far; a test may empty it. */
  readonly lines: string[];
  /** Starts with these settings alone; resolves when every source was tried once. */
  start(settings?: Changes): Promise<void>;
  /** Changes settings and loads them; they are as before when they are refused. */
  reload(changes: Changes): Promise<void>;
  /** `/metrics` as text. */
  scrape(): Promise<string>;
  /** The status of an answer and its JSON. */
  ask(
    path: string,
    options?: { readonly method?: string; readonly body?: unknown; readonly token?: string },
  ): Promise<{ readonly status: number; readonly body: Readonly<Record<string, unknown>> }>;
  /** A header of the landing page. */
  header(name: string): Promise<string | null>;
  stop(): Promise<void>;
  /** Stops and removes the folder. */
  remove(): Promise<void>;
}

const bodySchema = z.record(z.string(), z.unknown());

/** Names of the families that show values of the owner now; what was counted stays, as a counter must. */
export function shown(text: string, owner: string): string[] {
  const gauges = CATALOGUE.filter(
    (family) => family.owner === owner && family.type !== 'counter' && family.type !== 'histogram',
  );
  return gauges.map(({ name }) => name).filter((name) => text.includes(`\n# TYPE ${name} `));
}

function given(settings: Changes): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

export function reloadable(): Reloadable {
  const folder = temporaryFolder('reload');
  const lines: string[] = [];
  let application: RunningApplication | undefined;
  let settings: Record<string, string> = {};

  const running = (): RunningApplication => {
    if (application === undefined) throw new Error('the exporter does not run');
    return application;
  };
  const stop = async (): Promise<void> => {
    await application?.stop();
    application = undefined;
  };

  return {
    folder: folder.path,
    lines,
    start: async (changes = {}) => {
      settings = given({
        VALTRONICS_LISTEN: '127.0.0.1:0',
        VALTRONICS_STATE_DIR: join(folder.path, 'state'),
        VALTRONICS_COLLECT_MIN_INTERVAL: '0s',
        ...changes,
      });
      const logger = createLogger('info', { write: (line) => lines.push(line) });
      const { server } = (application = await startApplication({
        load: () => loadSettings(settings),
        logger,
      }));
      await waitFor('the first attempts', async () => (await fetch(`${server.url}/-/ready`)).ok);
    },
    reload: async (changes) => {
      const before = settings;
      settings = given({ ...settings, ...changes });
      try {
        await running().reload();
      } catch (error) {
        settings = before;
        throw error;
      }
    },
    scrape: async () => (await fetch(`${running().server.url}/metrics`)).text(),
    ask: async (path, { method = 'GET', body, token } = {}) => {
      const response = await fetch(running().server.url + path, {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: bodySchema.parse(await response.json()) };
    },
    header: async (name) => (await fetch(running().server.url)).headers.get(name),
    stop,
    remove: async () => {
      await stop();
      await folder.remove();
    },
  };
}

/** A setting with two values that work. */
export interface SettingRow {
  readonly option: string;
  /** What it needs besides. */
  readonly besides?: () => Changes;
  /** A value, undefined where it is not set, and what is seen while it is in effect. */
  readonly first: readonly [value: (() => string) | string | undefined, seen: unknown];
  readonly second: readonly [value: (() => string) | string, seen: unknown];
  /** A value that is refused; undefined where every text is allowed. */
  readonly wrong?: string;
  readonly see: () => Promise<unknown>;
}

/** Waits until it is seen: what goes on in the background takes its time. Then compares for the message. */
async function expectSeen(see: SettingRow['see'], expected: unknown): Promise<void> {
  let seen: unknown;
  const isSeen = async (): Promise<boolean> => {
    seen = await see();
    return isDeepStrictEqual(seen, expected);
  };
  await waitFor('the value to be in effect', isSeen).catch(() => undefined);
  expect(seen).toEqual(expected);
}

const valueFor = (value: (() => string) | string | undefined): string | undefined =>
  typeof value === 'function' ? value() : value;

/** Starts with the first value, changes it, tries a wrong one, and goes back: each time the right one is in effect. */
export async function expectTakenOver(exporter: Reloadable, row: SettingRow): Promise<void> {
  const { option, first, second, wrong, see } = row;
  const [one, two] = [valueFor(first[0]), valueFor(second[0])];
  await exporter.start({ ...row.besides?.(), [option]: one });
  await expectSeen(see, first[1]);
  await exporter.reload({ [option]: two });
  await expectSeen(see, second[1]);
  if (wrong !== undefined) {
    await expect(exporter.reload({ [option]: wrong })).rejects.toThrow(option);
    await expectSeen(see, second[1]);
  }
  await exporter.reload({ [option]: one });
  await expectSeen(see, first[1]);
}
