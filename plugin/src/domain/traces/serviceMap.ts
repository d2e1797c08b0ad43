import type { TraceSource } from './traceSummary';

export const NODE_TYPES = ['client', 'gateway', 'service', 'database', 'cache', 'broker', 'devices'] as const;
export type MapNodeType = (typeof NODE_TYPES)[number];

/** How often, how well and how fast. */
interface Traffic {
  /** Requests a second. */
  readonly rate: number;
  /** Share of failed ones, 0 to 1. */
  readonly errorRate: number;
  /** Milliseconds that 95 of 100 are faster than; null when there were too few to tell. */
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

/** Calls from one node to another, by their ids. */
export interface MapEdge extends Traffic {
  readonly client: string;
  readonly server: string;
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
