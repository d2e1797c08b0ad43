import { afterAll, beforeAll, beforeEach, describe } from '@jest/globals';
import { join } from 'node:path';
import { openDatabase } from '../../src/alerts/store/database.ts';
import { openPostgres } from '../../src/alerts/store/postgres/database.ts';
import { SCHEMA } from '../../src/alerts/store/postgres/schema.ts';
import type { Database } from '../../src/alerts/store/sql.ts';
import type { Logger } from '../../src/log/logger.ts';
import { silentLogger } from '../../src/log/logger.ts';
import { startPostgres, type TestPostgres } from './postgres.ts';
import { describeWith, POSTGRES } from './require.ts';
import { temporaryFolder } from './server.ts';

/** A store that is empty before each test. */
export interface TestStores {
  /** Opens it, again and again what it holds then. */
  open(logger?: Logger): Database;
}

function withFiles(body: (stores: TestStores) => void): void {
  const folders: ReturnType<typeof temporaryFolder>[] = [];
  beforeEach(() => {
    folders.push(temporaryFolder('alert-store'));
  });
  afterAll(async () => {
    for (const folder of folders) await folder.remove();
  });
  body({
    open: (logger = silentLogger()) =>
      openDatabase({ path: join(folders.at(-1)?.path ?? '', 'alerts.db'), logger }),
  });
}

function withPostgres(body: (stores: TestStores) => void): void {
  let server: TestPostgres;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    await server.sql(`drop schema if exists ${SCHEMA} cascade`);
  });
  body({ open: () => openPostgres(server.url()) });
}

/** The same tests for both kinds of store. */
export function describeStores(body: (stores: TestStores) => void): void {
  describe('in a file of SQLite', () => withFiles(body));
  describeWith([POSTGRES], 'in PostgreSQL', () => withPostgres(body));
}
