import type { UnusableList } from '../collectors/mqtt/unusable.ts';
import type { FleetOutput } from '../fleet/fleet.ts';
import type { Logger, LogLevel } from '../log/logger.ts';
import type { CollectorName, FamilyOwner } from '../metrics/family.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Tracer } from '../trace/tracer.ts';

/** What the HTTP side needs to know about a collector. Times are milliseconds since the epoch. */
export interface CollectorState {
  readonly name: CollectorName;
  /** Address of the source for people, without secrets. */
  readonly target: string;
  /** False until one attempt has ended, successful or not. */
  readonly attempted: boolean;
  readonly success: boolean;
  /** When the present run of successes or failures began; null or absent when nobody noted it. */
  readonly since?: number | null;
  readonly lastSuccess: number | null;
  readonly lastDurationSeconds: number;
  /** The last attempt's error in words; null after a success. */
  readonly lastError: string | null;
  readonly circuit: 'closed' | 'open' | 'half-open';
  /** Failed attempts in a row. */
  readonly failures: number;
  /** When a paused collector is tried again; null while its circuit is closed. */
  readonly nextTry: number | null;
}

/** Brings the values of all sources up to date. */
export interface ScrapeSource {
  /**
   * Resolves within `budgetMs` milliseconds with whatever is there by then. Concurrent calls share one collection.
   * With `owners` no source is asked that none of their families needs.
   */
  collect(budgetMs: number, owners?: ReadonlySet<FamilyOwner>): Promise<void>;
}

/** Health of one component, 0 to 100; null when it is not measured. */
export interface ComponentHealth {
  readonly component: string;
  readonly score: number | null;
  /** Why the score is what it is, in words. */
  readonly explanation: string;
}

/** Who runs: shown on the landing page. */
export interface BuildInfo {
  readonly version: string;
  readonly revision: string;
}

/** Everything that the HTTP side is made from: the composition root fills it in. */
export interface HttpDependencies {
  readonly source: ScrapeSource;
  readonly collectors: () => readonly CollectorState[];
  readonly fleet: Pick<FleetOutput, 'refresh' | 'list' | 'find' | 'counts' | 'series'>;
  /** What MQTT brought and nobody could use. */
  readonly unusable: () => UnusableList;
  readonly metrics: Pick<Metrics, 'snapshot' | 'counter' | 'histogram' | 'publish'>;
  readonly health: () => readonly ComponentHealth[];
  /** What does not work although the exporter runs, a sentence each: a full disk, a part that ended in the background. */
  readonly problems: () => Promise<readonly string[]>;
  /** Whether the settings leave the family of that name out of `/metrics`. */
  readonly isLeftOut: (family: string) => boolean;
  /** Reads the configuration again; rejects with a sentence for operators when it cannot be used. */
  readonly reload: () => Promise<void>;
  /** The bearer token of `/api`, when one is configured; asked at each request, so that a reload may change it. */
  readonly token: () => string | undefined;
  readonly build: BuildInfo;
  /** When the exporter started, milliseconds since the epoch. */
  readonly startedAt: number;
  readonly now: () => number;
  readonly logger: Logger;
  /** Of the settings at this moment. */
  readonly tracer: () => Tracer;
  /** The least severity of the exporter's own log, which can be changed while it runs. */
  readonly logLevel: { get(): LogLevel; set(level: LogLevel): void };
}
