import {
  RULE_STATES,
  type AlertRule,
  type RuleInstance,
  type RuleOrigin,
  type RuleState,
} from '../domain/alerts/rule';
import {
  asList,
  asNumber,
  asNumberOrNull,
  asObject,
  asOneOf,
  asText,
  asTextOrNull,
  asTexts,
  asTime,
} from './json';

/** An engine that has never looked at a rule says so by the year 1. */
function readEvaluation(value: unknown, where: string): number | null {
  if (value === undefined || value === null) return null;
  const at = asTime(value, where);
  return at < 0 ? null : at;
}

type Labels = Readonly<Record<string, string>>;

/** Grafana adds labels that begin so for itself; nobody else ever sees them. */
function publicLabels(labels: Labels): Labels {
  if (!Object.keys(labels).some((name) => name.startsWith('__'))) return labels;
  return Object.fromEntries(Object.entries(labels).filter(([name]) => !name.startsWith('__')));
}

const INSTANCE_STATES: ReadonlyMap<string, RuleInstance['state']> = new Map([
  ['firing', 'firing'],
  ['alerting', 'firing'],
  ['error', 'error'],
  ['nodata', 'nodata'],
  ['recovering', 'recovering'],
  ['pending', 'pending'],
]);

/**
 * The state of an instance; undefined when it does not fire. Grafana writes a reason behind its words, which changes
 * nothing: `Alerting (NoData)` fires, `Normal (NoData)` does not.
 */
function instanceState(word: string): RuleInstance['state'] | undefined {
  return INSTANCE_STATES.get(word.replace(/\s*\(.*$/s, '').toLowerCase());
}

function readInstances(value: unknown, where: string): RuleInstance[] {
  return asList(value ?? [], where, (entry, at): RuleInstance[] => {
    const instance = asObject(entry, at);
    const state = instanceState(asText(instance.state, `${at}.state`));
    if (state === undefined) return [];
    return [
      {
        labels: publicLabels(asTexts(instance.labels, `${at}.labels`)),
        annotations: publicLabels(asTexts(instance.annotations ?? {}, `${at}.annotations`)),
        state,
        value: asText(instance.value ?? '', `${at}.value`),
        since: asTime(instance.activeAt, `${at}.activeAt`),
      },
    ];
  }).flat();
}

function ruleState(value: unknown): RuleState {
  return RULE_STATES.find((known) => known === value) ?? 'unknown';
}

/** The alerting rules of Prometheus' `/api/v1/rules`, which Grafana speaks as well. Throws `ShapeError`. */
export function readPrometheusRules(value: unknown, origin: RuleOrigin): AlertRule[] {
  const { groups } = asObject(asObject(value, 'rules').data, 'rules.data');
  return asList(groups ?? [], 'groups', (entry, where) => {
    const group = asObject(entry, where);
    const name = asText(group.name, `${where}.name`);
    return asList(group.rules ?? [], `${where}.rules`, (each, at): AlertRule[] => {
      const rule = asObject(each, at);
      // A recording rule raises nothing.
      if (rule.type !== 'alerting') return [];
      return [
        {
          origin,
          group: name,
          name: asText(rule.name, `${at}.name`),
          expression: asText(rule.query, `${at}.query`),
          holdSeconds: asNumber(rule.duration ?? 0, `${at}.duration`),
          labels: publicLabels(asTexts(rule.labels ?? {}, `${at}.labels`)),
          annotations: publicLabels(asTexts(rule.annotations ?? {}, `${at}.annotations`)),
          state: ruleState(rule.state),
          health: asText(rule.health ?? 'unknown', `${at}.health`),
          lastError: asTextOrNull(rule.lastError, `${at}.lastError`) || undefined,
          lastEvaluation: readEvaluation(rule.lastEvaluation, `${at}.lastEvaluation`),
          evaluationSeconds: asNumberOrNull(rule.evaluationTime, `${at}.evaluationTime`),
          instances: readInstances(rule.alerts, `${at}.alerts`),
        },
      ];
    }).flat();
  }).flat();
}

function readOwnRule(value: unknown, where: string): AlertRule {
  const rule = asObject(value, where);
  return {
    origin: 'exporter',
    group: asText(rule.group, `${where}.group`),
    name: asText(rule.name, `${where}.name`),
    expression: asText(rule.expression, `${where}.expression`),
    holdSeconds: asNumber(rule.forSeconds, `${where}.forSeconds`),
    labels: asTexts(rule.labels, `${where}.labels`),
    annotations: asTexts(rule.annotations, `${where}.annotations`),
    state: ruleState(rule.state),
    health: asText(rule.health, `${where}.health`),
    lastError: asTextOrNull(rule.lastError, `${where}.lastError`) ?? undefined,
    lastEvaluation: readEvaluation(rule.lastEvaluation, `${where}.lastEvaluation`),
    evaluationSeconds: asNumberOrNull(rule.evaluationSeconds, `${where}.evaluationSeconds`),
    instances: asList(rule.instances, `${where}.instances`, (entry, at) => {
      const instance = asObject(entry, at);
      return {
        labels: asTexts(instance.labels, `${at}.labels`),
        state: asOneOf(['pending', 'firing'], instance.state, `${at}.state`),
        value: asText(instance.value, `${at}.value`),
        since: asTime(instance.since, `${at}.since`),
      };
    }),
  };
}

/** The rules that the exporter evaluates itself: none where Prometheus does. Throws `ShapeError`. */
export function readExporterRules(value: unknown): AlertRule[] {
  return asList(asObject(value, 'rules').items, 'rules.items', readOwnRule);
}
