/** `service.name` of who takes part, the same in traces, in log entries and on the service map: they are joined by it. */
export const EXPORTER = 'valtronics-exporter';
export const GATEWAY = 'valtronics-gateway';
export const API = 'valtronics-api';
