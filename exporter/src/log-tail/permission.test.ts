import { chmodSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type TailFixture, tailFixture } from '../../test/log-tail/tail-fixture.ts';

const NOBODY = 65534;
let logs: TailFixture;

/** Runs the body without the rights of root, which no file mode holds up. */
async function unprivileged<T>(body: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return body();
  process.seteuid?.(NOBODY);
  try {
    return await body();
  } finally {
    process.seteuid?.(0);
  }
}

beforeEach(() => {
  logs = tailFixture();
  chmodSync(logs.folder, 0o755);
});
afterEach(() => logs.remove());

describe('a file that may not be read', () => {
  it('is named, and the others are followed', async () => {
    logs.open('*.log');
    await logs.poll();
    logs.append('secret.log', 'hidden\n');
    chmodSync(logs.path('secret.log'), 0);
    logs.append('open.log', 'open\n');
    chmodSync(logs.path('open.log'), 0o644);
    const report = await unprivileged(() => logs.poll());
    expect(report.patterns).toEqual([
      {
        pattern: logs.path('*.log'),
        files: 1,
        problem: `${logs.path('secret.log')} may not be read: permission denied (give the exporter's user read access to it and to its folders)`,
      },
    ]);
    expect(logs.taken()).toEqual(['open']);
  });

  it('is read from where it stood at the first start, once it may be read', async () => {
    logs.append('access.log', 'history\n');
    chmodSync(logs.path('access.log'), 0);
    logs.open('access.log');
    await unprivileged(() => logs.poll());
    logs.append('access.log', 'since\n');
    expect((await unprivileged(() => logs.poll())).patterns[0]?.files).toBe(0);
    chmodSync(logs.path('access.log'), 0o644);
    expect((await unprivileged(() => logs.poll())).patterns).toEqual([
      { pattern: logs.path('access.log'), files: 1, problem: null },
    ]);
    expect(logs.taken()).toEqual(['since']);
  });

  it('is told from a folder that may not be read', async () => {
    chmodSync(logs.folder, 0);
    logs.open('*.log');
    const report = await unprivileged(() => logs.poll());
    expect(report.patterns[0]?.problem).toMatch(/^no file matches .* may not be read: permission denied/);
    chmodSync(logs.folder, 0o755);
  });
});
