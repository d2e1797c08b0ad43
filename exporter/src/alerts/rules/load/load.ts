import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { messageOf } from '../../../base/errors.ts';
import type { OwnRule } from '../../../config/rules-section.ts';
import { ownGroup } from './own-rules.ts';
import { parseRuleFile } from './rule-file.ts';
import type { RuleGroup } from './rule.ts';

export interface LoadedRules {
  readonly groups: readonly RuleGroup[];
  /** Files that could not be used, in words for operators; the others are. */
  readonly problems: readonly string[];
}

/** Reads the rule files that the globs match, in order of their paths, and adds the settings' own rules. */
export function loadRules(globs: readonly string[], own: readonly OwnRule[]): LoadedRules {
  const problems: string[] = [];
  const paths = new Set<string>();
  for (const pattern of globs) {
    const found = globSync(pattern).map((path) => resolve(path));
    if (found.length === 0) problems.push(`no file matches ${pattern}`);
    for (const path of found) paths.add(path);
  }
  const groups = [...paths].sort().flatMap((path) => {
    try {
      return parseRuleFile(readFileSync(path, 'utf8'), path);
    } catch (error) {
      problems.push(`${messageOf(error)}; its rules are not evaluated (promtool check rules shows more)`);
      return [];
    }
  });
  return { groups: own.length === 0 ? groups : [...groups, ownGroup(own)], problems };
}
