/** What every panel says in words. */
export interface PanelText {
  /** Unique within its dashboard and never reused: links to single panels carry it. */
  readonly id: number;
  readonly title: string;
  /** What is shown and how to read it: the (i) beside the title. */
  readonly description: string;
  /** What to do when there is nothing to show, most often because the source is not there. */
  readonly noValue: string;
}
