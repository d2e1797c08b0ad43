import { useCallback } from 'react';
import { asList, asText } from '../../../api/json';
import type { InstantRow } from '../../../api/prometheusShapes';
import { useApp } from '../../../kit/app/appContext';
import { useAnswer, type Answer } from '../../../kit/answer';
import type { AlertRule } from '../../../domain/alerts/rule';
import { ruleKey } from '../../../domain/alerts/ruleFilter';
import { ruleThresholds } from '../../../domain/alerts/ruleThresholds';
import { readWorstValues, worstValuesQuery } from '../../../features/alerts/data/ruleValues';

/** More expressions than this are not put into one question. */
const MOST_ASKED = 100;

/** Present values by `ruleKey`. */
export type RuleValues = ReadonlyMap<string, number>;

/** Only Prometheus can be asked for more than what it says by itself. */
function isAsked({ origin, expression }: AlertRule): boolean {
  return origin === 'prometheus' && ruleThresholds(expression).length > 0;
}

/** The worst present value of each of Prometheus' rules, for the first of them. */
export function useRuleValues(rules: readonly AlertRule[], tick: number): Answer<RuleValues> {
  const { clients } = useApp();
  // Rules are read anew with every tick; the question is another one only when they are others.
  const asked = JSON.stringify(
    rules
      .filter(isAsked)
      .slice(0, MOST_ASKED)
      .map((rule) => [ruleKey(rule), rule.expression]),
  );
  const load = useCallback(
    async (signal: AbortSignal): Promise<RuleValues> => {
      const pairs = asList(JSON.parse(asked), 'rules', (pair, where) => asList(pair, where, asText));
      const query = worstValuesQuery(pairs.map(([, expression = '']) => expression));
      if (query === undefined) return new Map();
      const values = readWorstValues(await clients.prometheus.instant(query, Date.now(), signal));
      return new Map([...values].map(([place, value]) => [pairs[place]?.[0] ?? '', value]));
    },
    [clients, asked],
  );
  return useAnswer(load, tick);
}

/** The rows of an expression now. */
export function useInstant(expression: string, tick: number): Answer<InstantRow[]> {
  const { clients } = useApp();
  const load = useCallback(
    (signal: AbortSignal) => clients.prometheus.instant(expression, Date.now(), signal),
    [clients, expression],
  );
  return useAnswer(load, tick);
}
