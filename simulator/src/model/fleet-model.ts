import { type AlertDesk, createAlertDesk } from './alert-desk.ts';
import { ambientAlert } from './alert-texts.ts';
import { type Breakage, type Condition, talks } from './condition.ts';
import { type ChangeCondition, createChangeCondition } from './conditions.ts';
import { createDevice, type Device } from './device.ts';
import type { DeviceKind } from './device-kind.ts';
import type { DeviceSpec } from './device-spec.ts';
import type { DeviceStatus, FleetEvent } from './events.ts';
import { stretchFor, troubleInterval } from './pace.ts';
import { createRandom, type Random, seedOf } from './random.ts';
import { createRoster } from './roster.ts';
import { createSchedule } from './schedule.ts';

export interface FleetModelOptions {
  readonly seed: number;
  /** Devices in all. */
  readonly devices: number;
  /** Milliseconds since the epoch at which the fleet starts. */
  readonly startTime: number;
  /** Telemetry points a second above which all intervals are stretched. */
  readonly maxPointsPerSecond: number;
  /** 2 makes everything happen twice as often; 1 is the platform's own pace. */
  readonly speed: number;
}

/** What the world may know of a device's inner state. */
export interface DeviceState {
  readonly spec: DeviceSpec;
  readonly condition: Condition;
  readonly status: DeviceStatus;
  readonly pinned: boolean;
}

/** A fleet without sockets: same options and same calls give the same events. */
export interface FleetModel {
  readonly roster: readonly DeviceSpec[];
  /** Milliseconds since the epoch of the next thing to happen. */
  nextAt(): number | undefined;
  /** Everything that happens up to and including the time, in order. How finely it is called makes no difference. */
  advance(until: number): FleetEvent[];
  state(id: string): DeviceState | undefined;
  states(): DeviceState[];
  /** Breaks the named devices, or so many healthy ones; they stay broken until mended. Unknown ids are left out. */
  break(
    at: number,
    how: Breakage,
    which: readonly string[] | number,
  ): { events: FleetEvent[]; ids: string[] };
  /** Mends the named devices, or all that were broken by hand. */
  mend(at: number, which?: readonly string[]): { events: FleetEvent[]; ids: string[] };
}

type Task =
  | { readonly kind: 'sample' | 'heartbeat' | 'recover'; readonly device: Device }
  | { readonly kind: 'trouble' | 'ambient' }
  | { readonly kind: 'acknowledge' | 'resolve'; readonly number: number };

const HEARTBEAT = 60_000;
const FIRST_SAMPLE_WITHIN = 12_000;
/** A new alert comes after at most 24 s, whatever else happens. */
const AMBIENT_AFTER = [10_000, 24_000] as const;
/** Chances of what befalls a device. */
const TROUBLES: readonly Condition[] = [
  'error',
  'warning',
  'warning',
  'silent',
  'maintenance',
  'drift',
  'drift',
  'offline',
];
/** Present from the start, so that every state can be seen at once. */
const FIRST_TROUBLES: readonly Condition[] = ['error', 'warning', 'maintenance', 'offline'];

/** Microseconds, as finely as the platform's database keeps time. */
function micros(time: number): number {
  return Math.round(time * 1000) / 1000;
}

export function createFleetModel(options: FleetModelOptions): FleetModel {
  const { seed, startTime, speed } = options;
  const random: Random = createRandom(seedOf(seed, -1));
  const devices = createRoster(options.devices).map((spec) => createDevice(spec, seed));
  const roster = devices.map((device) => device.spec);
  const kindCounts = new Map<DeviceKind, number>();
  for (const { kind } of devices) kindCounts.set(kind, (kindCounts.get(kind) ?? 0) + 1);
  // The only one of its kind does not fall silent by chance: its metrics would vanish from the platform.
  const replaceable = devices.filter(({ kind }) => (kindCounts.get(kind) ?? 0) > 1);
  // Alerts of the others go over MQTT, where the platform throws them away: it must see a new one often.
  const storing = devices.filter(({ spec }) => spec.family === 'mock');
  const byId = new Map(devices.map((device) => [device.spec.id, device]));
  const stretch = stretchFor(roster, options.maxPointsPerSecond * speed) / speed;
  const schedule = createSchedule<Task>();
  let events: FleetEvent[] = [];
  const emit = (event: FleetEvent): void => void events.push(event);
  const desk: AlertDesk = createAlertDesk(emit);
  const change: ChangeCondition = createChangeCondition(emit, desk);
  const after = (at: number, low: number, high: number): number =>
    micros(at + random.between(low, high) / speed);

  const pickHealthy = (from: readonly Device[]): Device | undefined => {
    for (let attempt = 0; attempt < 20; attempt++) {
      const device = random.pick(from);
      if (device.condition === 'healthy') return device;
    }
    return undefined;
  };

  const befall = (at: number, condition: Condition): void => {
    const device = pickHealthy(talks(condition) ? devices : replaceable);
    if (device === undefined) return;
    change(at, device, condition);
    schedule.add(after(at, 60_000, 300_000), { kind: 'recover', device });
  };

  const sample = (at: number, device: Device): void => {
    const { kind, spec } = device;
    const pause = kind.interval * stretch * device.random.between(0.8, 1.2);
    schedule.add(micros(at + pause), { kind: 'sample', device });
    if (!talks(device.condition)) return;
    const readings = device.instrument.measure(device.drift);
    emit({ kind: 'telemetry', at, device: spec, readings });
    if (device.condition === 'alarm') emit({ kind: 'alarm', at, device: spec, ends: false });
    const alert = kind.alertRule?.(readings);
    if (alert !== undefined && device.thresholdAlert === 0)
      device.thresholdAlert = desk.raise(at, spec, alert);
    if (alert === undefined && device.thresholdAlert !== 0) {
      desk.resolve(at, device.thresholdAlert);
      device.thresholdAlert = 0;
    }
  };

  const ambient = (at: number): void => {
    schedule.add(after(at, ...AMBIENT_AFTER), { kind: 'ambient' });
    const device = pickHealthy(storing) ?? random.pick(storing);
    const number = desk.raise(at, device.spec, ambientAlert(device.spec, random));
    if (random.chance(0.5)) schedule.add(after(at, 20_000, 90_000), { kind: 'acknowledge', number });
    schedule.add(after(at, 90_000, 480_000), { kind: 'resolve', number });
  };

  const heartbeat = (at: number, device: Device): void => {
    const pause = (HEARTBEAT / speed) * device.random.between(0.98, 1.02);
    schedule.add(micros(at + pause), { kind: 'heartbeat', device });
    if (talks(device.condition)) emit({ kind: 'heartbeat', at, device: device.spec, status: device.status });
  };

  const trouble = (at: number): void => {
    schedule.add(after(at, 0, 2 * troubleInterval(devices.length)), { kind: 'trouble' });
    befall(at, random.pick(TROUBLES));
  };

  const perform = (at: number, task: Task): void => {
    switch (task.kind) {
      case 'sample':
        sample(at, task.device);
        break;
      case 'heartbeat':
        heartbeat(at, task.device);
        break;
      case 'recover':
        if (!task.device.pinned) change(at, task.device, 'healthy');
        break;
      case 'trouble':
        trouble(at);
        break;
      case 'ambient':
        ambient(at);
        break;
      case 'acknowledge':
        desk.acknowledge(at, task.number);
        break;
      case 'resolve':
        desk.resolve(at, task.number);
        break;
    }
  };

  for (const device of devices) {
    const within = Math.min(device.kind.interval * stretch, FIRST_SAMPLE_WITHIN * Math.max(1, stretch));
    schedule.add(micros(startTime + device.random.between(200, within)), { kind: 'sample', device });
    if (device.spec.family === 'simulator') {
      const heartbeatAt = micros(startTime + device.random.between(500, HEARTBEAT / speed / 3));
      schedule.add(heartbeatAt, { kind: 'heartbeat', device });
    }
  }
  for (const condition of FIRST_TROUBLES) befall(startTime, condition);
  schedule.add(after(startTime, 1_000, 3_000), { kind: 'ambient' });
  schedule.add(after(startTime, 0, troubleInterval(devices.length)), { kind: 'trouble' });

  const take = (): FleetEvent[] => {
    const taken = events;
    events = [];
    return taken;
  };
  const chosenToBreak = (which: readonly string[] | number): Device[] => {
    if (typeof which !== 'number') return which.flatMap((id) => byId.get(id) ?? []);
    const healthy = devices.filter((device) => device.condition === 'healthy');
    const free = healthy.length >= which ? healthy : devices.filter((device) => !device.pinned);
    const chosen: Device[] = [];
    while (chosen.length < which && free.length > 0) {
      chosen.push(...free.splice(random.whole(0, free.length - 1), 1));
    }
    return chosen;
  };

  return {
    roster,
    nextAt: () => (events.length > 0 ? startTime : schedule.peek()),
    advance(until) {
      for (let due = schedule.takeDue(until); due !== undefined; due = schedule.takeDue(until)) {
        perform(due.at, due.task);
      }
      return take();
    },
    state: (id) => byId.get(id),
    states: () => devices,
    break(at, how, which) {
      const chosen = chosenToBreak(which);
      for (const device of chosen) {
        device.pinned = true;
        change(micros(at), device, how);
      }
      return { events: take(), ids: chosen.map((device) => device.spec.id) };
    },
    mend(at, which) {
      const chosen =
        which === undefined
          ? devices.filter((device) => device.pinned)
          : which.flatMap((id) => byId.get(id) ?? []);
      for (const device of chosen) {
        device.pinned = false;
        change(micros(at), device, 'healthy');
        device.drift = 0;
      }
      return { events: take(), ids: chosen.map((device) => device.spec.id) };
    },
  };
}
