import type { ActionOutcome, Refusal } from '../../../features/alerts/data/actions';
import type { AlertRow, Decision } from '../../../domain/alerts/alert';
import type { Silence } from '../../../domain/alerts/silence';
import type { AlertAction, RowMark } from '../../../features/alerts/list/rowMark';

/** What somebody asked for about one alert, and how far that is. */
export interface Overlay {
  readonly action: AlertAction;
  readonly decision: Decision;
  /** Null while it is under way. */
  readonly outcome: {
    /** Milliseconds since the epoch. */
    readonly at: number;
    /** Null when it was done. */
    readonly refusal: Refusal | null;
    /** The silences that were made. */
    readonly silences: readonly Silence[];
  } | null;
}

export type Overlays = ReadonlyMap<string, Overlay>;

/** Stands for a silence that is being made. */
const NEW_SILENCE = 'new';

/** The alert as it is meant to become. */
function changed(alert: AlertRow, { action, decision, outcome }: Overlay): AlertRow {
  switch (action) {
    case 'acknowledge':
    case 'takeOver':
      return { ...alert, state: 'acknowledged', acknowledgement: decision };
    case 'resolve':
      return { ...alert, state: 'resolved', resolution: decision };
    case 'silence':
      return {
        ...alert,
        silencedBy: [...alert.silencedBy, ...(outcome?.silences.map(({ id }) => id) ?? [NEW_SILENCE])],
      };
    case 'expire':
      return { ...alert, silencedBy: [], suppressed: false };
  }
}

/**
 * The alerts of a picture of time `at` as they are meant to become. What was done before the picture is part of it;
 * what was refused is as it was before.
 */
export function withOverlays(
  alerts: readonly AlertRow[],
  overlays: Overlays,
  at: number,
): readonly AlertRow[] {
  if (overlays.size === 0) return alerts;
  return alerts.map((alert) => {
    const overlay = overlays.get(alert.fingerprint);
    if (overlay === undefined) return alert;
    const { outcome } = overlay;
    const isOver = outcome !== null && (outcome.refusal !== null || outcome.at < at);
    return isOver ? alert : changed(alert, overlay);
  });
}

/** The silences of a picture, and those that were made since it was asked for. */
export function withNewSilences(silences: readonly Silence[], overlays: Overlays): Silence[] {
  const all = new Map<string, Silence>();
  for (const { outcome } of overlays.values())
    for (const one of outcome?.silences ?? []) all.set(one.id, one);
  for (const silence of silences) all.set(silence.id, silence);
  return [...all.values()];
}

/** What was asked for is taken back: nothing came of it, and nothing is said. */
export function forgotten(before: Overlays, keys: readonly string[]): Overlays {
  const after = new Map(before);
  for (const key of keys) after.delete(key);
  return after;
}

/** What is said beside the rows: under way, or refused. */
export function marksOf(overlays: Overlays): Map<string, RowMark> {
  const marks = new Map<string, RowMark>();
  for (const [key, { action, outcome }] of overlays) {
    if (outcome === null) marks.set(key, { kind: 'sending', action });
    else if (outcome.refusal !== null) marks.set(key, { kind: 'refused', action, refusal: outcome.refusal });
  }
  return marks;
}

/** Something is under way for the alerts; what was said of them before is over. */
export function started(
  before: Overlays,
  keys: readonly string[],
  action: AlertAction,
  decision: Decision,
): Overlays {
  const after = new Map(before);
  for (const key of keys) after.set(key, { action, decision, outcome: null });
  return after;
}

/** The outcomes are there, at milliseconds since the epoch. */
export function finished(before: Overlays, outcomes: readonly ActionOutcome[], at: number): Overlays {
  const after = new Map(before);
  for (const { key, refusal, silences = [] } of outcomes) {
    const overlay = after.get(key);
    if (overlay !== undefined) after.set(key, { ...overlay, outcome: { at, refusal, silences } });
  }
  return after;
}
