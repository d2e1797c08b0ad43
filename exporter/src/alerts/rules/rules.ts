import { hostname } from 'node:os';
import { type Clock, systemClock } from '../../base/clock.ts';
import { messageOf } from '../../base/errors.ts';
import type { Settings } from '../../config/schema.ts';
import type { Logger } from '../../log/logger.ts';
import {
  RULE_EVALUATIONS,
  RULE_FAILURES,
  RULE_OVERRUNS,
  RULES_DURATION,
  RULES_SERIES,
} from '../../metrics/catalogue/rules.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import type { ExpositionParts } from '../../metrics/scrape.ts';
import { createStateSaver } from '../../state/state-saver.ts';
import type { StateStore } from '../../state/state-store.ts';
import type { AlertStore } from '../store/store.ts';
import { createRuleEngine, type RuleEngine } from './engine/engine.ts';
import { type Plan, planRules } from './engine/plan.ts';
import { isProvided } from './engine/provided.ts';
import { loadRules } from './load/load.ts';
import { memoryDocument, restoreMemory, RULES_DOCUMENT } from './memory.ts';
import { createRuleReporter } from './report.ts';
import type { RuleView } from './rule-view.ts';
import { createSampleStore, type SampleStore } from './samples/sample-store.ts';
import { createScraper, type Scraper } from './samples/scraper.ts';
import { inTurns } from './turns.ts';

export interface RulesOptions {
  readonly settings: Pick<Settings, 'rules' | 'listen' | 'alertmanager' | 'total_shards'>;
  readonly store: AlertStore;
  /** Whether this exporter says what the rules come to, of several that share the store. Default: it does. */
  readonly isLeader?: () => boolean;
  /** Brings the values up to date within so many milliseconds. */
  readonly collect: (budget: number) => Promise<void>;
  /** What the exporter exposes now. */
  readonly expose: () => Promise<ExpositionParts>;
  readonly metrics: Metrics;
  readonly state: StateStore;
  readonly logger: Logger;
  readonly clock?: Clock;
}

/** Rules that the exporter evaluates itself, for installations without Prometheus. */
export interface Rules {
  /** The rules and how they stand; none before they were loaded. */
  views(): readonly RuleView[];
  /** Reads the rules and what an earlier run knew of them; what cannot be used is logged. Evaluates nothing yet. */
  load(): void;
  /** Begins to evaluate. */
  start(): void;
  /** Evaluates what is due, once; resolves when the store knows what came of it. */
  evaluate(): Promise<void>;
  stop(): Promise<void>;
}

/** How old a sample may be that an instant selector shows, milliseconds: Prometheus' default. */
const LOOKBACK = 300_000;

/** How often the alerts are written down although none has changed, milliseconds: a kill must not look like a long absence. */
const REMEMBER_INTERVAL = 60_000;

/** A wall clock that differs by so many milliseconds was set; less is what clocks drift and are corrected by. */
const STEP = 5000;

/** Longest wait for the sources, milliseconds. */
const COLLECTION = 9500;

/** The target's name as Prometheus would have it: the address where the exporter is scraped. */
export function instanceOf({ rules, listen }: Pick<Settings, 'rules' | 'listen'>): string {
  if (rules.instance !== undefined) return rules.instance;
  const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(listen) ?? [];
  return `${['', '0.0.0.0', '[::]'].includes(host) ? hostname() : host}:${port}`;
}

function announce(plan: Plan, problems: readonly string[], { settings, logger }: RulesOptions): void {
  for (const problem of problems) logger.error({ problem }, 'a rule file cannot be used');
  const rules = plan.groups.flatMap(({ group, rules: own }) => own.map((rule) => ({ group, ...rule })));
  for (const { group, rule, refusal } of rules)
    if (refusal !== undefined)
      logger.warn(
        { file: group.origin, group: group.name, rule: rule.name, reason: refusal },
        'a rule is not evaluated',
      );
  const refused = rules.filter(({ refusal }) => refusal !== undefined).length;
  logger.info({ rules: rules.length - refused, refused }, 'the exporter evaluates rules itself');
  if (settings.alertmanager.url !== undefined && settings.rules.files.length > 0)
    logger.warn(
      { setting: 'rules.files' },
      'rules.files and alertmanager.url are both set: if Prometheus evaluates the same rules, unset rules.files',
    );
  if (settings.total_shards > 1)
    logger.warn(
      { setting: 'total_shards' },
      'this exporter sees a part of the fleet only: rules that add up or count are wrong, use Prometheus',
    );
}

/** What the loaded rules are evaluated with. */
interface Evaluation {
  readonly samples: SampleStore;
  readonly scraper: Scraper;
  readonly engine: RuleEngine;
}

/** Prepares the evaluation of the settings' rules; undefined when they name none. Reads no file yet. */
export function createRules(options: RulesOptions): Rules | undefined {
  const { settings, metrics, state, clock = systemClock, isLeader = () => true } = options;
  const {
    files,
    own,
    interval,
    history,
    max_series: maxSeries,
    max_samples: maxSamples,
    left_open_ranges: leftOpen,
    job,
  } = settings.rules;
  if (files.length === 0 && own.length === 0) return undefined;
  const logger = options.logger.child({ part: 'rules' });
  const instance = instanceOf(settings);
  const reporter = createRuleReporter(options.store, logger);
  const saver = createStateSaver(state, RULES_DOCUMENT, logger);
  const counters = {
    evaluations: metrics.counter(RULE_EVALUATIONS, {}),
    failures: metrics.counter(RULE_FAILURES, {}),
    overruns: metrics.counter(RULE_OVERRUNS, {}),
  };
  let savedVersion = 0;
  let savedAt = -Infinity;
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let loaded: Evaluation | undefined;
  let stopped = false;
  /** Where the wall clock stands beside the one that only rises. */
  let offset = clock.wall() - clock.monotonic();

  function prepare(): Evaluation {
    const { groups, problems } = loadRules(files, own);
    const plan = planRules(groups, { history, lookback: LOOKBACK, isProvided, job });
    const samples = createSampleStore({ keep: plan.keep, maxSeries, maxSamples });
    const engine = createRuleEngine({
      ...{ plan, store: samples, interval, lookback: LOOKBACK, leftOpen, logger },
      clock: clock.monotonic,
      // Texts name the address of Prometheus where rules come from; here the exporter is what answers.
      externalUrl: `http://${instance}`,
    });
    const scraper = createScraper(samples, { job, instance });
    announce(plan, problems, { ...options, logger });
    const restored = restoreMemory(state, engine, clock.wall());
    if (restored > 0)
      logger.info({ alerts: restored }, 'alerts that were pending or firing are taken up again');
    return { samples, scraper, engine };
  }

  function load(): Evaluation {
    return (loaded ??= prepare());
  }

  /** The moment of this round; what is kept moves along when somebody has set the wall clock. */
  function moment(engine: RuleEngine): number {
    const wall = clock.wall();
    const step = wall - clock.monotonic() - offset;
    if (Math.abs(step) < STEP) return wall;
    offset += step;
    engine.shift(step);
    logger.warn(
      { seconds: Math.round(step / 1000) },
      'the system’s clock was set: rules go on as if it had not been',
    );
    return wall;
  }

  function remember(engine: RuleEngine, at: number): void {
    const isDue = clock.monotonic() - savedAt >= REMEMBER_INTERVAL;
    const remembered = engine.remembered();
    if (engine.version() === savedVersion && !(isDue && remembered.length > 0)) return;
    savedVersion = engine.version();
    savedAt = clock.monotonic();
    saver.save(memoryDocument(remembered, at));
  }

  async function round({ samples, scraper, engine }: Evaluation): Promise<void> {
    await options.collect(Math.min(COLLECTION, interval * 0.6));
    const began = performance.now();
    const parts = await options.expose();
    const at = moment(engine);
    await inTurns(scraper.scrape(parts, at));
    const { evaluations, failures } = await inTurns(engine.evaluate(at));
    samples.endRound();
    if (stopped) return;
    if (isLeader()) await reporter.report(engine.firing(), at);
    remember(engine, at);
    counters.evaluations.inc(evaluations);
    counters.failures.inc(failures);
    metrics.publish(RULES_DURATION, [{ labels: {}, value: (performance.now() - began) / 1000 }]);
    metrics.publish(RULES_SERIES, [{ labels: {}, value: samples.size.series }]);
  }

  /** One round at a time: a call while one is under way waits for that one. */
  function evaluate(): Promise<void> {
    running ??= round(load()).finally(() => (running = undefined));
    return running;
  }

  function tick(): void {
    if (running !== undefined) {
      counters.overruns.inc();
      return;
    }
    evaluate().catch((error: unknown) => {
      logger.error({ error: messageOf(error) }, 'rules could not be evaluated; the next round tries again');
    });
  }

  return {
    views: () => loaded?.engine.views() ?? [],
    load: () => void load(),
    start: () => {
      if (stopped) return;
      tick();
      timer = setInterval(tick, interval);
    },
    evaluate,
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await running?.catch(() => undefined);
      if (loaded === undefined) return;
      // The moment of leaving counts: from it on, time is nobody's.
      saver.save(memoryDocument(loaded.engine.remembered(), clock.wall()));
      await saver.settled();
      for (const family of [RULES_DURATION, RULES_SERIES]) metrics.withdraw(family);
    },
  };
}
