import {
  type Actor,
  type Alert,
  type AlertContent,
  type AlertSource,
  type AlertState,
  type Decision,
  system,
} from '../alert.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { acknowledge, raise, type Raised, resolve, TransitionError } from '../transitions.ts';
import type { Database, Sql } from './sql.ts';
import { type Attributes, NO_TRACER, type Tracer } from '../../trace/tracer.ts';
import { flappingSince } from '../flapping/flapping.ts';
import { StoreFullError } from './errors.ts';
import { dueForEscalation, type EscalationPolicy, markEscalated } from './escalate.ts';
import { type ToldNotice, toldNotices } from './notified.ts';
import { type HistoryLimits, pruneHistory } from './prune.ts';
import {
  type AlertPage,
  type AlertQuery,
  type AuditEntry,
  alertsBegunBetween,
  auditOf,
  expiredAlerts,
  listAlerts,
  newestChange,
  newestOfDevice,
  openAlerts,
  openAlertsOf,
} from './queries.ts';
import { insertAlert, insertHistory, newestAlert, type StoredAlert, updateAlert } from './rows.ts';
import {
  type AlertCount,
  type AlertStatistics,
  countAlerts,
  countOpen,
  oldestUnacknowledged,
  readStatistics,
} from './statistics.ts';

/** What was done to an alert: a word of the audit log. */
export type AlertAction = 'raised' | 'acknowledged' | 'escalated' | 'resolved';

/** A change of the store, told inside its transaction: what the listener writes becomes durable with it. */
export type ChangeListener = (
  sql: Sql,
  action: AlertAction,
  stored: StoredAlert,
  now: number,
) => Promise<void>;

export interface AlertStoreOptions {
  readonly database: Database;
  /** Labels that Prometheus adds to everything: left out of fingerprints. */
  readonly externalLabels: readonly string[];
  readonly limits: HistoryLimits;
  /** Most open alerts; more are refused. */
  readonly maxOpen: number;
  readonly onChange?: ChangeListener;
  /** Called once a change is on disk. */
  readonly onChanged?: () => void;
  readonly tracer?: Tracer;
}

/** What one source says at one moment. */
export interface Report {
  readonly source: AlertSource;
  readonly firing: readonly AlertContent[];
  /** Alerts whose cause is gone, with when it went by the source's own clock; without a time it is gone now. */
  readonly gone: readonly { readonly fingerprint: string; readonly at?: number | undefined }[];
  /** Why they are gone, for the audit log. */
  readonly comment: string;
  readonly by: Actor;
  readonly now: number;
}

/** What became of a report. */
export interface Reported {
  /** The firing ones as they are now, in the order of the report. */
  readonly alerts: readonly Alert[];
  /** How many of the others were open and are resolved now. */
  readonly resolved: number;
}

/** What became of one of several decisions: the alert as it is now, or why it was refused. */
export type Decided =
  | { readonly fingerprint: string; readonly alert: Alert; readonly error: null }
  | { readonly fingerprint: string; readonly alert: null; readonly error: string };

export type DecidedAction = 'acknowledged' | 'resolved';

/** Every method may reject with a StoreError; what resolved is on disk. Times are milliseconds since the epoch. */
export interface AlertStore {
  fingerprint(labels: Readonly<Record<string, string>>): string;
  /**
   * Takes a report in, in one transaction. Ends only alerts that are open and belong to the source. Rejects with a
   * StoreFullError when there was no room for some new alerts: the rest of the report is stored.
   */
  report(report: Report): Promise<Reported>;
  /**
   * Undefined for an unknown fingerprint; rejects with a TransitionError when its state does not allow it, or when
   * somebody else has acknowledged it and this does not replace that.
   */
  acknowledge(fingerprint: string, decision: Decision, replaces?: boolean): Promise<Alert | undefined>;
  resolve(fingerprint: string, decision: Decision): Promise<Alert | undefined>;
  /** The same decision about many alerts, each once, in one transaction; one that is refused stops no other. */
  decide(
    action: DecidedAction,
    fingerprints: readonly string[],
    decision: Decision,
    replaces?: boolean,
  ): Promise<Decided[]>;
  /**
   * Escalates some of the critical alerts that are due and that `isCovered` does not except: told again, noted in
   * the audit log, in one transaction. Returns them; none when none is left.
   */
  escalate(policy: EscalationPolicy, isCovered: (alert: Alert) => boolean, now: number): Promise<Alert[]>;
  /** What receivers were told of the newest alert of the fingerprint: the newest of each receiver and kind. */
  told(fingerprint: string): Promise<ToldNotice[]>;
  /** The newest alert of the fingerprint. */
  find(fingerprint: string): Promise<Alert | undefined>;
  /** The open alerts of the source by fingerprint, with their states; but for those that `except` raised. */
  open(source: AlertSource, except?: string): Promise<ReadonlyMap<string, AlertState>>;
  /** The open alerts of the source as they are. */
  openAlerts(source: AlertSource): Promise<Alert[]>;
  /** Alerts that began between the moments, both included, the last first. */
  begunBetween(from: number, to: number, most: number): Promise<Alert[]>;
  /** Since when alerts go on and off, milliseconds since the epoch, by fingerprint. */
  flapping(): Promise<ReadonlyMap<string, number>>;
  /** Fingerprints of some open alerts of the source whose time is over. */
  expired(source: AlertSource, now: number, most: number): Promise<string[]>;
  /** The newest alert of the source about the device and of the type, open or not. */
  newestOfDevice(source: AlertSource, deviceId: string, alertType: string): Promise<Alert | undefined>;
  /** In steps, between which others may work. */
  list(what: 'current' | 'history', query: AlertQuery): Promise<AlertPage>;
  audit(fingerprint: string, limit: number): Promise<AuditEntry[]>;
  statistics(now: number): Promise<AlertStatistics>;
  counts(): Promise<AlertCount[]>;
  oldestUnacknowledged(): Promise<{ readonly severity: string; readonly since: number }[]>;
  /** Removes what the history limits no longer keep. */
  prune(now: number): Promise<number>;
  /** Why nothing can be written now; undefined when it can. */
  problem(): Promise<string | undefined>;
  close(): Promise<void>;
}

/** How often an alert that is merely still there is written, milliseconds: each writing costs a sync. */
const SEEN_INTERVAL = 300_000;

function sizesOf({ source, firing, gone }: Report): Attributes {
  return {
    'valtronics.alerts.source': source,
    'valtronics.alerts.firing': firing.length,
    'valtronics.alerts.gone': gone.length,
  };
}

export function createAlertStore(options: AlertStoreOptions): AlertStore {
  const { database, limits, maxOpen, onChange, onChanged, tracer = NO_TRACER } = options;
  const external = new Set(options.externalLabels);

  /**
   * Open alerts as they were read last, until one is raised or decided about, by this exporter or by another one of the
   * same store: sources ask at each look.
   */
  const openKnown = new Map<
    string,
    { readonly revision: number; readonly open: ReadonlyMap<string, AlertState> }
  >();

  /** Writes in which an alert was changed. */
  const changing = new WeakSet<Sql>();

  async function write<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    const { result, isChange } = await database.write(async (sql) => {
      const done = await work(sql);
      return { result: done, isChange: changing.has(sql) };
    });
    if (isChange) onChanged?.();
    return result;
  }

  async function recordChange(
    sql: Sql,
    action: AlertAction,
    stored: StoredAlert,
    decision: Decision,
  ): Promise<void> {
    await insertHistory(sql, action, stored.id, stored.alert.fingerprint, decision);
    openKnown.clear();
    changing.add(sql);
    await onChange?.(sql, action, stored, decision.at);
  }

  /** Undefined when it is a new one and there is no room for it. */
  async function raiseOne(
    sql: Sql,
    content: AlertContent,
    { by, now }: Pick<Report, 'by' | 'now'>,
    hasRoom: boolean,
  ): Promise<Raised | undefined> {
    const fingerprint = fingerprintOf(content.labels, external);
    const previous = await newestAlert(sql, fingerprint);
    const raised = raise(previous?.alert, fingerprint, content, now);
    if (raised.kind === 'new') {
      if (!hasRoom) return undefined;
      const id = await insertAlert(sql, raised.alert, by.name);
      await recordChange(sql, 'raised', { id, alert: raised.alert }, { by, at: now, comment: '' });
    } else if (previous !== undefined) {
      // A clock that was set back is no reason to wait.
      const due = Math.abs(raised.alert.lastSeen - previous.alert.lastSeen) >= SEEN_INTERVAL;
      if (raised.changed || due) await updateAlert(sql, { id: previous.id, alert: raised.alert });
    }
    return raised;
  }

  async function decideOne(
    sql: Sql,
    action: DecidedAction,
    fingerprint: string,
    decision: Decision,
    replaces: boolean,
  ): Promise<Alert | undefined> {
    const stored = await newestAlert(sql, fingerprint);
    if (stored === undefined) return undefined;
    const alert =
      action === 'acknowledged'
        ? acknowledge(stored.alert, decision, replaces)
        : resolve(stored.alert, decision);
    const next = { id: stored.id, alert };
    await updateAlert(sql, next);
    await recordChange(sql, action, next, decision);
    return next.alert;
  }

  async function tryOne(
    sql: Sql,
    action: DecidedAction,
    fingerprint: string,
    decision: Decision,
    replaces: boolean,
  ): Promise<Decided> {
    try {
      const alert = await decideOne(sql, action, fingerprint, decision, replaces);
      return alert === undefined
        ? { fingerprint, alert: null, error: `there is no alert ${fingerprint}` }
        : { fingerprint, alert, error: null };
    } catch (error) {
      if (!(error instanceof TransitionError)) throw error;
      return { fingerprint, alert: null, error: error.message };
    }
  }

  /** A report that arrives late, about an earlier alert of the fingerprint, ends nothing. */
  async function endOne(
    sql: Sql,
    { fingerprint, at }: Report['gone'][number],
    report: Report,
  ): Promise<boolean> {
    const stored = await newestAlert(sql, fingerprint);
    if (stored === undefined || stored.alert.state === 'resolved') return false;
    if (stored.alert.source !== report.source) return false;
    if (at !== undefined && at < stored.alert.sourceTime) return false;
    const decision = { by: report.by, at: Math.min(at ?? report.now, report.now), comment: report.comment };
    const next = { id: stored.id, alert: resolve(stored.alert, decision) };
    await updateAlert(sql, next);
    await recordChange(sql, 'resolved', next, { ...decision, at: report.now });
    return true;
  }

  async function take(report: Report): Promise<Reported> {
    const reported = await write(async (sql) => {
      let resolved = 0;
      for (const gone of report.gone) if (await endOne(sql, gone, report)) resolved += 1;
      let room = maxOpen - (await countOpen(sql));
      const alerts: Alert[] = [];
      for (const content of report.firing) {
        const one = await raiseOne(sql, content, report, room > 0);
        if (one?.kind === 'new') room -= 1;
        if (one !== undefined) alerts.push(one.alert);
      }
      return { alerts, resolved };
    });
    const refused = report.firing.length - reported.alerts.length;
    if (refused > 0) throw new StoreFullError(maxOpen, refused);
    return reported;
  }

  return {
    fingerprint: (labels) => fingerprintOf(labels, external),
    report: (report) => tracer.span('store alerts', { attributes: sizesOf(report) }, () => take(report)),
    acknowledge: (fingerprint, decision, replaces = false) =>
      write((sql) => decideOne(sql, 'acknowledged', fingerprint, decision, replaces)),
    resolve: (fingerprint, decision) =>
      write((sql) => decideOne(sql, 'resolved', fingerprint, decision, false)),
    decide: (action, fingerprints, decision, replaces = false) =>
      write(async (sql) => {
        const decided: Decided[] = [];
        for (const fingerprint of new Set(fingerprints))
          decided.push(await tryOne(sql, action, fingerprint, decision, replaces));
        return decided;
      }),
    escalate: async (policy, isCovered, now) => {
      const due = (sql: Sql): Promise<StoredAlert[]> => dueForEscalation(sql, policy, isCovered, now);
      // Looked at often and rarely due: the look must not begin a transaction.
      if ((await database.read(due)).length === 0) return [];
      return write(async (sql) => {
        const escalated = await due(sql);
        for (const stored of escalated) {
          await markEscalated(sql, stored.id, now);
          await recordChange(sql, 'escalated', stored, { by: system('escalation'), at: now, comment: '' });
        }
        return escalated.map(({ alert }) => alert);
      });
    },
    told: (fingerprint) => database.read((sql) => toldNotices(sql, fingerprint)),
    find: (fingerprint) => database.read(async (sql) => (await newestAlert(sql, fingerprint))?.alert),
    open: (source, except) =>
      database.read(async (sql) => {
        const key = `${source} ${except ?? ''}`;
        const revision = await newestChange(sql);
        const known = openKnown.get(key);
        if (known?.revision === revision) return known.open;
        const open = await openAlerts(sql, source, except);
        openKnown.set(key, { revision, open });
        return open;
      }),
    openAlerts: (source) => database.read((sql) => openAlertsOf(sql, source)),
    begunBetween: (...of) => database.read((sql) => alertsBegunBetween(sql, ...of)),
    flapping: () => database.read(flappingSince),
    expired: (...of) => database.read((sql) => expiredAlerts(sql, ...of)),
    newestOfDevice: (...of) => database.read((sql) => newestOfDevice(sql, ...of)),
    list: (what, query) => listAlerts(database, what, query),
    audit: (fingerprint, limit) => database.read((sql) => auditOf(sql, fingerprint, limit)),
    statistics: (now) => database.read((sql) => readStatistics(sql, now)),
    counts: () => database.read(countAlerts),
    oldestUnacknowledged: () => database.read(oldestUnacknowledged),
    prune: (now) => database.write((sql) => pruneHistory(sql, limits, now)),
    problem: () => database.problem(),
    close: async () => {
      openKnown.clear();
      await database.close();
    },
  };
}
