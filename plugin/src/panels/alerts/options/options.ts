import type { AlertOrigin, AlertState } from '../../../domain/alerts/alert';

/** What the editor of the panel writes into a dashboard; version 1 of the format. */
export interface AlertsOptions {
  /** Where the alerts come from: the sources of the Valtronics app, or the panel's own query. */
  source: 'valtronics' | 'query';
  /** What is listed: the alerts that are there now, or what happened in the dashboard's time range, newest first. */
  mode: 'current' | 'changes';
  /** Only alerts that one of these shows; empty: whoever shows them. */
  origins: AlertOrigin[];
  /** Only alerts in one of these states; empty: any. */
  states: AlertState[];
  /** Only alerts of one of these severities, in any case; empty: any. */
  severities: string[];
  /** Matchers as Alertmanager writes them, with variables of the dashboard: `service="api", device_id=~"$device"`. */
  matchers: string;
  /** Also those that are silenced, inhibited or under maintenance. */
  showMuted: boolean;
  /** Also those that somebody has taken on. */
  showAcknowledged: boolean;
  /** Label by which the alerts are grouped; empty: no groups. */
  groupBy: string;
  sortBy: 'severity' | 'newest' | 'oldest' | 'name';
  /** Labels that each row shows. */
  labels: string[];
  /** Most rows; 0: all. */
  maxRows: number;
  /** One line a row, or two with the summary below the name. */
  density: 'compact' | 'wide';
  /** Counts by severity above the list, with the way to the alerts page. */
  showCounts: boolean;
  /** Buttons in each row for those who may use them. */
  showActions: boolean;
}

export const defaultOptions: AlertsOptions = {
  source: 'valtronics',
  mode: 'current',
  origins: [],
  states: ['active', 'acknowledged'],
  severities: [],
  matchers: '',
  showMuted: false,
  showAcknowledged: true,
  groupBy: '',
  sortBy: 'severity',
  labels: ['device_id'],
  maxRows: 0,
  density: 'wide',
  showCounts: true,
  showActions: true,
};
