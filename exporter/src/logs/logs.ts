import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../base/clock.ts';
import { messageOf } from '../base/errors.ts';
import { parseListenAddress } from '../base/listen-address.ts';
import type { LogSource } from '../config/log-sections.ts';
import type { Settings } from '../config/schema.ts';
import type { Logger } from '../log/logger.ts';
import { identityKey } from '../log-tail/file-identity.ts';
import { parseLedgerEntry } from '../log-tail/position-ledger.ts';
import { LOG_DROPPED } from '../metrics/catalogue/logs.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { StoreError } from '../state/sqlite/errors.ts';
import { createStateSaver } from '../state/state-saver.ts';
import type { StateStore } from '../state/state-store.ts';
import { API, GATEWAY } from '../trace/service-names.ts';
import { NO_TRACER, type Tracer } from '../trace/tracer.ts';
import { type Aggregate, createAggregate } from './aggregate/aggregate.ts';
import { logDocumentSchema } from './aggregate/document.ts';
import type { LogEntry } from './entry.ts';
import { createLogFiles, type LogFiles, type SourceReport } from './files/log-files.ts';
import { createIntake, type Intake, type TakeEntries } from './intake/intake.ts';
import { createJournal, type Journal, type JournalAnswer } from './journal/journal.ts';
import { createSyslogListener, type SyslogListener } from './syslog/syslog-listener.ts';
import { createLogShipping, type LogShipping } from './shipping/log-shipping.ts';

export interface LogsOptions {
  readonly settings: Pick<Settings, 'logs' | 'log' | 'elasticsearch' | 'gateway'>;
  /** Folder of the queue's file `logs.db`. */
  readonly stateFolder: string;
  readonly state: StateStore;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly tracer?: Tracer;
}

/** The log lines of the platform: read, understood, counted, kept. */
export interface Logs {
  /** Undefined before the start. */
  aggregate(): Aggregate | undefined;
  /** Where others send entries; undefined before the start. */
  intake(): Intake | undefined;
  readonly journal: Journal;
  /** Undefined without a log store. */
  readonly shipping: LogShipping | undefined;
  sources(): readonly SourceReport[];
  /** What does not work now, one sentence each. */
  problems(): readonly string[];
  start(): void;
  /** Brings the metrics up to date. */
  update(): void;
  stop(): Promise<void>;
}

/** Name of the document with the counts and patterns. */
const STATE_NAME = 'logs';
/** Between two writes of that document, milliseconds. */
const SAVE_INTERVAL = 60_000;
/** A position is forgotten so long after its file was last read, milliseconds. */
const KEEP_POSITIONS = 90 * 24 * 60 * 60 * 1000;

/** The access log of a gateway in this process, unless one of the sources has it. */
function gatewayLog({ gateway }: LogsOptions['settings'], sources: readonly LogSource[]): LogSource[] {
  const { listen, access_log: path } = gateway;
  if (listen === undefined || path === undefined) return [];
  const isRead = sources.some(({ paths }) => paths.includes(path));
  return isRead ? [] : [{ service: GATEWAY, paths: [path] }];
}

/** Access logs of the API, whose lines the collector counts, are lines of a service, too. */
function sourcesOf(settings: LogsOptions['settings']): LogSource[] {
  const { logs, log } = settings;
  const ofApi = log.paths.length === 0 ? [] : [{ service: API, paths: log.paths }];
  const sources = [...logs.sources, ...ofApi];
  return [...sources, ...gatewayLog(settings, sources)];
}

/** What the log subsystem has while it runs. */
interface Running {
  readonly aggregate: Aggregate;
  readonly intake: Intake;
  readonly files: LogFiles;
  /** Resolves when what is left of an earlier run was read and the files are followed. */
  readonly begun: Promise<void>;
  readonly saving: NodeJS.Timeout;
}

/** What takes syslog messages in, where that is wanted. */
function syslogOf(
  { settings: { logs }, metrics, logger, clock }: LogsOptions,
  take: TakeEntries,
): SyslogListener | undefined {
  if (logs.syslog_listen === undefined) return undefined;
  return createSyslogListener({
    listen: parseListenAddress(logs.syslog_listen),
    ...{ take, clock, logger: logger.child({ part: 'syslog' }) },
    mask: { emails: logs.mask_emails },
    onDrop: (messages) => metrics.counter(LOG_DROPPED, { reason: 'syslog_full' }).inc(messages),
  });
}

export function createLogs(options: LogsOptions): Logs {
  const { settings, stateFolder, state, metrics, logger, clock, tracer = NO_TRACER } = options;
  const { logs, elasticsearch } = settings;
  const saver = createStateSaver(state, STATE_NAME, logger);
  const journal = createJournal({
    path: join(stateFolder, 'logs.db'),
    clock,
    maxBytes: logs.queue_max_bytes,
    whenFull: logs.queue_full,
    shipping: elasticsearch.url !== undefined,
    keepNewest: logs.buffer_entries,
    logger,
    onDrop: (reason, entries) => metrics.counter(LOG_DROPPED, { reason }).inc(entries),
  });
  const shipping = createLogShipping({
    ...{ settings, journal, metrics, clock, logger, tracer },
    patternIds: (pattern) => running?.aggregate.patternIds(pattern) ?? [pattern],
  });
  let running: Running | undefined;
  let stopped = false;
  /** Why the last entries were refused; undefined when they were taken. */
  let refused: string | undefined;
  /** What is left of the last run comes first. */
  let isRefilled = false;
  const takeSent: TakeEntries = (entries) => isRefilled && take(entries).accepted;
  const syslog = syslogOf(options, takeSent);
  /** Why no syslog messages are taken in; undefined when they are, or are not wanted. */
  let syslogProblem: string | undefined;

  /** Keeps entries with the pattern that each follows; what was not kept is not counted. */
  function take(
    entries: readonly LogEntry[],
    positions: Readonly<Record<string, unknown>> = {},
  ): JournalAnswer {
    if (running === undefined) throw new Error('the log subsystem has not started');
    const { aggregate } = running;
    const mined = entries.map(aggregate.mine);
    const answer = journal.append({ entries: mined.map(({ entry }) => entry), positions });
    refused = answer.accepted ? undefined : answer.message;
    if (answer.accepted) for (const entry of mined) aggregate.add(entry);
    return answer;
  }

  function save({ aggregate }: Running): void {
    saver.save(aggregate.document());
  }

  /** Positions of files that have been gone for long. */
  function forgetPositions(): void {
    const since = clock.wall() - KEEP_POSITIONS;
    const old = [...journal.positions()].filter(
      ([, stored]) => (parseLedgerEntry(stored)?.seen ?? 0) < since,
    );
    if (old.length > 0)
      journal.append({ entries: [], positions: Object.fromEntries(old.map(([key]) => [key, null])) });
  }

  /** The buffer is filled again in pieces: what waits meanwhile is served in between. */
  async function begin(aggregate: Aggregate, files: LogFiles): Promise<void> {
    try {
      for (const entries of journal.newest(logs.buffer_entries)) {
        aggregate.refill(entries);
        await nextTurn();
        if (stopped) return;
      }
      forgetPositions();
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      logger.error({ error: error.message }, 'log entries of the last run cannot be read');
    }
    isRefilled = true;
    files.start();
    shipping?.start();
    try {
      await syslog?.start();
    } catch (error) {
      syslogProblem = messageOf(error);
      logger.error({}, syslogProblem);
    }
  }

  return {
    journal,
    shipping,
    aggregate: () => running?.aggregate,
    intake: () => running?.intake,
    sources: () => running?.files.reports() ?? [],
    problems: () => [
      ...(refused === undefined ? [] : [`log entries are not kept: ${refused}`]),
      ...(syslogProblem === undefined ? [] : [syslogProblem]),
    ],
    start: () => {
      const document = logDocumentSchema.safeParse(state.read(STATE_NAME)).data;
      const { buffer_entries: capacity, patterns_per_service: patternsPerService } = logs;
      const aggregate = createAggregate({ capacity, patternsPerService, clock, metrics, document });
      const files = createLogFiles({
        sources: sourcesOf(settings),
        startAt: logs.start_at,
        maxLineBytes: logs.max_line_bytes,
        maskEmails: logs.mask_emails,
        keep: (source, { entries, position }) => {
          const answer = take(entries, { [`${source}\t${identityKey(position)}`]: position });
          if (!answer.accepted) throw new Error(answer.message);
        },
        kept: (source) =>
          [...journal.positions()].flatMap(([key, position]) =>
            key.startsWith(`${source}\t`) ? (parseLedgerEntry(position) ?? []) : [],
          ),
        ...{ state, logger, clock },
      });
      const intake = createIntake({
        take: takeSent,
        mask: { emails: logs.mask_emails },
        clock,
        tracer,
      });
      const saving = setInterval(() => running && save(running), SAVE_INTERVAL).unref();
      running = { aggregate, intake, files, saving, begun: begin(aggregate, files) };
    },
    update: () => {
      running?.aggregate.update();
      shipping?.update();
    },
    stop: async () => {
      stopped = true;
      if (running !== undefined) {
        clearInterval(running.saving);
        await running.begun;
        await syslog?.stop();
        await running.files.stop();
        save(running);
        running.aggregate.withdraw();
        await shipping?.stop();
      }
      await saver.settled();
      journal.close();
    },
  };
}
