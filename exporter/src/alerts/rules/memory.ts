import { labelsFrom } from '@valtronics/promql';
import { z } from 'zod';
import type { StateStore } from '../../state/state-store.ts';
import { textsSchema } from '../texts.ts';
import type { RememberedRule, RuleEngine } from './engine/engine.ts';

/** Name of the document with the alerts that are pending or firing. */
export const RULES_DOCUMENT = 'rules';

/** Longest absence after which they are taken up again, milliseconds (Prometheus' `--rules.alert.for-outage-tolerance`). */
const TOLERANCE = 3_600_000;

/** Longest and shortest time that a firing alert is believed after a restart, milliseconds. */
const MOST_PATIENCE = 900_000;
const LEAST_PATIENCE = 60_000;

const documentSchema = z.object({
  savedAt: z.number(),
  rules: z.array(
    z.object({
      key: z.string(),
      instances: z.array(
        z.object({
          labels: textsSchema.transform((labels) => labelsFrom(Object.entries(labels))),
          annotations: textsSchema,
          // JSON has no infinite numbers and no NaN: they come back as null.
          value: z
            .number()
            .nullable()
            .transform((value) => value ?? NaN),
          state: z.enum(['pending', 'firing']),
          activeAt: z.number(),
          firedAt: z.number().nullable(),
          keptSince: z.number().nullable(),
        }),
      ),
    }),
  ),
});

/** The engine's alerts as a document; times are milliseconds since the epoch. */
export function memoryDocument(rules: readonly RememberedRule[], now: number): unknown {
  return { savedAt: now, rules };
}

/**
 * Takes up what was pending and firing when the exporter stopped, unless that is too long ago. Time away counts
 * for nobody: a pending alert has waited as long as it had then. Says how many alerts were taken up.
 */
export function restoreMemory(state: StateStore, engine: Pick<RuleEngine, 'restore'>, now: number): number {
  const document = documentSchema.safeParse(state.read(RULES_DOCUMENT));
  if (!document.success) return 0;
  const { savedAt, rules } = document.data;
  const away = Math.max(0, now - savedAt);
  if (away > TOLERANCE) return 0;
  engine.restore(
    rules.map(({ key, instances }) => ({
      key,
      instances: instances.map((instance) =>
        instance.state === 'pending' ? { ...instance, activeAt: instance.activeAt + away } : instance,
      ),
    })),
    // Sources need a moment to connect; a rule that looks back needs its history, within reason.
    (back) => now + Math.min(MOST_PATIENCE, Math.max(LEAST_PATIENCE, back)),
  );
  return rules.reduce((count, { instances }) => count + instances.length, 0);
}
