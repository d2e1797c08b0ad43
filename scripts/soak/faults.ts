import { type Sign, isZero, rises } from './sign.ts';

/** What stands between the exporter and a link of the soak. */
export const LINKED = ['api', 'broker', 'database', 'redis', 'log-store', 'traces', 'alertmanager'] as const;
export type Linked = (typeof LINKED)[number];

/** Servers that are processes of this run and can be stopped, killed and frozen. */
export type Server = 'broker' | 'redis' | 'alertmanager';

/** `bounce`: killed and started again at once, as systemd does; the others last as long as the fault. */
export type ExporterEnd = 'kill' | 'bounce' | 'restart' | 'freeze';

/** What is done when a fault begins, and undone when it ends. */
export type Action =
  /** Connections to the part are refused, hang, answer late or are cut at the first bytes of an answer. */
  | { readonly do: 'link'; readonly part: Linked; readonly mode: 'refuse' | 'hang' | 'delay' | 'cut' }
  | { readonly do: 'restart' | 'kill' | 'freeze'; readonly server: Server }
  /** The simulator's own command, `npm run simulator -- break --what …`. */
  | { readonly do: 'platform'; readonly what: 'database-down' | 'api-500' | 'api-down' }
  /** The log store or the collector of traces answers each request with that status. */
  | { readonly do: 'answer'; readonly part: 'log-store' | 'traces'; readonly status: 429 | 503 }
  | { readonly do: 'exporter'; readonly how: ExporterEnd }
  | { readonly do: 'rotate'; readonly how: 'rename' | 'copytruncate' }
  | { readonly do: 'fill-disk' }
  /** The exporter's wall clock is moved by so many seconds, and back at the end. */
  | { readonly do: 'clock'; readonly seconds: number };

/** One way to break a part of the whole. */
export interface Fault {
  readonly name: string;
  /** Two faults that share a target never come at one time, and recovery is awaited between them. */
  readonly targets: readonly string[];
  readonly action: Action;
  /** Any of these names it; empty: nothing has to, `unnamed` says why. */
  readonly signs: readonly Sign[];
  readonly unnamed?: string;
  /** Alerts one of which has to fire when the fault lasts as long as a long one; empty: none. */
  readonly alerts: readonly string[];
  /** Seconds after which a sign has to be there. */
  readonly within: number;
}

const SOON = 45;
/** The broker's keep-alive is 30 s and is missed after one and a half of it. */
const KEEP_ALIVE = 75;
/** Deadlines of the log store (30 s), with a body to be sent first. */
const BY_DEADLINE = 60;

const fails = (collector: string): Sign => isZero('valtronics_collector_success', `collector="${collector}"`);
const SHIPPING = rises('valtronics_log_ship_failures_total');
const TRACES = [rises('valtronics_spans_export_failures_total')];
const NOTICES = [
  rises('valtronics_alert_notifications_failed_total'),
  isZero('prometheus_up', 'job="alertmanager"'),
];
const UNSEEN = [isZero('prometheus_up', 'job="valtronics-api"')];

const LINK_SIGNS: Readonly<Record<Linked, readonly Sign[]>> = {
  api: [fails('api')],
  broker: [isZero('valtronics_mqtt_connected'), fails('mqtt')],
  database: [fails('postgres')],
  redis: [isZero('valtronics_redis_up'), fails('redis')],
  'log-store': [SHIPPING],
  traces: TRACES,
  alertmanager: NOTICES,
};
const LINK_ALERTS: Readonly<Record<Linked, readonly string[]>> = {
  api: ['ApiDown'],
  broker: ['MqttBrokerDown'],
  database: ['DatabaseDown'],
  redis: ['RedisDown'],
  'log-store': [],
  traces: [],
  alertmanager: [],
};
/** Late answers are no failures where nothing waits for one answer. */
const LATE: Partial<Record<Linked, string>> = {
  broker: 'messages come late, and nobody waits for an answer',
  'log-store': 'its deadline is longer than the delay',
  traces: 'its deadline is longer than the delay',
  alertmanager: 'its deadline is longer than the delay',
};

function linkFaults(part: Linked): Fault[] {
  return (['refuse', 'hang', 'delay', 'cut'] as const).map((mode) => {
    const late = mode === 'delay' ? LATE[part] : undefined;
    const hangs = mode === 'hang';
    return {
      name: `${part} ${mode}`,
      targets: [part],
      action: { do: 'link', part, mode },
      signs: late === undefined ? LINK_SIGNS[part] : [],
      ...(late === undefined ? {} : { unnamed: late }),
      alerts: late === undefined ? LINK_ALERTS[part] : [],
      within: hangs && part === 'broker' ? KEEP_ALIVE : part === 'log-store' ? BY_DEADLINE : SOON,
    };
  });
}

function serverFault(server: Server, how: 'restart' | 'kill' | 'freeze'): Fault {
  return {
    name: `${server} ${how}`,
    targets: [server],
    action: { do: how, server },
    signs: LINK_SIGNS[server],
    alerts: LINK_ALERTS[server],
    within: how === 'freeze' && server === 'broker' ? KEEP_ALIVE : SOON,
  };
}

const platform = (
  what: Extract<Action, { do: 'platform' }>['what'],
  targets: readonly Linked[],
  signs: readonly Sign[],
): Fault => ({
  name: `platform ${what}`,
  targets,
  action: { do: 'platform', what },
  signs,
  alerts: what === 'database-down' ? LINK_ALERTS.database : what === 'api-down' ? LINK_ALERTS.api : [],
  within: SOON,
});

const answers = (part: 'log-store' | 'traces', status: 429 | 503): Fault => ({
  name: `${part} answers ${status}`,
  targets: [part],
  action: { do: 'answer', part, status },
  signs: LINK_SIGNS[part],
  alerts: [],
  within: SOON,
});

const exporter = (how: ExporterEnd): Fault => ({
  name: `exporter ${how}`,
  targets: ['exporter'],
  action: { do: 'exporter', how },
  signs: how === 'bounce' ? [] : UNSEEN,
  ...(how === 'bounce' ? { unnamed: 'it is back before anybody asks' } : {}),
  alerts: how === 'kill' || how === 'freeze' ? ['ExporterDown'] : [],
  within: SOON,
});

const rotation = (how: 'rename' | 'copytruncate'): Fault => ({
  name: `log rotation by ${how}`,
  targets: ['witness log'],
  action: { do: 'rotate', how },
  signs: [],
  unnamed: 'no fault as long as no line is lost',
  alerts: [],
  within: SOON,
});

const clock = (seconds: number): Fault => ({
  name: `clock ${seconds > 0 ? '+' : '−'}${Math.abs(seconds)} s`,
  targets: ['clock'],
  action: { do: 'clock', seconds },
  signs: [],
  unnamed: 'no fault as long as nothing goes wrong by it',
  alerts: [],
  within: SOON,
});

/** Everything that the soak can do to the whole. */
export const FAULTS: readonly Fault[] = [
  ...LINKED.flatMap(linkFaults),
  ...(['broker', 'redis', 'alertmanager'] as const).flatMap((server) => [
    serverFault(server, 'restart'),
    serverFault(server, 'freeze'),
  ]),
  serverFault('redis', 'kill'),
  serverFault('alertmanager', 'kill'),
  platform('database-down', ['database', 'api'], [fails('postgres')]),
  platform('api-500', ['api'], [isZero('valtronics_api_endpoint_success')]),
  platform('api-down', ['api'], [fails('api')]),
  answers('log-store', 429),
  answers('log-store', 503),
  answers('traces', 503),
  ...(['kill', 'bounce', 'restart', 'freeze'] as const).map(exporter),
  ...(['rename', 'copytruncate'] as const).map(rotation),
  {
    name: 'full disk',
    targets: ['disk'],
    action: { do: 'fill-disk' },
    signs: [isZero('valtronics_alert_store_up'), rises('exporter_log_lines', 'cannot be written')],
    alerts: [],
    within: SOON,
  },
  clock(90),
  clock(-90),
];
