import { RULE_ORIGINS, type AlertRule } from '../../../domain/alerts/rule';
import { RULE_SHOW_STATES, type RuleFilter } from '../../../domain/alerts/ruleFilter';
import type { QueryChanges } from '../../../kit/useUrlQuery';
import { joinList, splitList } from '../../../kit/addressList';

/** How the address writes a rule without a severity. */
const NO_SEVERITY = '-';

function known<T extends string>(words: readonly string[], all: readonly T[]): T[] {
  return all.filter((one) => words.includes(one));
}

/** The filter in the address; words that nobody knows are left out. */
export function readRuleFilter(query: URLSearchParams): RuleFilter {
  return {
    text: query.get('q') ?? '',
    states: known(splitList(query.get('state')), RULE_SHOW_STATES),
    severities: splitList(query.get('severity')).map((word) => (word === NO_SEVERITY ? '' : word)),
    origins: known(splitList(query.get('engine')), RULE_ORIGINS),
  };
}

/** What the filter changes in the address. */
export function writeRuleFilter({ text, states, severities, origins }: Partial<RuleFilter>): QueryChanges {
  return {
    ...(text === undefined ? {} : { q: text }),
    ...(states === undefined ? {} : { state: joinList(states) }),
    ...(severities === undefined
      ? {}
      : { severity: joinList(severities.map((word) => (word === '' ? NO_SEVERITY : word))) }),
    ...(origins === undefined ? {} : { engine: joinList(origins) }),
  };
}

/** Between a rule's name and its number among those of that name; names of rules hold no such sign in practice. */
const NUMBER_SIGN = '~';

/** How the address names a rule: by its name, and by a number from the second of that name on. */
export function ruleAddress(rule: AlertRule, all: readonly AlertRule[]): string {
  const number = all.filter(({ name }) => name === rule.name).indexOf(rule) + 1;
  return number > 1 ? `${rule.name}${NUMBER_SIGN}${number}` : rule.name;
}
