import type { Answers } from '../aggregate/answers.ts';
import type { Intake } from '../intake/intake.ts';
import type { Journal } from '../journal/journal.ts';
import type { LogStore } from '../shipping/log-shipping.ts';

/** What the routes of the logs are made from. */
export interface LogRouteDependencies {
  /** What the lines say; a reload replaces it. Undefined while logs are switched off. */
  readonly answers: () => Answers | undefined;
  /** Where lines are taken in, likewise. */
  readonly intake: () => Intake | undefined;
  /** The log store; left out or undefined where none is configured. */
  readonly store?: () => LogStore | undefined;
  /** What the log store refused for good; left out or undefined while logs are switched off. */
  readonly deadLetters?: () => Pick<Journal, 'deadLetters' | 'retryDeadLetters'> | undefined;
  /** How many sources of lines are configured, so that a page without lines can say why; left out: not known. */
  readonly sources?: () => number;
  /** Who may see lines as they were written. */
  readonly rawFor: () => 'viewer' | 'editor';
}
