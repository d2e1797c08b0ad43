import { describe, expect, it } from '@jest/globals';
import { createLogger } from './logger.ts';

describe('createLogger', () => {
  it('writes lines of JSON with an ISO time and the level as a word', () => {
    const lines: string[] = [];
    createLogger('info', { write: (line) => lines.push(line) }).warn({ part: 'x' }, 'sentence');
    const [line = ''] = lines;
    expect(JSON.parse(line)).toEqual({
      level: 'warn',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      part: 'x',
      msg: 'sentence',
    });
  });

  it('masks whole lines, those of children and of errors, too', () => {
    const lines: string[] = [];
    const mask = (line: string): string => line.replaceAll('hunter2', '***');
    const logger = createLogger('info', { write: (line) => lines.push(line), mask });
    logger.child({ url: 'mqtt://u:hunter2@h' }).error({ error: 'no: hunter2' }, 'sentence');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ url: 'mqtt://u:***@h', error: 'no: ***' });
  });

  it('says in each line where it was written', () => {
    const lines: string[] = [];
    let trace = {};
    const logger = createLogger('info', { write: (line) => lines.push(line), context: () => trace });
    logger.info({ part: 'x' }, 'outside');
    trace = { trace_id: 'a', span_id: 'b' };
    logger.child({}).info({ part: 'x' }, 'inside');
    expect(lines[0]).not.toContain('trace_id');
    expect(lines[1]).toContain('"trace_id":"a","span_id":"b","part":"x","msg":"inside"');
  });

  it('changes its least severity for the children that there are, too', () => {
    const lines: string[] = [];
    const logger = createLogger('warn', { write: (line) => lines.push(line) });
    const child = logger.child({ part: 'child' }).child({ deep: true });
    child.info({}, 'hidden');
    logger.setLevel('debug');
    child.debug({}, 'shown');
    logger.setLevel('error');
    child.warn({}, 'hidden again');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('"part":"child","deep":true,"msg":"shown"');
  });
});
