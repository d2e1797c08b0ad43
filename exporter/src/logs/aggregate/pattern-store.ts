import { type LogEntry, type LogLevel, LOG_LEVELS } from '../entry.ts';
import { createMasker } from './masking.ts';
import { createPattern, type Pattern, patternId } from './pattern.ts';
import { createTemplateTree, type TemplateTree } from './template-tree.ts';

/** Shapes of messages whose pattern is remembered, for each service and level. */
const MOST_SHAPES = 4096;

/** Ids that a pattern is remembered by besides its own. */
const MOST_FORMER_IDS = 8;

/** What became of patterns that were forgotten. */
export interface Forgotten {
  patterns: number;
  entries: number;
}

/** The patterns of all services. */
export interface PatternStore {
  /** The pattern of the entry, made where there is none. `service` is the one to count for. Counts nothing. */
  mine(entry: LogEntry, service: string): Pattern;
  /**
   * Counts the entry into its pattern; `hour` undefined counts in no hour. True when no message of the service
   * followed it before.
   */
  count(entry: LogEntry, pattern: Pattern, hour: number | undefined): boolean;
  /** Patterns that have the id or had it before they became wider, over all services and levels. */
  withId(id: string): readonly Pattern[];
  /** The id by which a pattern goes now; the id itself when it is not known. */
  currentId(id: string): string;
  all(): Iterable<Pattern>;
  /** Patterns of a service that were forgotten because others came. */
  forgotten(): Forgotten;
}

export interface PatternStoreOptions {
  readonly patternsPerService: number;
  /** Patterns of an earlier run. */
  readonly patterns?: readonly Pattern[];
}

interface Group {
  readonly tree: TemplateTree;
  readonly seen: Map<number, Pattern>;
}

interface ServicePatterns {
  readonly groups: (Group | undefined)[];
  readonly patterns: Set<Pattern>;
}

const LEVEL_INDEX = new Map<LogLevel, number>(LOG_LEVELS.map((level, index) => [level, index]));

const seenAt = ({ timestamp, created }: LogEntry): number => Math.min(timestamp, created);

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? text;

/**
 * What is mined of an entry: of a request its method, path and class of status, of an exception its type and message
 * first.
 */
function minedText({ message, request, error }: LogEntry): string {
  if (request?.url !== undefined) {
    const { method = '', url, status } = request;
    const path = url.split('?', 1)[0] ?? url;
    return `${method} ${path}${status === undefined ? '' : ` ${Math.floor(status / 100)}xx`}`;
  }
  if (error === undefined || message.includes(error.type)) return message;
  return `${error.type}: ${firstLine(error.message)} (${firstLine(message)})`;
}

export function createPatternStore({ patternsPerService, patterns = [] }: PatternStoreOptions): PatternStore {
  const services = new Map<string, ServicePatterns>();
  const byId = new Map<string, Set<Pattern>>();
  const masker = createMasker();
  const forgotten: Forgotten = { patterns: 0, entries: 0 };
  let uses = 0;

  function file(id: string, pattern: Pattern): void {
    const known = byId.get(id);
    if (known === undefined) byId.set(id, new Set([pattern]));
    else known.add(pattern);
  }

  function unfile(id: string, pattern: Pattern): void {
    const known = byId.get(id);
    known?.delete(pattern);
    if (known?.size === 0) byId.delete(id);
  }

  /** Files a pattern that became wider under its new id; the oldest id is forgotten when it has too many. */
  function refile(pattern: Pattern): void {
    file(pattern.id, pattern);
    while (pattern.formerIds.length > MOST_FORMER_IDS) unfile(pattern.formerIds.shift() ?? '', pattern);
  }

  function serviceOf(name: string): ServicePatterns {
    const known = services.get(name);
    if (known !== undefined) return known;
    const made: ServicePatterns = { groups: [], patterns: new Set() };
    services.set(name, made);
    return made;
  }

  function groupOf(service: ServicePatterns, level: LogLevel): Group {
    const index = LEVEL_INDEX.get(level) ?? 0;
    return (service.groups[index] ??= { tree: createTemplateTree(), seen: new Map() });
  }

  function forget(pattern: Pattern, service: ServicePatterns): void {
    pattern.gone = true;
    service.patterns.delete(pattern);
    groupOf(service, pattern.level).tree.remove(pattern);
    for (const id of [pattern.id, ...pattern.formerIds]) unfile(id, pattern);
    forgotten.patterns++;
    forgotten.entries += pattern.count;
  }

  function insert(pattern: Pattern, service: ServicePatterns): void {
    if (service.patterns.size >= patternsPerService) {
      let oldest = pattern;
      for (const candidate of service.patterns)
        if (oldest === pattern || candidate.usedAt < oldest.usedAt) oldest = candidate;
      forget(oldest, service);
    }
    service.patterns.add(pattern);
    groupOf(service, pattern.level).tree.insert(pattern);
    for (const id of [pattern.id, ...pattern.formerIds]) file(id, pattern);
  }

  function sameTemplate(words: readonly string[], name: string, level: LogLevel) {
    const candidates = [...(byId.get(patternId(words)) ?? [])];
    const pattern = candidates.find((one) => one.service === name && one.level === level);
    return pattern === undefined ? undefined : { pattern, widened: false };
  }

  /** The pattern of what was scanned last, which no message of this shape had yet. */
  function place(entry: LogEntry, name: string, service: ServicePatterns, text: string): Pattern {
    const masked = masker.masked();
    // Paths have most of their parts in common and are different things all the same.
    const isExact = entry.request?.url !== undefined;
    const match = isExact
      ? sameTemplate(masked.words, name, entry.level)
      : groupOf(service, entry.level).tree.match(masked.words);
    if (match !== undefined) {
      if (match.widened) refile(match.pattern);
      return match.pattern;
    }
    const { level, dataset } = entry;
    const at = seenAt(entry);
    const pattern = createPattern({ ...masked, service: name, level, dataset, message: text, at });
    insert(pattern, service);
    return pattern;
  }

  /** The pattern that an entry was found to follow before: looking that up is cheaper than mining it again. */
  function minedBefore({ pattern: id, level }: LogEntry, name: string): Pattern | undefined {
    for (const pattern of byId.get(id ?? '') ?? [])
      if (pattern.service === name && pattern.level === level) return pattern;
    return undefined;
  }

  function mine(entry: LogEntry, name: string): Pattern {
    if (entry.pattern !== undefined) {
      const pattern = minedBefore(entry, name);
      if (pattern !== undefined) return pattern;
    }
    const service = serviceOf(name);
    const { seen } = groupOf(service, entry.level);
    const text = minedText(entry);
    const shape = masker.scan(text);
    const known = seen.get(shape);
    const pattern = known?.gone === false ? known : place(entry, name, service, text);
    if (known !== pattern) {
      if (seen.size >= MOST_SHAPES) seen.clear();
      seen.set(shape, pattern);
    }
    pattern.usedAt = ++uses;
    return pattern;
  }

  function count(entry: LogEntry, pattern: Pattern, hour: number | undefined): boolean {
    const isNew = pattern.count === 0 && !hasCounted(pattern);
    const at = seenAt(entry);
    pattern.count++;
    if (at > pattern.lastSeen) pattern.lastSeen = at;
    else if (at < pattern.firstSeen) pattern.firstSeen = at;
    if (hour !== undefined) pattern.hours.add(hour, 0);
    return isNew;
  }

  /** Whether the service counted the same template before, at whatever level. */
  function hasCounted({ id, service }: Pattern): boolean {
    return [...(byId.get(id) ?? [])].some((known) => known.service === service && known.count > 0);
  }

  for (const pattern of patterns) {
    insert(pattern, serviceOf(pattern.service));
    pattern.usedAt = ++uses;
  }

  return {
    mine,
    count,
    withId: (id) => [...(byId.get(id) ?? [])],
    currentId: (id) => {
      const known = byId.get(id);
      if (known === undefined) return id;
      for (const pattern of known) if (pattern.id === id) return id;
      for (const pattern of known) return pattern.id;
      return id;
    },
    *all() {
      for (const service of services.values()) yield* service.patterns;
    },
    forgotten: () => ({ ...forgotten }),
  };
}
