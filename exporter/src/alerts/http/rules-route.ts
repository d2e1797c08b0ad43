import { z } from 'zod';
import { named, texts, time } from '../../http/api/schemas.ts';
import { jsonRoute, NO_BODY, NO_PARAMETERS } from '../../http/json-route.ts';
import type { Route } from '../../http/route.ts';
import { isoTime } from '../../base/time-words.ts';
import type { RuleView } from '../rules/rule-view.ts';
import type { AlertRouteDependencies } from './alert-route.ts';

const instanceSchema = named(
  'AlertRuleInstance',
  'One set of labels for which a rule’s condition holds.',
  z.strictObject({
    labels: texts(),
    state: z.enum(['pending', 'firing']),
    value: z.string(),
    since: time().describe('Since when the condition holds'),
  }),
);

const ruleSchema = named(
  'AlertRule',
  'An alerting rule that the exporter evaluates.',
  z.strictObject({
    group: z.string(),
    name: z.string(),
    expression: z.string().describe('PromQL'),
    forSeconds: z.number(),
    labels: texts(),
    annotations: texts().describe('As written, templates and all'),
    state: z.enum(['inactive', 'pending', 'firing', 'unknown']),
    health: z.enum(['ok', 'err', 'unknown']),
    lastError: z.string().nullable().describe('Why it cannot be evaluated'),
    lastEvaluation: time().nullable(),
    evaluationSeconds: z.number().nullable(),
    instances: z.array(instanceSchema),
  }),
);

const rulesSchema = named(
  'AlertRules',
  'The alerting rules that the exporter evaluates itself.',
  z.strictObject({
    enabled: z.boolean().describe('False where another engine, such as Prometheus, evaluates them'),
    items: z.array(ruleSchema),
  }),
);

function ruleAnswer(rule: RuleView): z.input<typeof ruleSchema> {
  return {
    ...rule,
    lastEvaluation: isoTime(rule.lastEvaluation),
    instances: rule.instances.map(({ since, ...instance }) => ({
      ...instance,
      since: new Date(since).toISOString(),
    })),
  };
}

/** `GET /api/v1/alerts/rules`: what the exporter evaluates where there is no Prometheus. */
export function rulesRoute({ rules }: Pick<AlertRouteDependencies, 'rules'>): Route {
  return jsonRoute({
    method: 'get',
    path: '/api/v1/alerts/rules',
    operation: {
      id: 'listAlertRules',
      summary: 'The alerting rules that the exporter evaluates itself',
      tag: 'alerts',
      errors: [],
    },
    params: NO_PARAMETERS,
    query: NO_PARAMETERS,
    body: NO_BODY,
    answer: { description: 'The rules in the order of their files', schema: rulesSchema },
    handle: () => {
      const views = rules?.();
      return { enabled: views !== undefined, items: (views ?? []).map(ruleAnswer) };
    },
  });
}
