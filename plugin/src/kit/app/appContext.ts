import { createContext, useContext } from 'react';
import type { AlertClients, Clients } from '../../api/clients';
import type { AppSettings } from '../../api/settings';

/** What every page needs: settings, the way to the data, and who is looking. */
export interface AppContextValue {
  readonly settings: AppSettings;
  readonly clients: Clients & AlertClients;
  /** The user's login name in Grafana; empty for an anonymous one. */
  readonly login: string;
  /** True for those who may write to the exporter, acknowledge and resolve: Editors and Admins. */
  readonly canEdit: boolean;
  /** True for those whom Grafana permits to silence alerts. */
  readonly canSilence: boolean;
  /** True for those who may open Explore. */
  readonly canExplore: boolean;
  /** True for those who may change the plugin's settings. */
  readonly isAdmin: boolean;
  /** The user's time zone, as Grafana names it (`browser`, `utc`, `Europe/Berlin`). */
  readonly timeZone: string;
  /** Month that fiscal years begin with, 0 for January. */
  readonly fiscalYearStartMonth: number;
  /** Other time settings, until Grafana is loaded anew; undefined where nothing offers to change them. */
  readonly onTimeSettings?: (settings: Partial<TimeSettings>) => void;
}

/** How times are shown and ranges are meant. */
export type TimeSettings = Pick<AppContextValue, 'timeZone' | 'fiscalYearStartMonth'>;

export const AppContext = createContext<AppContextValue | undefined>(undefined);

/** The context of the app; throws outside of it. */
export function useApp(): AppContextValue {
  const value = useContext(AppContext);
  if (value === undefined) throw new Error('useApp needs AppContext around it');
  return value;
}
