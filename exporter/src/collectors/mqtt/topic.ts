/** Which of the platform's three incompatible topic layouts a topic follows. */
export type TopicFamily = 'backend' | 'fleet' | 'firmware' | 'other';

/** What a message of the topic is. `system` and `other` belong to no device and are only counted. */
export type TopicKind =
  | 'telemetry'
  | 'status'
  | 'heartbeat'
  | 'alert'
  | 'response'
  | 'event'
  | 'command'
  | 'config'
  | 'system'
  | 'other';

/** As the platform sees it: `subscribe` comes from devices, `publish` goes to them. */
export type TopicDirection = 'publish' | 'subscribe';

/** A topic below `valtronics/`, taken apart. */
export interface Topic {
  readonly family: TopicFamily;
  readonly kind: TopicKind;
  readonly direction: TopicDirection;
  /** The topic with `+` for what varies, e.g. `valtronics/devices/+/telemetry/+`; `other` when unknown. */
  readonly template: string;
  /** Null where only the payload can name the device. */
  readonly deviceId: string | null;
  /** The metric, where the topic names it. */
  readonly metric: string | null;
  /** The status, where the topic names it. */
  readonly status: string | null;
}

/** Template of every topic that no layout knows. */
export const OTHER_TEMPLATE = 'other';

const OTHER: Topic = {
  family: 'other',
  kind: 'other',
  direction: 'subscribe',
  template: OTHER_TEMPLATE,
  deviceId: null,
  metric: null,
  status: null,
};

/** `valtronics/{id}/…` of the backend and its simulator. */
const BACKEND_KINDS: Readonly<Record<string, TopicKind>> = {
  telemetry: 'telemetry',
  heartbeat: 'heartbeat',
  status: 'status',
  alert: 'alert',
  response: 'response',
  command: 'command',
  config: 'config',
};

/** `valtronics/devices/{id}/…` of the mock fleet, the protocol pages and the firmware pages. */
const DEVICE_KINDS: Readonly<Record<string, TopicKind>> = {
  telemetry: 'telemetry',
  sensors: 'telemetry',
  status: 'status',
  heartbeat: 'heartbeat',
  events: 'event',
  alerts: 'alert',
  responses: 'response',
  commands: 'command',
  config: 'config',
};

/** First words of topics that name no device, so no device can be called by them. */
const FIRMWARE_REPORTS = new Set(['health', 'analytics', 'fused_data', 'spectrum', 'temperature']);
const SYSTEM_PARTS: Readonly<Record<string, readonly string[]>> = {
  system: ['health', 'alerts', 'updates'],
  monitoring: ['metrics', 'logs'],
};
/** `valtronics/telemetry/{word}` where the word is no device id (firmware pages). */
const FIRMWARE_STREAMS = new Set(['temperature', 'multi']);

function directionOf(kind: TopicKind): TopicDirection {
  return kind === 'command' || kind === 'config' ? 'publish' : 'subscribe';
}

function kindIn(kinds: Readonly<Record<string, TopicKind>>, word: string): TopicKind | undefined {
  return Object.hasOwn(kinds, word) ? kinds[word] : undefined;
}

function deviceTopic(parts: readonly string[]): Topic {
  const [, , id = '', word = '', detail] = parts;
  const kind = kindIn(DEVICE_KINDS, word);
  if (kind === undefined || id === '' || detail === '' || parts.length > 5) return OTHER;
  const named = detail !== undefined;
  return {
    family: 'fleet',
    kind,
    direction: directionOf(kind),
    template: `valtronics/devices/+/${word}${named ? '/+' : ''}`,
    deviceId: id,
    metric: named && kind === 'telemetry' ? detail : null,
    status: named && kind === 'status' ? detail : null,
  };
}

function firmwareTopic(parts: readonly string[]): Topic {
  const [, word = '', detail] = parts;
  if (parts.length > 3 || detail === '') return OTHER;
  const named = detail !== undefined;
  if (word === 'telemetry' || word === 'alerts') {
    const isStream = word === 'telemetry' && named && FIRMWARE_STREAMS.has(detail);
    return {
      ...OTHER,
      family: 'firmware',
      kind: word === 'telemetry' ? 'telemetry' : 'alert',
      template: `valtronics/${word}${named ? '/+' : ''}`,
      deviceId: named && !isStream ? detail : null,
    };
  }
  return named ? OTHER : { ...OTHER, family: 'firmware', kind: 'system', template: `valtronics/${word}` };
}

function systemTopic(parts: readonly string[]): Topic {
  const [, area = '', word = ''] = parts;
  if (parts.length > 5) return OTHER;
  return {
    ...OTHER,
    family: 'fleet',
    kind: 'system',
    direction: word === 'updates' ? 'publish' : 'subscribe',
    template: `valtronics/${area}/${word}${'/+'.repeat(parts.length - 3)}`,
  };
}

function backendTopic(parts: readonly string[]): Topic {
  const [, id = '', word = ''] = parts;
  const kind = kindIn(BACKEND_KINDS, word);
  if (kind === undefined || id === '' || parts.length !== 3) return OTHER;
  return {
    ...OTHER,
    family: 'backend',
    kind,
    direction: directionOf(kind),
    template: `valtronics/+/${word}`,
    deviceId: id,
  };
}

/**
 * Takes a topic apart by its shape: `valtronics/devices/…` belongs to the mock fleet and the documented
 * protocol, reserved first words to the firmware pages, the rest is `valtronics/{id}/…` of the backend.
 * Never throws; what no layout knows has template `other`.
 */
export function parseTopic(topic: string): Topic {
  const parts = topic.split('/', 7);
  const [root, first = ''] = parts;
  if (root !== 'valtronics' || parts.length > 6) return OTHER;
  if (first === 'devices') return deviceTopic(parts);
  if (first === 'telemetry' || first === 'alerts' || FIRMWARE_REPORTS.has(first)) return firmwareTopic(parts);
  if (Object.hasOwn(SYSTEM_PARTS, first) && SYSTEM_PARTS[first]?.includes(parts[2] ?? '') === true) {
    return systemTopic(parts);
  }
  return backendTopic(parts);
}
