/** Whose rule it is: Prometheus' own, Grafana's, or the exporter's (for installations without Prometheus). */
export const RULE_ORIGINS = ['prometheus', 'grafana', 'exporter'] as const;
export type RuleOrigin = (typeof RULE_ORIGINS)[number];

export const RULE_STATES = ['inactive', 'pending', 'firing', 'recovering', 'unknown'] as const;
export type RuleState = (typeof RULE_STATES)[number];

/** One instance of a rule whose condition holds. */
export interface RuleInstance {
  readonly labels: Readonly<Record<string, string>>;
  /** `nodata`, `error` and `recovering` are Grafana's: it fires all the same. */
  readonly state: 'pending' | 'firing' | 'nodata' | 'error' | 'recovering';
  /** As the engine writes it. */
  readonly value: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** The rule's annotations with the values put in, where the engine gives them. */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** An alerting rule as its engine sees it now. */
export interface AlertRule {
  readonly origin: RuleOrigin;
  readonly group: string;
  readonly name: string;
  /** PromQL; for Grafana's rules the query that Grafana shows. */
  readonly expression: string;
  readonly holdSeconds: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly state: RuleState;
  /** `ok`, `err`, `unknown`; of Grafana also `error` and `nodata`. */
  readonly health: string;
  readonly lastError: string | undefined;
  /** Milliseconds since the epoch; null before the first evaluation. */
  readonly lastEvaluation: number | null;
  readonly evaluationSeconds: number | null;
  readonly instances: readonly RuleInstance[];
}
