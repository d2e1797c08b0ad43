import type { FaultRecord } from './fault-record.ts';
import type { Figure } from './figures.ts';
import type { SoakOptions } from './options.ts';

/** A number that has to lie between two, with what lies between them and why it may. */
export interface Counted {
  readonly expected: number;
  readonly counted: number;
  /** What processes may have counted that ended before anybody looked. */
  readonly unseen: number;
  /** What QoS 1 allows to come twice. */
  readonly repeated: number;
}

/** All that a soak found, to be judged. */
export interface Outcome {
  readonly options: SoakOptions;
  /** Milliseconds in which faults were injected. */
  readonly lasted: number;
  readonly faults: readonly FaultRecord[];
  /** Faults that could not be injected here, with the reason. */
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
  readonly figures: readonly Figure[];
  /** What could not be broken or mended, in words. */
  readonly troubles: readonly string[];
  /** Looks that the exporter did not answer although it was meant to run. */
  readonly unanswered: number;
  readonly looks: number;
  /** How the exporter ended when nobody asked for it. */
  readonly ownEnds: readonly string[];
  readonly messages: Counted;
  /** How many more than the broker took were counted, by template of the topic; those that agree are left out. */
  readonly differences: Readonly<Record<string, number>>;
  readonly points: Counted;
  readonly lines: {
    readonly written: number;
    /** Numbers of the lines that never arrived, and of those that did more than once. */
    readonly missing: readonly number[];
    readonly doubled: readonly number[];
  };
  /** All entries that the exporter says to have shipped, and those in the store. */
  readonly entries: { readonly shipped: number; readonly stored: number };
  readonly alerts: {
    readonly raised: number;
    /** Numbers of those of which nobody was told, and of those whose end nobody was told. */
    readonly unheard: readonly number[];
    readonly unresolved: readonly number[];
    readonly repeated: number;
  };
  readonly spans: { readonly exported: number; readonly received: number };
  readonly devices: { readonly expected: number; readonly counted: number };
  /** What was given up, by metric. */
  readonly givenUp: Readonly<Record<string, number>>;
  /** What was not well at the end without a hand, in words; empty: all was. */
  readonly unwell: readonly string[];
  /** Milliseconds until all was well after the last fault; undefined: never. */
  readonly wellAfter: number | undefined;
}
