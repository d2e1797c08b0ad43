import type { StatusCodes } from '../../../kit/frames/state';

/** Where a row's last known state ends when nothing more is heard. */
export type GapRule = 'auto' | 'never' | 'after';

/** What the editor of the panel writes into a dashboard; version 1 of the format. */
export interface TimelineOptions {
  /** Field or label that holds the state; empty: found by name and type. */
  valueField: string;
  /** Field or label that names a device; empty: found by name. */
  nameField: string;
  /** Field or label that identifies a device, for links and alerts; empty: found by name. */
  idField: string;
  /** Field or label by which the rows are grouped; empty: no groups. */
  groupBy: string;
  /** Field of a table with the moment at which the state began; empty: found by name and type. */
  timeField: string;
  /** Field of a table with the moment at which the state ended; empty: found by name. */
  endField: string;
  sortBy: 'name' | 'status' | 'trouble' | 'changes';
  descending: boolean;
  /** `auto`: after one and a half steps of a series, never in a table of changes. */
  gaps: GapRule;
  /** Seconds without a value after which a gap begins, with `after`. */
  gapAfter: number;
  /** Whether whole numbers 0 to 5 are read as Valtronics' status codes. */
  statusCodes: StatusCodes;
  /** Height of a row in pixels. */
  rowHeight: number;
  showSearch: boolean;
  showLegend: boolean;
  showHeadings: boolean;
  /** Share of time online, changes, MTBF and MTTR beside the rows. */
  showSummary: boolean;
  showTooltip: boolean;
  /** Without data links, a click on a name opens the page of the device in this app. */
  linkToDevice: boolean;
}

export const defaultOptions: TimelineOptions = {
  valueField: '',
  nameField: '',
  idField: '',
  groupBy: '',
  timeField: '',
  endField: '',
  sortBy: 'status',
  descending: false,
  gaps: 'auto',
  gapAfter: 300,
  statusCodes: 'auto',
  rowHeight: 24,
  showSearch: true,
  showLegend: true,
  showHeadings: true,
  showSummary: true,
  showTooltip: true,
  linkToDevice: true,
};
