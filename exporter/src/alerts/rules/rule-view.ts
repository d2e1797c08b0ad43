/** One set of labels for which a rule's condition holds. Times are milliseconds since the epoch. */
export interface RuleInstanceView {
  readonly labels: Readonly<Record<string, string>>;
  readonly state: 'pending' | 'firing';
  /** As Prometheus writes a sample's value, e.g. `0.25` or `+Inf`. */
  readonly value: string;
  /** Since when the condition holds. */
  readonly since: number;
}

/** An alerting rule as the exporter sees it now. */
export interface RuleView {
  readonly group: string;
  readonly name: string;
  /** PromQL as it was written. */
  readonly expression: string;
  readonly forSeconds: number;
  /** Labels and annotations as they were written, templates and all. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** `unknown`: it was not evaluated yet, or cannot be; then `lastError` says why. */
  readonly state: 'inactive' | 'pending' | 'firing' | 'unknown';
  readonly health: 'ok' | 'err' | 'unknown';
  readonly lastError: string | null;
  /** Milliseconds since the epoch; null before the first evaluation. */
  readonly lastEvaluation: number | null;
  readonly evaluationSeconds: number | null;
  readonly instances: readonly RuleInstanceView[];
}
