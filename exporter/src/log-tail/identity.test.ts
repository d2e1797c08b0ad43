import {
  copyFileSync,
  mkdirSync,
  renameSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type TailFixture, tailFixture } from '../../test/log-tail/tail-fixture.ts';

const HEADER = `# ${'the same header in every file, '.repeat(12)}end\n`;
/** Longer than any fingerprint, so that head and anchor cover different bytes. */
const PADDING = Array.from({ length: 20 }, (_, index) => `padding ${index} ${'.'.repeat(40)}\n`).join('');

interface Case {
  readonly what: string;
  /** What the file `app.log` holds, and was read of it, before anything happens. */
  readonly before: string;
  /** What happens between two looks, or while nobody looks. */
  readonly happens: (logs: TailFixture) => void;
  readonly pattern?: string;
  /** Lines that come afterwards, in order of their text. */
  readonly expected: readonly string[];
}

/** Puts another content under the same inode, as a new file may get the inode of a deleted one. */
function reuseInode(logs: TailFixture, name: string, content: string): void {
  const { ino } = statSync(logs.path(name));
  truncateSync(logs.path(name));
  logs.append(name, content);
  expect(statSync(logs.path(name)).ino).toBe(ino);
}

const CASES: readonly Case[] = [
  {
    what: 'grows',
    before: 'one\n',
    happens: (logs) => logs.append('app.log', 'two\n'),
    expected: ['two'],
  },
  {
    what: 'is under one kilobyte and grows byte by byte',
    before: 'a\n',
    happens: (logs) => {
      for (const byte of 'b\nc') logs.append('app.log', byte);
    },
    expected: ['b'],
  },
  {
    what: 'is renamed, and a new one comes',
    before: PADDING,
    happens: (logs) => {
      logs.append('app.log', 'rest\n');
      renameSync(logs.path('app.log'), logs.path('app.log.1'));
      logs.append('app.log', 'new\n');
    },
    expected: ['new', 'rest'],
  },
  {
    what: 'is renamed within the glob, and a new one comes',
    pattern: 'app.log*',
    before: PADDING,
    happens: (logs) => {
      logs.append('app.log', 'rest\n');
      renameSync(logs.path('app.log'), logs.path('app.log.1'));
      logs.append('app.log', 'new\n');
    },
    expected: ['new', 'rest'],
  },
  {
    what: 'is copied and cut',
    pattern: 'app.log*',
    before: PADDING,
    happens: (logs) => {
      logs.append('app.log', 'rest\n');
      copyFileSync(logs.path('app.log'), logs.path('app.log.1'));
      truncateSync(logs.path('app.log'));
      logs.append('app.log', 'new\n');
    },
    expected: ['new', 'rest'],
  },
  {
    what: 'is cut',
    before: PADDING,
    happens: (logs) => truncateSync(logs.path('app.log')),
    expected: [],
  },
  {
    what: 'is cut and shorter than before',
    before: PADDING,
    happens: (logs) => reuseInode(logs, 'app.log', 'new\n'),
    expected: ['new'],
  },
  {
    what: 'is cut and longer than before',
    before: 'one\n',
    happens: (logs) => reuseInode(logs, 'app.log', 'new 1\nnew 2\nnew 3\n'),
    expected: ['new 1', 'new 2', 'new 3'],
  },
  {
    what: 'is another file under its inode that has the same bytes before the offset',
    before: `first\n${PADDING}${PADDING}`,
    happens: (logs) => reuseInode(logs, 'app.log', `other\n${PADDING}${PADDING}more\n`),
    expected: ['other', ...`${PADDING}${PADDING}`.trimEnd().split('\n'), 'more'].sort(),
  },
  {
    what: 'is another file under its inode that begins with the same header',
    before: `${HEADER}one\n`,
    happens: (logs) => reuseInode(logs, 'app.log', `${HEADER}two\nthree\n`),
    expected: [HEADER.trimEnd(), 'three', 'two'],
  },
  {
    what: 'has a neighbour with the same header',
    pattern: '*.log',
    before: `${HEADER}one\n`,
    happens: (logs) => logs.append('app2.log', `${HEADER}neighbour\n`),
    expected: [HEADER.trimEnd(), 'neighbour'],
  },
  {
    what: 'is a link that points to another file now',
    pattern: 'link.log',
    before: '',
    happens: (logs) => {
      unlinkSync(logs.path('link.log'));
      logs.append('day-2', 'second day\n');
      symlinkSync(logs.path('day-2'), logs.path('link.log'));
    },
    expected: ['second day'],
  },
  {
    what: 'was read to its end and compressed',
    pattern: 'app.log*',
    before: PADDING,
    happens: (logs) => {
      writeFileSync(logs.path('app.log.1.gz'), gzipSync(PADDING));
      unlinkSync(logs.path('app.log'));
      logs.append('app.log', 'new\n');
    },
    expected: ['new'],
  },
  {
    what: 'is deleted and comes back',
    before: PADDING,
    happens: (logs) => {
      unlinkSync(logs.path('app.log'));
      logs.append('app.log', 'back\n');
    },
    expected: ['back'],
  },
  {
    what: 'moves with its folder and comes back',
    pattern: 'service/*.log',
    before: '',
    happens: (logs) => {
      renameSync(logs.path('service'), logs.path('away'));
      mkdirSync(logs.path('service'));
      logs.append('service/app.log', 'back\n');
    },
    expected: ['back'],
  },
];

let logs: TailFixture;
beforeEach(() => {
  logs = tailFixture();
  mkdirSync(logs.path('service'));
  logs.append('service/app.log', '');
  logs.append('day-1', '');
  symlinkSync(logs.path('day-1'), logs.path('link.log'));
});
afterEach(() => logs.remove());

describe.each(CASES)('a file that $what', ({ before, happens, pattern = 'app.log', expected }) => {
  it.each(['between two looks', 'while nobody looks'])('gives each line once: %s', async (when) => {
    logs.append('app.log', '');
    logs.open(pattern);
    await logs.poll();
    logs.append('app.log', before);
    await logs.poll();
    expect(logs.taken().join('\n')).toBe(
      pattern.includes('app.log') || pattern === '*.log' ? before.trimEnd() : '',
    );
    if (when === 'while nobody looks') await logs.stop();
    happens(logs);
    if (when === 'while nobody looks') logs.open(pattern);
    await logs.poll();
    expect(logs.taken().sort()).toEqual(expected);
  });
});
