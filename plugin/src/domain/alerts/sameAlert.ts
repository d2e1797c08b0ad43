import type { AlertRow, Decision, Notice } from './alert';

type Texts = Readonly<Record<string, string>>;

function isSameTexts(a: Texts, b: Texts): boolean {
  if (a === b) return true;
  let rest = 0;
  for (const name in a) {
    if (a[name] !== b[name] || !Object.hasOwn(b, name)) return false;
    rest += 1;
  }
  for (const name in b) if (Object.hasOwn(b, name)) rest -= 1;
  return rest === 0;
}

function isSameList<T>(
  a: readonly T[],
  b: readonly T[],
  isSame: (one: T, other: T) => boolean = Object.is,
): boolean {
  return (
    a === b ||
    (a.length === b.length &&
      a.every((one, index) => {
        const other = b[index];
        return other !== undefined && isSame(one, other);
      }))
  );
}

function isSameDecision(a: Decision | null, b: Decision | null): boolean {
  if (a === null || b === null) return a === b;
  return a.at === b.at && a.by === b.by && a.comment === b.comment;
}

function isSameNotice(a: Notice, b: Notice): boolean {
  return a.at === b.at && a.state === b.state && a.receiver === b.receiver;
}

function isSameUnit(a: AlertRow['valueUnit'], b: AlertRow['valueUnit']): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a.kind === 'suffix') return b.kind === 'suffix' && a.suffix === b.suffix;
  return a.kind === b.kind;
}

/** True when both rows say the same of an alert. */
export function isSameAlert(a: AlertRow, b: AlertRow): boolean {
  return (
    a.fingerprint === b.fingerprint &&
    a.state === b.state &&
    a.value === b.value &&
    a.startsAt === b.startsAt &&
    a.endsAt === b.endsAt &&
    a.name === b.name &&
    a.severity === b.severity &&
    a.suppressed === b.suppressed &&
    a.raisedBy === b.raisedBy &&
    a.raisedCount === b.raisedCount &&
    a.flappingSince === b.flappingSince &&
    a.generatorUrl === b.generatorUrl &&
    a.summary === b.summary &&
    isSameUnit(a.valueUnit, b.valueUnit) &&
    isSameDecision(a.acknowledgement, b.acknowledgement) &&
    isSameDecision(a.resolution, b.resolution) &&
    isSameList(a.origins, b.origins) &&
    isSameList(a.routedBy, b.routedBy) &&
    isSameList(a.silencedBy, b.silencedBy) &&
    isSameList(a.inhibitedBy, b.inhibitedBy) &&
    isSameList(a.maintenance, b.maintenance) &&
    isSameList(a.receivers, b.receivers) &&
    isSameList(a.notified, b.notified, isSameNotice) &&
    isSameTexts(a.labels, b.labels) &&
    isSameTexts(a.annotations, b.annotations)
  );
}
