/** Effective statuses of a device, the worst first: the order of lists and legends. */
export const DEVICE_STATUSES = ['error', 'offline', 'warning', 'unknown', 'maintenance', 'online'] as const;
export type DeviceStatus = (typeof DEVICE_STATUSES)[number];

/** The numbers of `valtronics_device_status` (contract §4). */
export const STATUS_CODES: Readonly<Record<DeviceStatus, number>> = {
  unknown: 0,
  online: 1,
  warning: 2,
  error: 3,
  offline: 4,
  maintenance: 5,
};

const BY_CODE = new Map(DEVICE_STATUSES.map((status) => [STATUS_CODES[status], status]));
const WORDS = new Map<string, DeviceStatus>(DEVICE_STATUSES.map((status) => [status, status]));

/** The status of a code; a number that is no code is unknown. */
export function statusOfCode(code: number): DeviceStatus {
  return BY_CODE.get(code) ?? 'unknown';
}

/** The status of a word in any case; undefined when it is none of ours: nothing is guessed. */
export function statusOfWord(word: string): DeviceStatus | undefined {
  return WORDS.get(word.trim().toLowerCase());
}

/** 0 for the worst. */
export function severityRank(status: DeviceStatus): number {
  return DEVICE_STATUSES.indexOf(status);
}

/** Devices in error or offline need somebody; warning and unknown are counted apart. */
export function needsYou(status: DeviceStatus): boolean {
  return status === 'error' || status === 'offline';
}

/** Online, or in maintenance on purpose. */
export function isFine(status: DeviceStatus): boolean {
  return status === 'online' || status === 'maintenance';
}

export type StatusCounts = Readonly<Record<DeviceStatus, number>>;

/** How many devices have each status. */
export function countStatuses(devices: readonly { readonly status: DeviceStatus }[]): StatusCounts {
  const counts = { error: 0, offline: 0, warning: 0, unknown: 0, maintenance: 0, online: 0 };
  for (const { status } of devices) counts[status] += 1;
  return counts;
}
