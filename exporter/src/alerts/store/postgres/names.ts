/** Advisory locks of the database: who writes, and who does what time brings. */
export const WRITER = 7_318_001;
export const LEADER = 7_318_002;

/** Where each write is made known (`NOTIFY`). */
export const CHANNEL = 'valtronics_alerts';
