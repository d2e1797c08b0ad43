import { openStore } from '../../src/alerts/store/open-store.ts';
import type { Database } from '../../src/alerts/store/sql.ts';
import type { Logger } from '../../src/log/logger.ts';
import { silentLogger } from '../../src/log/logger.ts';

/** Where an alert store is, as settings say it. */
export interface StorePlace {
  /** Of PostgreSQL; undefined for the file in the folder. */
  readonly url: string | undefined;
  readonly stateFolder: string;
}

const UNHEARD = { onLead: () => undefined, onWritten: () => undefined, onTold: () => undefined };

/** Opens the store that is there, or a new one. */
export function openStoreAt(place: StorePlace, logger: Logger = silentLogger()): Database {
  return openStore({ ...place, ...UNHEARD, logger }).database;
}

/** The place as the last arguments of a process of a test, which reads it by `storePlaceOf`. */
export function storeArguments({ url, stateFolder }: StorePlace): string[] {
  return [stateFolder, ...(url === undefined ? [] : [url])];
}

export function storePlaceOf([stateFolder = '', url]: readonly string[]): StorePlace {
  return { stateFolder, url };
}
