import { parse, stringify } from 'yaml';
import { z } from 'zod';

const ruleFile = z.looseObject({
  groups: z.array(z.looseObject({ rules: z.array(z.looseObject({})) })),
});

/** A file of Prometheus rules without its alerts: what is left when another engine evaluates those. */
export function recordingRulesOf(text: string): string {
  const { groups, ...rest } = ruleFile.parse(parse(text));
  const recording = groups
    .map((group) => ({ ...group, rules: group.rules.filter((rule) => !('alert' in rule)) }))
    .filter(({ rules }) => rules.length > 0);
  return stringify({ ...rest, groups: recording });
}
