import { RULE_ORIGINS, type AlertRule } from '../../../domain/alerts/rule';
import { RULE_SHOW_STATES, type RuleFilter } from '../../../domain/alerts/ruleFilter';
import type { QueryChanges } from '../../../kit/useUrlQuery';
import { listChange, readWords, splitList, textChange } from '../../../kit/addressList';

/** The filter in the address; words that nobody knows are left out. */
export function readRuleFilter(query: URLSearchParams): RuleFilter {
  return {
    text: query.get('q') ?? '',
    states: readWords(query, 'state', RULE_SHOW_STATES),
    severities: splitList(query.get('severity')),
    origins: readWords(query, 'engine', RULE_ORIGINS),
  };
}

/** What the filter changes in the address. */
export function writeRuleFilter({ text, states, severities, origins }: Partial<RuleFilter>): QueryChanges {
  return {
    ...textChange('q', text),
    ...listChange('state', states),
    ...listChange('severity', severities),
    ...listChange('engine', origins),
  };
}

/** Between a rule's name and its number among those of that name; names of rules hold no such sign in practice. */
const NUMBER_SIGN = '~';

/** How the address names a rule: by its name, and by a number from the second of that name on. */
export function ruleAddress(rule: AlertRule, all: readonly AlertRule[]): string {
  const number = all.filter(({ name }) => name === rule.name).indexOf(rule) + 1;
  return number > 1 ? `${rule.name}${NUMBER_SIGN}${number}` : rule.name;
}
