import { afterAll, beforeAll, beforeEach, describe } from '@jest/globals';
import { SCHEMA } from '../../src/alerts/store/postgres/schema.ts';
import type { Database } from '../../src/alerts/store/sql.ts';
import type { Logger } from '../../src/log/logger.ts';
import { startPostgres, type TestPostgres } from './postgres.ts';
import { describeWith, POSTGRES } from './require.ts';
import { temporaryFolder } from './server.ts';
import { openStoreAt, type StorePlace } from './store-place.ts';

/** A store that is empty before each test. */
export interface TestStores {
  /** Opens it, again and again what it holds then. */
  open(logger?: Logger): Database;
  /** Where it is, for what opens it by itself; the folder is each test's own. */
  place(): StorePlace;
}

/** With a folder for each test, and the URL of a database that is emptied before each. */
function withFolders(body: (stores: TestStores) => void, url: () => string | undefined): void {
  const folders: ReturnType<typeof temporaryFolder>[] = [];
  beforeEach(() => {
    folders.push(temporaryFolder('alert-store'));
  });
  afterAll(async () => {
    for (const folder of folders) await folder.remove();
  });
  const place = (): StorePlace => ({ url: url(), stateFolder: folders.at(-1)?.path ?? '' });
  body({ place, open: (logger) => openStoreAt(place(), logger) });
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
  withFolders(body, () => server.url());
}

/** The same tests for both kinds of store. */
export function describeStores(body: (stores: TestStores) => void): void {
  describe('in a file of SQLite', () => withFolders(body, () => undefined));
  describeWith([POSTGRES], 'in PostgreSQL', () => withPostgres(body));
}
