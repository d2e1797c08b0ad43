import { runbookLinks } from './rules.ts';

/** What every panel says in words. */
export interface PanelText {
  /** Unique within its dashboard and never reused: links to single panels carry it. */
  readonly id: number;
  readonly title: string;
  /** What is shown and how to read it: the (i) beside the title. */
  readonly description: string;
  /** What to do when there is nothing to show, most often because the source is not there. */
  readonly noValue: string;
  /** Alerts of the rules whose runbooks say what to do about a bad value. */
  readonly runbooks?: readonly string[];
}

/** The description with the way to the runbooks. */
export function describedBy({ description, runbooks = [] }: PanelText): string {
  return runbooks.length === 0 ? description : `${description}\n\nWhat to do: ${runbookLinks(runbooks)}.`;
}
