import { afterAll, afterEach, beforeAll, beforeEach, it } from '@jest/globals';
import { SCHEMA } from '../../src/alerts/store/postgres/schema.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { expectTakenOver, type Reloadable, reloadable } from '../support/reloadable.ts';
import { describeWith, POSTGRES } from '../support/require.ts';

describeWith([POSTGRES], 'a reload of where alerts are kept', () => {
  let server: TestPostgres;
  let exporter: Reloadable;
  let raised = 0;
  beforeAll(async () => {
    server = await startPostgres();
    for (const name of ['one', 'two']) await server.createDatabase(name);
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    exporter = reloadable();
  });
  afterEach(() => exporter.remove());

  /** Which of the databases has what is raised now. */
  async function keeper(): Promise<string[]> {
    const name = `A${(raised += 1)}`;
    await exporter.ask('/api/v1/alerts', { method: 'POST', body: { name, severity: 'info', message: '' } });
    const found: string[] = [];
    for (const database of ['one', 'two']) {
      const there = await server.sql(`select to_regclass('${SCHEMA}.alerts') is not null as there`, database);
      if (there[0]?.['there'] !== true) continue;
      const rows = await server.sql(`select id from ${SCHEMA}.alerts where name = '${name}'`, database);
      if (rows.length === 1) found.push(database);
    }
    return found;
  }

  it.each([
    ['another database', () => server.url('one'), ['one']],
    ['a file', undefined, []],
  ] as const)('takes one over from %s, and back again', async (_what, first, seen) => {
    await expectTakenOver(exporter, {
      option: 'VALTRONICS_STORE_URL',
      ...{ first: [first, seen], second: [() => server.url('two'), ['two']], see: keeper },
      wrong: 'mysql://h/d',
    });
  });
});
