import { API } from '../../trace/service-names.ts';
import type { MessageCount, MessageTraffic } from './message-traffic.ts';
import type { MapEdge } from './service-map.ts';
import { BROKER, deviceNodeOf, deviceNodes, OTHER_DEVICES, type Topology } from './topology.ts';

/** The minutes that are drawn, both included, and the time of now in milliseconds since the epoch. */
export interface MessageWindow {
  readonly first: number;
  readonly last: number;
  readonly now: number;
}

/** Minutes in which so little was listened say nothing of a rate. */
const LEAST_SECONDS = 1;

const NOBODY = { rate: null, errorRate: null, p95Ms: null, requests: 0, failed: 0 } as const;

/** Messages of devices by the node that stands for them: that of their type, else that of the rest. */
function byNode(topology: Topology, types: ReadonlyMap<string, MessageCount>): Map<string, MessageCount> {
  const nodes = new Map<string, MessageCount>();
  for (const { id } of deviceNodes(topology)) nodes.set(id, { messages: 0, failed: 0 });
  for (const [type, { messages, failed }] of types) {
    if (messages === 0) continue;
    const own = deviceNodeOf(type);
    const id = nodes.has(own) ? own : OTHER_DEVICES;
    const known = nodes.get(id);
    nodes.set(id, {
      messages: (known?.messages ?? 0) + messages,
      failed: (known?.failed ?? 0) + failed,
    });
  }
  return nodes;
}

/**
 * Who sends messages by way of the broker. Rates are of the time in which this process was subscribed; while it is
 * not, and before it ever was, nobody measures them. How long a message takes is measured by nobody, and whether the
 * platform's own could be used neither.
 */
export function messageEdges(topology: Topology, traffic: MessageTraffic, window: MessageWindow): MapEdge[] {
  const { exporter, api, broker } = topology;
  if (!broker) return [];
  const { first, last, now } = window;
  const seconds = traffic.seconds(first, last, now);
  const isAway = !traffic.isListening;
  const isMeasured = !isAway && seconds >= LEAST_SECONDS;
  const edge = (client: string, server: string, figures: Partial<MapEdge>): MapEdge => ({
    ...{ client, server, kind: 'messages' },
    ...NOBODY,
    ...(isMeasured ? figures : {}),
    unmeasured: isAway ? 'broker_away' : null,
  });
  const plain = (messages: number) => ({ rate: messages / seconds, requests: messages });
  const fromDevices = byNode(topology, isMeasured ? traffic.fromDevices(first, last) : new Map());
  return [
    ...(api ? [edge(API, BROKER, plain(traffic.toDevices(first, last)))] : []),
    edge(BROKER, exporter, plain(traffic.all(first, last))),
    ...[...fromDevices].map(([id, { messages, failed }]) =>
      edge(id, BROKER, {
        ...plain(messages),
        ...{ errorRate: messages === 0 ? 0 : failed / messages, failed },
      }),
    ),
  ];
}
