import type { AlertRow } from './alert';
import type { MaintenanceWindow, Silence, SilenceState } from './silence';

/** A silence that ends sooner than this is about to end, milliseconds. */
export const ENDING_SOON_MS = 30 * 60_000;

/** A silence with what it does now. */
export interface SilenceLine {
  readonly silence: Silence;
  /** As the clock says: Alertmanager's word may be some seconds old. */
  readonly state: SilenceState;
  /** The alerts that it keeps quiet now. */
  readonly alerts: readonly AlertRow[];
}

/** The state of a silence at a moment, milliseconds since the epoch. */
export function silenceState({ state, startsAt, endsAt }: Silence, now: number): SilenceState {
  if (state === 'expired' || endsAt <= now) return 'expired';
  return startsAt > now ? 'pending' : 'active';
}

const ORDER: Readonly<Record<SilenceState, number>> = { active: 0, pending: 1, expired: 2 };

/** Active ones first, the next to end on top; then those to come, the next on top; then the last to have expired. */
function compare(a: SilenceLine, b: SilenceLine): number {
  if (a.state !== b.state) return ORDER[a.state] - ORDER[b.state];
  if (a.state === 'pending') return a.silence.startsAt - b.silence.startsAt;
  const sooner = a.silence.endsAt - b.silence.endsAt;
  return a.state === 'active' ? sooner : -sooner;
}

/** The silences in the order of their urgency. */
export function silenceLines(
  silences: readonly Silence[],
  alerts: readonly AlertRow[],
  now: number,
): SilenceLine[] {
  const quiet = new Map<string, AlertRow[]>();
  for (const alert of alerts) {
    for (const id of alert.silencedBy) {
      const list = quiet.get(id) ?? [];
      list.push(alert);
      quiet.set(id, list);
    }
  }
  return silences
    .map((silence) => {
      return { silence, state: silenceState(silence, now), alerts: quiet.get(silence.id) ?? [] };
    })
    .sort(compare);
}

/** How the exporter marks the silences that it keeps for its maintenance windows. */
const WINDOW_SILENCE = /^Valtronics maintenance /;

/** True when it belongs to a maintenance window: the exporter makes it again as long as the window lasts. */
export function isOfWindow({ createdBy, comment }: Silence): boolean {
  return createdBy === 'valtronics' && WINDOW_SILENCE.test(comment);
}

/** Those that end soon while what they keep quiet still fires: somebody will be told then. */
export function endingSoon(lines: readonly SilenceLine[], now: number): SilenceLine[] {
  return lines.filter(
    ({ silence, state, alerts }) =>
      state === 'active' &&
      silence.endsAt - now <= ENDING_SOON_MS &&
      // What another silence keeps quiet for longer stays quiet.
      alerts.some(({ silencedBy }) =>
        silencedBy.every((id) => id === silence.id || endsSooner(id, silence, lines)),
      ),
  );
}

function endsSooner(id: string, than: Silence, lines: readonly SilenceLine[]): boolean {
  const other = lines.find(({ silence }) => silence.id === id);
  return other === undefined || other.silence.endsAt <= than.endsAt;
}

/** A maintenance window with what it does now. */
export interface WindowLine {
  readonly window: MaintenanceWindow;
  readonly state: MaintenanceWindow['state'];
  readonly alerts: readonly AlertRow[];
}

const WINDOW_ORDER: Readonly<Record<MaintenanceWindow['state'], number>> = {
  active: 0,
  planned: 1,
  ended: 2,
};

/** The state of a window at a moment, milliseconds since the epoch. */
export function windowState({ state, startsAt, endsAt }: MaintenanceWindow, now: number) {
  if (state === 'ended' || endsAt <= now) return 'ended';
  return startsAt > now ? 'planned' : 'active';
}

/** The windows: active ones first, the next to end on top, then planned ones, then those that ended last. */
export function windowLines(
  windows: readonly MaintenanceWindow[],
  alerts: readonly AlertRow[],
  now: number,
): WindowLine[] {
  return windows
    .map((window): WindowLine => {
      const covered = alerts.filter(({ maintenance }) => maintenance.includes(window.id));
      return { window, state: windowState(window, now), alerts: covered };
    })
    .sort((a, b) => {
      if (a.state !== b.state) return WINDOW_ORDER[a.state] - WINDOW_ORDER[b.state];
      if (a.state === 'planned') return a.window.startsAt - b.window.startsAt;
      return a.state === 'active' ? a.window.endsAt - b.window.endsAt : b.window.endsAt - a.window.endsAt;
    });
}
