import { z } from 'zod';
import { type TablePosition, tablePositionSchema } from './new-rows.ts';

/** Name of the document in the state store. */
export const POSTGRES_STATE = 'postgres';

const stateSchema = z.object({
  identity: z.string(),
  telemetry: tablePositionSchema,
  alerts: tablePositionSchema,
});

/** What the collector keeps over a restart: how far it has read which database. */
export interface PostgresState {
  readonly identity: string;
  readonly telemetry: TablePosition;
  readonly alerts: TablePosition;
}

/** The kept document, or undefined when there is none or it cannot be used. */
export function parsePostgresState(document: unknown): PostgresState | undefined {
  return stateSchema.safeParse(document).data;
}
