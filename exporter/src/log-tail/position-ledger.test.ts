import { describe, expect, it } from '@jest/globals';
import { FILE_START, type Position } from './position.ts';
import { createPositionLedger } from './position-ledger.ts';

const HOUR = 60 * 60 * 1000;
const FILE = { device: '1', inode: '18446744073709551615' };
const ANCHOR = { length: 7, sha256: 'ab' };
const POSITION: Position = { offset: 7, skipping: false, anchor: ANCHOR, head: ANCHOR, generation: 2 };

describe('the position ledger', () => {
  it('survives a restart', () => {
    const before = createPositionLedger(undefined, ['*.log']);
    before.set(FILE, '/a.log', POSITION, 1000);
    before.learn('*.log');
    const stored: unknown = JSON.parse(JSON.stringify(before.document(1000)));
    const after = createPositionLedger(stored, ['*.log']);
    expect(after.find(FILE)).toEqual({ ...FILE, ...POSITION, path: '/a.log', seen: 1000 });
    expect(after.knows('*.log')).toBe(true);
  });

  it('reads what an exporter wrote that kept no fingerprint of the first bytes', () => {
    const old = { ...FILE, path: '/a.log', offset: 7, skipping: false, anchor: ANCHOR, seen: 0 };
    const ledger = createPositionLedger({ version: 1, patterns: [], files: [old] }, []);
    expect(ledger.find(FILE)).toMatchObject({ offset: 7, head: { length: 0 }, generation: 0 });
  });

  it('believes what was committed with the lines before the document', () => {
    const before = createPositionLedger(undefined, []);
    before.set(FILE, '/a.log', FILE_START, 1000);
    const committed = [{ ...FILE, ...POSITION, path: '/a.log', seen: 2000 }];
    const ledger = createPositionLedger(before.document(1000), [], committed);
    expect(ledger.find(FILE)?.offset).toBe(7);
  });

  it('forgets patterns that are out of use: they begin anew', () => {
    const before = createPositionLedger(undefined, ['*.log']);
    before.learn('*.log');
    expect(createPositionLedger(before.document(0), ['*.txt']).knows('*.log')).toBe(false);
  });

  it('forgets files a day after they were seen', () => {
    const ledger = createPositionLedger(undefined, []);
    ledger.set(FILE, '/a.log', POSITION, 0);
    ledger.touch(FILE, 10 * HOUR);
    expect(ledger.document(34 * HOUR).files).toHaveLength(1);
    expect(ledger.document(34 * HOUR + 1).files).toHaveLength(0);
    expect(ledger.find(FILE)).toBeUndefined();
  });

  it('tells once that something changed', () => {
    const ledger = createPositionLedger(undefined, ['*.log']);
    expect(ledger.takeChanged()).toBe(false);
    ledger.learn('*.log');
    expect([ledger.takeChanged(), ledger.takeChanged()]).toEqual([true, false]);
    ledger.learn('*.log');
    ledger.touch(FILE, 5);
    expect(ledger.takeChanged()).toBe(false);
    ledger.set(FILE, '/a.log', FILE_START, 0);
    expect(ledger.takeChanged()).toBe(true);
  });

  it.each([
    undefined,
    null,
    'text',
    [],
    { version: 2 },
    { version: 1, patterns: [], files: [{ offset: -1 }] },
  ])('begins empty with %j', (stored) => {
    expect(createPositionLedger(stored, []).entries()).toEqual([]);
  });
});
