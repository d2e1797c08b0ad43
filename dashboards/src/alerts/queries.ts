/** Alerts that fire in Prometheus, without the one that always does. */
export const FIRING = 'ALERTS{alertstate="firing", alertname!="Watchdog"}';
/** For panels of alerts, where none fires: that is as it should be. */
export const NONE_FIRED = 'No alert fired in this time.';
/** For panels of Alertmanager. */
export const NO_ALERTMANAGER = 'Needs Alertmanager, as a target of job alertmanager.';
