import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { closeSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { errorCode } from '../../src/base/errors.ts';
import { startExporter, type TestExporter } from '../support/exporter.ts';
import { waitFor } from '../support/server.ts';
import { mountSmallDisk, type SmallDisk, whyNoSmallDisk } from '../support/small-disk.ts';

const DISK_BYTES = 2 ** 21;
const RESERVE_BYTES = 2 ** 20;
/** Bytes of one alert: a few dozen fill the disk. */
const MESSAGE = 'x'.repeat(8000);
/** Bytes of one that finds no room in what a refused one left half written, either. */
const LARGE = 'x'.repeat(16_000);

const page = z.object({ items: z.array(z.object({ name: z.string() })), nextCursor: z.string().nullable() });

const refusal = whyNoSmallDisk();
const describeOnSmallDisk = refusal === undefined ? describe : describe.skip;
const reason = refusal === undefined ? '' : ` [skipped: ${refusal}]`;

describeOnSmallDisk(`an exporter whose disk is full${reason}`, () => {
  let disk: SmallDisk;
  let exporter: TestExporter;
  const undo: (() => Promise<unknown>)[] = [];

  const reserve = (): string => join(disk.path, 'reserve');

  async function start(): Promise<void> {
    exporter = await startExporter({}, { stateFolder: join(disk.path, 'state'), until: 'healthy' });
    undo.push(() => exporter.stop());
  }

  beforeEach(() => {
    disk = mountSmallDisk(DISK_BYTES);
    undo.push(() => {
      disk.remove();
      return Promise.resolve();
    });
    writeFileSync(reserve(), Buffer.alloc(RESERVE_BYTES));
  });
  afterEach(async () => {
    for (const step of undo.splice(0).reverse()) await step();
  });

  async function call(path: string, body?: object): Promise<{ status: number; text: string }> {
    const answer = await fetch(exporter.url + path, {
      ...(body === undefined
        ? {}
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    return { status: answer.status, text: await answer.text() };
  }

  const raise = (name: string, message = MESSAGE) =>
    call('/api/v1/alerts', { name, severity: 'warning', message, labels: { device_id: name } });

  /** What the disk has left after an alert found no room. */
  function takeTheRest(): void {
    const rest = openSync(join(disk.path, 'rest'), 'a');
    try {
      for (;;) writeSync(rest, Buffer.alloc(4096));
    } catch (error) {
      expect(errorCode(error)).toBe('ENOSPC');
    } finally {
      closeSync(rest);
    }
  }

  /** Raises alerts until one is refused; the names of those that were taken. */
  async function fill(prefix: string): Promise<string[]> {
    const taken: string[] = [];
    for (;;) {
      const name = `${prefix}${taken.length}`;
      const { status } = await raise(name);
      if (status === 503) {
        takeTheRest();
        return taken;
      }
      expect(status).toBe(200);
      taken.push(name);
      if (taken.length > 1000) throw new Error('the disk does not become full');
    }
  }

  /** Names of all open alerts, sorted. */
  async function stored(): Promise<string[]> {
    const names: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const { status, text } = await call(`/api/v1/alerts?state=active&limit=100${query}`);
      expect(status).toBe(200);
      const { items, nextCursor }: z.infer<typeof page> = page.parse(JSON.parse(text));
      names.push(...items.map(({ name }) => name));
      cursor = nextCursor;
    }
    return names.sort();
  }

  async function expectFull(): Promise<void> {
    expect(await exporter.value('valtronics_alert_store_up')).toBe(0);
    const words = /alert store .*alerts\.db: .*full: free space on the disk/;
    const ready = await call('/-/ready');
    expect([ready.status, ready.text]).toEqual([503, expect.stringMatching(words)]);
    const refused = await raise('late', LARGE);
    expect([refused.status, refused.text]).toEqual([503, expect.stringMatching(words)]);
    expect((await call('/-/healthy')).status).toBe(200);
  }

  async function untilUp(): Promise<void> {
    await waitFor('the end of it', async () => (await exporter.value('valtronics_alert_store_up')) === 1);
    expect((await call('/-/ready')).status).toBe(200);
  }

  it('says so, refuses writing with the reason, loses nothing and goes on by itself when there is room', async () => {
    await start();
    const taken = await fill('first');
    await expectFull();
    expect(await stored()).toEqual(taken.toSorted());
    // Larger than one alert: what is small may find room in the pages that a refused one left half written.
    const webhook = {
      ...{ version: '4', groupKey: 'g', receiver: 'web.hook', status: 'firing', externalURL: '' },
      ...{ groupLabels: {}, commonLabels: {}, commonAnnotations: {} },
      alerts: Array.from({ length: 20 }, (_, index) => ({
        ...{ status: 'firing', labels: { alertname: `Late${index}` }, annotations: { summary: MESSAGE } },
        ...{
          startsAt: '2026-11-29T12:00:00Z',
          endsAt: '0001-01-01T00:00:00Z',
          generatorURL: '',
          fingerprint: '1',
        },
      })),
    };
    const devices = Array.from({ length: 500 }, (_, index) => `${index} ${'x'.repeat(200)}`);
    const window = { devices, endsAt: new Date(Date.now() + 3_600_000), comment: 'full' };
    for (const [path, body] of [
      ['/api/v1/maintenance', window],
      ['/api/v1/alerts/webhook', webhook],
    ] as const) {
      const answer = await call(path, body);
      expect([path, answer.status, answer.text]).toEqual([path, 503, expect.stringContaining('free space')]);
    }
    rmSync(reserve());
    await untilUp();
    expect((await raise('after')).status).toBe(200);
    expect(await stored()).toEqual(['after', ...taken].sort());
  });

  it('keeps what it acknowledged though it is killed, starts on the full disk and goes on when there is room', async () => {
    await start();
    const taken = await fill('first');
    await exporter.stop('SIGKILL');
    await start();
    expect(await stored()).toEqual(taken.toSorted());
    const more = await fill('second');
    await expectFull();
    rmSync(reserve());
    await untilUp();
    expect(await stored()).toEqual([...taken, ...more].sort());
  });

  it('watches though it never had any room for its state, and begins to keep it when there is some', async () => {
    takeTheRest();
    await start();
    const refused = await raise('late', LARGE);
    expect([refused.status, refused.text]).toEqual([503, expect.stringContaining('free space')]);
    await expectFull();
    rmSync(reserve());
    await untilUp();
    expect((await raise('after')).status).toBe(200);
    expect(await stored()).toEqual(['after']);
  });
});
