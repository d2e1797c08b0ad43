import type { AlertRow } from '../../../domain/alerts/alert';
import { MatcherError, matcherTest } from '../../../domain/alerts/matchers';
import type { Matcher } from '../../../domain/alerts/silence';

/** What a silence with the matchers would do now. */
export type SilencePreview =
  | { readonly kind: 'alerts'; readonly alerts: readonly AlertRow[] }
  /** Alertmanager refuses it, for `reason`. */
  | { readonly kind: 'refused'; readonly reason: 'nothing' | 'noName' | 'matchesAll' }
  /** An expression that is none, with what is wrong about it. */
  | { readonly kind: 'noExpression'; readonly detail: string };

/** The matchers that say something: a row without a name and a value is one that is still empty. */
export function writtenMatchers(matchers: readonly Matcher[]): Matcher[] {
  return matchers
    .map((matcher) => ({ ...matcher, name: matcher.name.trim() }))
    .filter(({ name, value }) => name !== '' || value !== '');
}

/** Which of the alerts the matchers would silence, by Alertmanager's own rules. */
export function previewSilence(matchers: readonly Matcher[], alerts: readonly AlertRow[]): SilencePreview {
  const written = writtenMatchers(matchers);
  if (written.length === 0) return { kind: 'refused', reason: 'nothing' };
  if (written.some(({ name }) => name === '')) return { kind: 'refused', reason: 'noName' };
  try {
    // Alertmanager wants one matcher at least that a label must be there for.
    if (written.every((matcher) => matcherTest([matcher])({})))
      return { kind: 'refused', reason: 'matchesAll' };
    const matches = matcherTest(written);
    return { kind: 'alerts', alerts: alerts.filter(({ labels }) => matches(labels)) };
  } catch (error) {
    if (error instanceof MatcherError) return { kind: 'noExpression', detail: error.message };
    throw error;
  }
}
