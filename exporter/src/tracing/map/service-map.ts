export const NODE_TYPES = ['client', 'gateway', 'service', 'database', 'cache', 'broker', 'devices'] as const;
export type NodeType = (typeof NODE_TYPES)[number];

/** Who calls or is called. */
export interface MapNode {
  readonly id: string;
  /** Name for people. */
  readonly title: string;
  readonly type: NodeType;
  /** Calls to it a second; null where nobody measures them. */
  readonly rate: number | null;
  /** Share of them that failed, 0 to 1. */
  readonly errorRate: number | null;
  /** Milliseconds in which 95 of 100 of them were done. */
  readonly p95Ms: number | null;
  /** How many there are, of a node that stands for devices of one type. */
  readonly devices?: number;
}

export const EDGE_KINDS = ['calls', 'messages'] as const;
export type EdgeKind = (typeof EDGE_KINDS)[number];

/** Why what is measured at other times is not now. */
export const UNMEASURED = ['broker_away'] as const;
export type Unmeasured = (typeof UNMEASURED)[number];

/** Calls from one node to another, or messages. */
export interface MapEdge {
  /** Ids of nodes. */
  readonly client: string;
  readonly server: string;
  readonly kind: EdgeKind;
  /** Null where there are figures, and where there never are. */
  readonly unmeasured: Unmeasured | null;
  /** A second; null where it is known that they talk, and nobody measures it. */
  readonly rate: number | null;
  /** Share that failed; of messages, of which something could not be used. */
  readonly errorRate: number | null;
  /** Null for messages: how long one takes nobody measures. */
  readonly p95Ms: number | null;
  readonly requests: number;
  readonly failed: number;
}

/** Who calls whom in a window of time. */
export interface ServiceMap {
  readonly nodes: readonly MapNode[];
  readonly edges: readonly MapEdge[];
  readonly windowSeconds: number;
}
