/** A recording rule as it was written. */
export interface RecordingRule {
  readonly kind: 'recording';
  /** Name of the metric that it makes. */
  readonly name: string;
  readonly expression: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** An alerting rule as it was written. */
export interface AlertingRule {
  readonly kind: 'alerting';
  readonly name: string;
  readonly expression: string;
  /** How long the condition has to hold, milliseconds. */
  readonly holdFor: number;
  /** How long it goes on firing when the condition no longer holds, milliseconds. */
  readonly keepFiringFor: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export type Rule = RecordingRule | AlertingRule;

/** Rules that are evaluated one after another, at one moment. */
export interface RuleGroup {
  readonly name: string;
  /** Where it is written, for messages. */
  readonly origin: string;
  /** Milliseconds; undefined: as often as all. */
  readonly interval: number | undefined;
  /** How far in the past the rules look at the samples, milliseconds. */
  readonly queryOffset: number;
  /** Most alerts or series that one rule may give; 0: as many as there are. */
  readonly limit: number;
  readonly rules: readonly Rule[];
}
