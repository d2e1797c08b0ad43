import { SILENCE_STATES, type AlertmanagerName, type Matcher, type Silence } from '../domain/alerts/silence';
import { asList, asObject, asOneOf, asText, asTexts, asTime } from './json';

/** An alert as Alertmanager holds it. Times are milliseconds since the epoch. */
export interface RoutedAlert {
  /** Alertmanager's own fingerprint: external labels count. */
  readonly fingerprint: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: number;
  readonly generatorUrl: string;
  readonly receivers: readonly string[];
  /** Ids of the silences that keep it quiet. */
  readonly silencedBy: readonly string[];
  /** Alertmanager's fingerprints of the alerts that inhibit it. */
  readonly inhibitedBy: readonly string[];
  /** True when nobody is told, for whatever reason: a mute time interval is one without a name in older versions. */
  readonly suppressed: boolean;
  readonly alertmanager: AlertmanagerName;
}

function readAlert(value: unknown, where: string, alertmanager: AlertmanagerName): RoutedAlert {
  const alert = asObject(value, where);
  const status = asObject(alert.status, `${where}.status`);
  return {
    fingerprint: asText(alert.fingerprint, `${where}.fingerprint`),
    labels: asTexts(alert.labels, `${where}.labels`),
    annotations: asTexts(alert.annotations ?? {}, `${where}.annotations`),
    startsAt: asTime(alert.startsAt, `${where}.startsAt`),
    generatorUrl: asText(alert.generatorURL ?? '', `${where}.generatorURL`),
    receivers: asList(alert.receivers ?? [], `${where}.receivers`, (entry, at) =>
      asText(asObject(entry, at).name, `${at}.name`),
    ),
    silencedBy: asList(status.silencedBy ?? [], `${where}.status.silencedBy`, asText),
    inhibitedBy: asList(status.inhibitedBy ?? [], `${where}.status.inhibitedBy`, asText),
    suppressed: status.state === 'suppressed',
    alertmanager,
  };
}

/** The alerts of `/api/v2/alerts`. Throws `ShapeError`. */
export function readRoutedAlerts(value: unknown, alertmanager: AlertmanagerName): RoutedAlert[] {
  return asList(value, 'alerts', (entry, where) => readAlert(entry, where, alertmanager));
}

function readMatcher(value: unknown, where: string): Matcher {
  const matcher = asObject(value, where);
  return {
    name: asText(matcher.name, `${where}.name`),
    value: asText(matcher.value, `${where}.value`),
    isRegex: matcher.isRegex === true,
    // Silences from before Alertmanager 0.22 do not say.
    isEqual: matcher.isEqual !== false,
  };
}

function readSilence(value: unknown, where: string, alertmanager: AlertmanagerName): Silence {
  const silence = asObject(value, where);
  const status = asObject(silence.status, `${where}.status`);
  return {
    id: asText(silence.id, `${where}.id`),
    alertmanager,
    state: asOneOf(SILENCE_STATES, status.state, `${where}.status.state`),
    matchers: asList(silence.matchers, `${where}.matchers`, readMatcher),
    startsAt: asTime(silence.startsAt, `${where}.startsAt`),
    endsAt: asTime(silence.endsAt, `${where}.endsAt`),
    createdBy: asText(silence.createdBy, `${where}.createdBy`),
    comment: asText(silence.comment, `${where}.comment`),
  };
}

/** The silences of `/api/v2/silences`. Throws `ShapeError`. */
export function readSilences(value: unknown, alertmanager: AlertmanagerName): Silence[] {
  return asList(value, 'silences', (entry, where) => readSilence(entry, where, alertmanager));
}

/** The id of a silence that was made. Throws `ShapeError`. */
export function readSilenceId(value: unknown): string {
  const answer = asObject(value, 'answer');
  return asText(answer.silenceID ?? answer.silenceId ?? answer.id, 'answer.silenceID');
}
