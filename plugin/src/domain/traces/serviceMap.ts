import type { TraceSource } from './traceSummary';

export const NODE_TYPES = ['client', 'gateway', 'service', 'database', 'cache', 'broker', 'devices'] as const;
export type MapNodeType = (typeof NODE_TYPES)[number];

/** How often, how well and how fast; null where it is known that they talk, and nobody measures it. */
export interface Traffic {
  /** Requests a second. */
  readonly rate: number | null;
  /** Share of failed ones, 0 to 1. */
  readonly errorRate: number | null;
  /** Milliseconds that 95 of 100 are faster than; null too when there were too few to tell. */
  readonly p95: number | null;
}

/** Somebody who takes part in the platform. */
export interface MapNode extends Traffic {
  readonly id: string;
  readonly title: string;
  readonly type: MapNodeType;
  /** How many devices it stands for; null for everything else. */
  readonly devices: number | null;
}

/** Calls from one node to another by their ids, or MQTT messages. */
export interface MapEdge extends Traffic {
  readonly client: string;
  readonly server: string;
  /** Of messages those have failed of which something could not be used; how long they take nobody measures. */
  readonly kind: 'calls' | 'messages';
  /** Why there are no figures now, of what is measured at other times. */
  readonly unmeasured: 'broker_away' | null;
  readonly requests: number;
  readonly failed: number;
}

/** Who calls whom. */
export interface ServiceMap {
  readonly nodes: readonly MapNode[];
  readonly edges: readonly MapEdge[];
  /** How much time the figures are of, milliseconds. */
  readonly window: number;
  readonly source: TraceSource;
}
