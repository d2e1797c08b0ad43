/** The tabs of the page, as the address names them. */
export const ALERT_TABS = ['active', 'history', 'silences', 'rules'] as const;
export type AlertTab = (typeof ALERT_TABS)[number];

/** The tab of the address; anything else is the first one. */
export function readTab(text: string | null): AlertTab {
  return ALERT_TABS.find((tab) => tab === text) ?? 'active';
}

/** The query of a tab: time and filters stay, what is opened in a list does not. */
export function tabQuery(query: URLSearchParams, tab: AlertTab): string {
  const next = new URLSearchParams(query);
  for (const name of ['tab', 'alert', 'rule']) next.delete(name);
  if (tab !== 'active') next.set('tab', tab);
  return next.toString();
}
