import type { StatusCodes } from '../../../kit/frames/state';

/** What the editor of the panel writes into a dashboard; version 1 of the format. */
export interface DeviceStatusOptions {
  /** Shape of the picture. */
  layout: 'honeycomb' | 'squares' | 'list';
  /** Field or label that holds the status or value; empty: found by name and type. */
  valueField: string;
  /** Field or label that names a device; empty: found by name. */
  nameField: string;
  /** Field or label that identifies a device, for links and for joining frames; empty: found by name. */
  idField: string;
  /** Field or label by which the tiles are grouped; empty: no groups. */
  groupBy: string;
  /** Field with the moment of the last change; empty: found by name. */
  sinceField: string;
  /** Field with the moment of the last sign of life; empty: found by name, else the newest sample. */
  seenField: string;
  sortBy: 'severity' | 'name' | 'value' | 'lastSeen';
  descending: boolean;
  /** Age in seconds above which a value counts as stale; 0: never. */
  staleAfter: number;
  /** Whether whole numbers 0 to 5 are read as Valtronics' status codes. */
  statusCodes: StatusCodes;
  showSearch: boolean;
  showLegend: boolean;
  showHeadings: boolean;
  showTooltip: boolean;
  /** Without data links, a click opens the page of the device in this app. */
  linkToDevice: boolean;
  /** Largest width of a tile in pixels. */
  maxTileSize: number;
}

export const defaultOptions: DeviceStatusOptions = {
  layout: 'honeycomb',
  valueField: '',
  nameField: '',
  idField: '',
  groupBy: '',
  sinceField: '',
  seenField: '',
  sortBy: 'severity',
  descending: false,
  staleAfter: 0,
  statusCodes: 'auto',
  showSearch: true,
  showLegend: true,
  showHeadings: true,
  showTooltip: true,
  linkToDevice: true,
  maxTileSize: 160,
};
